"""A greeted room's series is opened, and what an admin has to know about it is raised as an alarm, in
one transaction.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import grpc
import structlog

from central.gateway.clocks import RoomClock
from central.gateway.hello import Greeting, Replaced
from central.gateway.services import REVOKED, SessionEnd
from central.storage import alarms, rooms
from central.storage.pool import Connection, Pool, is_away
from central.storage.rooms import AgentRow, Spool

ROLLED_BACK: Final = "spool_rolled_back"
"""The room says why its series is a new one: a restored or cloned disk, or a restored central."""
BEGAN_ANEW: Final = "spool_began_anew"
"""A room that had a series came with another and gave no reason: its spool was lost or deleted."""

AWAY: Final = "central cannot reach its database; connect anew"

_log = structlog.get_logger(__name__)


async def admit(
    pool: Pool, greeting: Greeting, agent: AgentRow, clock: RoomClock, now_ns: int
) -> Spool:
    """The room's series. `now_ns`: central's clock when Hello came.

    Raises `SessionEnd` where the agent was revoked since it was looked up, where the series is
    another agent's, and where the database is away.
    """
    try:
        async with pool.connection() as conn:
            spool = await _open(conn, greeting, agent)
            await _tell(conn, spool, greeting.replaced)
            await clock.greeted(conn, greeting.wall_ns, now_ns)
            if greeting.wall_ns is None:
                return spool
            return replace(spool, skew_ns=greeting.wall_ns - now_ns)
    except Exception as error:
        if not is_away(error):
            raise
        _log.error("a room is not let in", room=agent.room_code, error=str(error))
        raise SessionEnd(grpc.StatusCode.UNAVAILABLE, AWAY) from error


async def _open(conn: Connection, greeting: Greeting, agent: AgentRow) -> Spool:
    current = await rooms.find_agent(conn, agent.room_code, agent.uuid)
    if current is None or current.revoked:
        raise SessionEnd(grpc.StatusCode.PERMISSION_DENIED, REVOKED)
    spool = await rooms.open_spool(conn, greeting.spool_id, agent)
    if spool is None:
        raise SessionEnd(
            grpc.StatusCode.PERMISSION_DENIED, "this spool_id belongs to another agent"
        )
    return spool


async def _tell(conn: Connection, spool: Spool, replaced: Replaced | None) -> None:
    if not spool.began or (replaced is None and not spool.others):
        return
    detail: dict[str, Any] = {"spool_id": spool.spool_id}
    if replaced is not None:
        detail["replaces"] = replaced.spool_id
        detail["reason"] = replaced.reason
        detail["central_seq"] = replaced.central_seq
        detail["room_seq"] = replaced.room_seq
    kind = BEGAN_ANEW if replaced is None else ROLLED_BACK
    _log.error("a room begins a new series", room=spool.room_code, alarm=kind, **detail)
    await alarms.raise_alarm(conn, spool.room_id, kind, detail)
