"""Whoever is revoked loses its stream at once: TLS looks at a certificate only at the handshake.

The announcement over NATS is quick and may be lost; the registry is asked every five seconds about
everyone in the hall, whether it says anything or not.
"""

from __future__ import annotations

import asyncio
from typing import Final

import structlog

from central.bus import subjects
from central.bus.bus import Bus
from central.gateway.hall import Hall
from central.storage import rooms
from central.storage.pool import Pool

EVERY_S: Final = 5.0

_log = structlog.get_logger(__name__)


async def watch(pool: Pool, bus: Bus, hall: Hall, every_s: float = EVERY_S) -> None:
    """Closes revoked agents' streams until cancelled."""

    def told(subject: str, agent_uuid: str) -> None:
        hall.revoke_named(subject.split(".")[1], agent_uuid)

    announcements = await bus.on_announcement(subjects.revoked("*"), told)
    try:
        while True:
            await asyncio.sleep(every_s)
            await _look(pool, hall)
    finally:
        await announcements.close()


async def _look(pool: Pool, hall: Hall) -> None:
    present = [session.agent.agent_id for session in hall]
    if not present:
        return
    try:
        async with pool.connection() as conn:
            gone = await rooms.revoked_among(conn, present)
    except Exception as error:  # noqa: BLE001 - looked at again in five seconds
        _log.warning("revocations not read; trying again", error=str(error))
        return
    for agent_id in gone:
        hall.revoke(agent_id)
