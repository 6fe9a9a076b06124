"""Whether a room's clock goes with central's. An alarm while it is off by more than 30 s.

All times of an interview are the room's own clock's, so that they agree with each other; lengths are
measured by its monotonic clock, which no setting moves. A wrong clock therefore shifts an interview
as a whole, by what the alarm says, and stretches nothing.
"""

from __future__ import annotations

from typing import Final

import structlog

from central.storage import alarms
from central.storage.pool import Connection, Pool
from central.storage.rooms import AgentRow

CLOCK_SKEW: Final = "clock_skew"
"""The alarm's kind; its detail has `skew_s`, positive where the room is ahead."""
TOLERATED_MS: Final = 30_000
"""A heartbeat may have waited in a buffer for seconds; what is more than this is the clock."""

_log = structlog.get_logger(__name__)


class RoomClock:
    """One stream's look at its room's clock. The database is asked only when something changed."""

    def __init__(self, agent: AgentRow) -> None:
        self._agent = agent
        self._wrong: bool | None = None

    async def greeted(self, conn: Connection, wall_ns: int | None, now_ns: int) -> None:
        """Compares what Hello said, in the transaction that opens the stream."""
        if wall_ns is not None:
            await self._compare(conn, (wall_ns - now_ns) // 1_000_000)

    async def beat(self, pool: Pool, skew_ms: int) -> None:
        """Compares what a heartbeat said. A database that is away is asked at the next one."""
        if (abs(skew_ms) > TOLERATED_MS) is self._wrong:
            return
        try:
            async with pool.connection() as conn:
                await self._compare(conn, skew_ms)
        except Exception as error:  # noqa: BLE001 - an alarm that comes later
            self._wrong = None
            _log.warning("a room's clock is not noted", error=str(error))

    async def _compare(self, conn: Connection, skew_ms: int) -> None:
        wrong = abs(skew_ms) > TOLERATED_MS
        room, skew_s = self._agent, skew_ms / 1000
        if wrong:
            _log.warning("a room's clock is wrong", room=room.room_code, skew_s=skew_s)
            await alarms.raise_alarm(conn, room.room_id, CLOCK_SKEW, {"skew_s": skew_s})
        else:
            await alarms.clear_alarm(conn, room.room_id, CLOCK_SKEW)
        self._wrong = wrong
