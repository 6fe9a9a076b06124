"""Commands reach their rooms: the rows are read at every doorbell, at every new stream, and every two
seconds; each is sent until its room answers.
"""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from central.bus import subjects
from central.bus.bus import Bus
from central.bus.events import CommandChanged
from central.gateway.hall import Hall
from central.storage import room_commands
from central.storage.pool import Pool

EVERY_S: Final = 2.0
EXPIRY_GRACE_S: Final = 10.0

_log = structlog.get_logger(__name__)


async def deliver(pool: Pool, bus: Bus, hall: Hall) -> None:
    """Delivers to every room in the hall until cancelled."""
    doorbell = await bus.on_doorbell(subjects.command("*"), "", hall.changed.set)
    try:
        while True:
            try:
                await _round(pool, bus, hall)
            except Exception as error:  # noqa: BLE001 - the rows are still there
                _log.warning("commands not read; trying again", error=str(error))
            await _wait(hall.changed)
    finally:
        await doorbell.close()


async def _round(pool: Pool, bus: Bus, hall: Hall) -> None:
    async with pool.connection() as conn:
        expired = await room_commands.expire(conn, EXPIRY_GRACE_S)
        commands = await room_commands.open_for(conn, hall.room_ids())
    for session in hall:
        session.offer([one for one in commands if one.room_id == session.agent.room_id])
    for one in expired:
        await bus.publish(
            CommandChanged(one.room_code, str(one.command_id), one.kind, one.state, one.detail)
        )


async def _wait(changed: asyncio.Event) -> None:
    try:
        async with asyncio.timeout(EVERY_S):
            await changed.wait()
    except TimeoutError:
        return
    finally:
        changed.clear()
