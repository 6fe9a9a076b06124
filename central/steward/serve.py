"""The steward's role: wait to lead, then a round every few seconds."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import structlog
from psycopg import AsyncConnection, OperationalError

from central.config import Config
from central.errors import StartError
from central.policy import load
from central.steward.keeping import keep_sealing
from central.steward.round import one_round
from central.steward.videos import assign_videos
from central.steward.watch import Watch
from central.storage.caretaking import try_to_lead
from central.supervisor.notify import Notify

ROUND_S = 5.0
_RECONNECT_S = 1.0
_CONNECT_S = 5
_log = structlog.get_logger("steward")


async def serve(config: Config, notify: Notify) -> None:
    """Run until cancelled. Ready once the first try to lead was made, whoever leads.

    One connection of its own holds the leadership: when it breaks, another steward takes over, and
    this one stands in line again.
    """
    sealing = asyncio.create_task(keep_sealing(config), name="sealing")
    try:
        await _take_care(config, notify)
    finally:
        sealing.cancel()
        await asyncio.gather(sealing, return_exceptions=True)


async def _take_care(config: Config, notify: Notify) -> None:
    first = True
    while True:
        try:
            await _stand_in_line(config, notify)
        except OperationalError as error:
            if first:
                raise StartError("steward", f"cannot reach the database: {error}") from error
            _log.warning("connection lost", error=str(error).strip())
        first = False
        await asyncio.sleep(_RECONNECT_S)


async def _stand_in_line(config: Config, notify: Notify) -> None:
    conn = await AsyncConnection.connect(
        config.database.url,
        autocommit=True,
        connect_timeout=_CONNECT_S,
        application_name="daedam-steward",
    )
    async with conn:
        watch = Watch(config.health)
        own = config.policy.folder
        policies = load(config.policy.profile, None if own is None else config.path(own))
        leads = False
        dead = 0
        while True:
            if not leads and await try_to_lead(conn):
                leads = True
                _log.info("leading")
            if leads:
                done = await one_round(conn, datetime.now(UTC).date())
                await watch.look(conn, datetime.now(UTC))
                await assign_videos(conn, config.videos, policies)
                if not done.is_quiet() or done.dead_jobs > dead:
                    _log.info("round", result=done)
                dead = done.dead_jobs
            notify.ready()
            await asyncio.sleep(ROUND_S)
