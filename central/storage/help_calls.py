"""Calls for a person: kept as rooms report them, shown to staff, answered by one of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.interview.commands import AnswerHelp
from central.interview.pressed import HelpCalled
from central.storage import audit
from central.storage.pool import Connection
from central.storage.tables import HelpCallRow, Room, RoomCommand, User

ANSWERED_FOR: Final = timedelta(minutes=5)
"""How long an answered call is still shown: as long as the kiosk shows it."""
_COLUMN: Final = {"called": "called_at", "withdrawn": "withdrawn_at", "told": "told_at"}


@dataclass(frozen=True, slots=True)
class HelpView:
    """A call that staff have to know of. `acknowledged_by` None: nobody has answered it yet."""

    id: int
    called_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    told_at: datetime | None

    @property
    def waits(self) -> bool:
        """Nobody is on their way."""
        return self.acknowledged_at is None


async def keep(conn: Connection, room_id: int, change: HelpCalled, at: datetime) -> bool:
    """Stores a step of a call; False where it is stored already."""
    call = change.call
    if call.step == "called":
        cursor = await conn.execute(
            "insert into help_calls (room_id, interview_id, call_key, called_at)"
            " values (%s, %s, %s, %s) on conflict (room_id, call_key) do nothing",
            (room_id, change.interview_id, call.call_key, at),
        )
        return cursor.rowcount == 1
    column = _COLUMN[call.step]
    cursor = await conn.execute(
        f"update help_calls set {column} = %s"  # noqa: S608 - one of three names
        f" where room_id = %s and call_key = %s and {column} is null",
        (at, room_id, call.call_key),
    )
    return cursor.rowcount == 1


async def newest(session: AsyncSession, room_ids: Iterable[int]) -> dict[int, HelpView]:
    """The latest call of each of these rooms that was not taken back, while it matters."""
    query = (
        select(HelpCallRow, User.full_name, User.username)
        .outerjoin(User, User.id == HelpCallRow.acknowledged_by)
        .where(
            HelpCallRow.room_id.in_(room_ids),
            HelpCallRow.withdrawn_at.is_(None),
            HelpCallRow.acknowledged_at.is_(None)
            | (HelpCallRow.acknowledged_at > datetime.now(UTC) - ANSWERED_FOR),
        )
        .order_by(HelpCallRow.acknowledged_at.is_(None), HelpCallRow.id)
    )
    found = (await session.execute(query)).all()
    return {row.room_id: _view(row, full_name or username) for row, full_name, username in found}


async def answer(
    session: AsyncSession, room_code: str, call_id: int, *, actor_id: int | None
) -> int:
    """Somebody is coming: the kiosk shall say so; the command's id.

    Raises `Refused`: call_unknown 404; call_answered 409 where somebody was first.
    """
    query = (
        select(HelpCallRow)
        .join(Room, Room.id == HelpCallRow.room_id)
        .where(HelpCallRow.id == call_id, Room.code == room_code)
        .with_for_update(of=HelpCallRow)
    )
    row = (await session.scalars(query)).one_or_none()
    if row is None:
        raise Refused("call_unknown", 404, "There is no call with this id in this room.")
    if row.acknowledged_at is not None or row.withdrawn_at is not None:
        raise Refused("call_answered", 409, "Somebody is on their way, or nobody is needed.")
    now = datetime.now(UTC)
    row.acknowledged_at, row.acknowledged_by = now, actor_id
    command = RoomCommand(
        room_id=row.room_id,
        interview_id=row.interview_id,
        kind="answer_help",
        body=msgspec.to_builtins(AnswerHelp(row.call_key)),
        issued_by=actor_id,
        expires_at=now + ANSWERED_FOR,
    )
    session.add(command)
    await session.flush()
    audit.write(
        session,
        actor_id=actor_id,
        action="command.answer_help",
        subject=f"room:{room_code}",
        detail={"command": str(command.id), "call": str(call_id)},
    )
    return command.id


def _view(row: HelpCallRow, name: str | None) -> HelpView:
    return HelpView(row.id, row.called_at, row.acknowledged_at, name, row.told_at)
