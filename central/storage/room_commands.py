"""What rooms are asked to do, as the gateway delivers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb

from central.interview.facts import CommandResult
from central.storage.pool import Connection


@dataclass(frozen=True, slots=True)
class OpenCommand:
    """A command that its room has not answered yet."""

    command_id: int
    room_id: int
    kind: str
    body: dict[str, Any]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ClosedCommand:
    """A command that was answered or has expired."""

    command_id: int
    room_code: str
    interview_id: int | None
    kind: str
    state: str
    detail: str


async def open_for(conn: Connection, room_ids: Sequence[int]) -> list[OpenCommand]:
    """The open commands of these rooms that have not expired, oldest first."""
    cursor = await conn.execute(
        "select id, room_id, kind, body, expires_at from room_commands"
        " where state = 'open' and room_id = any(%s) and expires_at > now() order by id",
        (list(room_ids),),
    )
    return [OpenCommand(*row) for row in await cursor.fetchall()]


async def expire(conn: Connection, grace_s: float) -> list[ClosedCommand]:
    """Closes what expired more than `grace_s` ago unanswered: an answer may still be on its way."""
    cursor = await conn.execute(
        "update room_commands c set state = 'expired', resolved_at = now(),"
        " detail = 'the room did not answer in time' from rooms r"
        " where r.id = c.room_id and c.state = 'open'"
        " and c.expires_at < now() - make_interval(secs => %s)"
        " returning c.id, r.code, c.interview_id, c.kind, c.state, c.detail",
        (grace_s,),
    )
    return [ClosedCommand(*row) for row in await cursor.fetchall()]


async def resolve(
    conn: Connection, room_id: int, command_id: int, result: CommandResult
) -> ClosedCommand | None:
    """Stores a room's answer to a command of its own; None where it has been answered before. The
    room's word stands over our own expiry: it knows what it did.
    """
    found = Jsonb([asdict(one) for one in result.sentences]) if result.sentences else None
    cursor = await conn.execute(
        "update room_commands c set state = %s, detail = %s, found = %s, resolved_at = now()"
        " from rooms r"
        " where r.id = c.room_id and c.id = %s and c.room_id = %s and c.state in ('open', 'expired')"
        " returning c.id, r.code, c.interview_id, c.kind, c.state, c.detail",
        (result.outcome, result.detail, found, command_id, room_id),
    )
    row = await cursor.fetchone()
    return None if row is None else ClosedCommand(*row)
