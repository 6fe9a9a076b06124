"""The last time that a room was asked whether it can be heard, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from central.interview.commands import CheckRoom
from central.interview.facts import SentenceHeard
from central.storage import audit
from central.storage.commands_out import locked_room, refuse_if_busy
from central.storage.tables import Room, RoomCommand, User

CHECK_ROOM: Final = "check_room"
ASKED_FOR: Final = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class RoomCheckView:
    """`state`: open, done, refused, expired or unknown (an agent that is too old); `asked_by` None:
    nobody that is left.
    """

    id: int
    state: str
    detail: str
    asked_by: str | None
    asked_at: datetime
    ended_at: datetime | None
    sentences: tuple[SentenceHeard, ...]


async def ask(session: AsyncSession, room_code: str, *, actor_id: int | None) -> int:
    """Let an idle room say the known sentences and hear them; the command's id.

    Raises `Refused`: room_unknown, room_busy.
    """
    room = await locked_room(session, room_code)
    await refuse_if_busy(session, room)
    row = RoomCommand(
        room_id=room.id,
        kind=CHECK_ROOM,
        body=msgspec.to_builtins(CheckRoom()),
        issued_by=actor_id,
        expires_at=datetime.now(UTC) + ASKED_FOR,
    )
    session.add(row)
    await session.flush()
    audit.write(
        session,
        actor_id=actor_id,
        action=f"command.{CHECK_ROOM}",
        subject=f"room:{room.code}",
        detail={"command": str(row.id)},
    )
    return row.id


async def newest(session: AsyncSession, room_code: str) -> RoomCheckView | None:
    """None where nobody asked."""
    query = (
        select(RoomCommand, User.username)
        .join(Room, Room.id == RoomCommand.room_id)
        .outerjoin(User, User.id == RoomCommand.issued_by)
        .where(RoomCommand.kind == CHECK_ROOM, Room.code == room_code)
        .order_by(RoomCommand.id.desc())
        .limit(1)
    )
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return None
    row, username = found
    return RoomCheckView(
        id=row.id,
        state=row.state,
        detail=row.detail or "",
        asked_by=username,
        asked_at=row.created_at,
        ended_at=row.resolved_at,
        sentences=tuple(SentenceHeard(**one) for one in row.found or ()),
    )
