"""Refused records as people see them, and what people say about them: that they looked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, CursorResult, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from central.storage.tables import Alarm, Quarantine, Room, User

QUARANTINED = "record_quarantined"
"""The alarm of a room that has refused records which nobody reviewed."""


@dataclass(frozen=True, slots=True)
class QuarantineLine:
    """A record that was refused; its payload stays in the database. `reviewed_by` is a username."""

    id: int
    room_code: str
    spool_id: str
    seq: int
    interview_ref: str
    kind: int
    reason: str
    detail: str
    size_bytes: int
    received_at: datetime
    reviewed_at: datetime | None
    reviewed_by: str | None


async def quarantined(
    session: AsyncSession,
    *,
    room_code: str | None = None,
    reviewed: bool | None = None,
    before: int | None = None,
    limit: int = 200,
) -> tuple[QuarantineLine, ...]:
    """The newest refused records first: all, or those that somebody has `reviewed` or nobody has; of
    those older than `before`.
    """
    columns = (
        Quarantine.id,
        Room.code,
        Quarantine.spool_id,
        Quarantine.seq,
        Quarantine.interview_ref,
        Quarantine.kind,
        Quarantine.reason,
        Quarantine.detail,
        func.length(Quarantine.payload),
        Quarantine.received_at,
        Quarantine.reviewed_at,
        User.username,
    )
    query = (
        select(*columns)
        .join(Room, Room.id == Quarantine.room_id)
        .outerjoin(User, User.id == Quarantine.reviewed_by)
        .order_by(Quarantine.id.desc())
        .limit(limit)
    )
    if room_code is not None:
        query = query.where(Room.code == room_code)
    if reviewed is not None:
        open_ = Quarantine.reviewed_at.is_(None)
        query = query.where(~open_ if reviewed else open_)
    if before is not None:
        query = query.where(Quarantine.id < before)
    return tuple(QuarantineLine(*row) for row in (await session.execute(query)).all())


async def payload_of(session: AsyncSession, record_id: int) -> bytes | None:
    """What the room sent, as it came; None where there is no such record."""
    query = select(Quarantine.payload).where(Quarantine.id == record_id)
    return await session.scalar(query)


async def review(session: AsyncSession, record_id: int, *, actor_id: int) -> str | None:
    """Somebody looked at it; the room's code, or None where there is no such record. Who looked first
    stays written.
    """
    room = await _room(session, Quarantine.id == record_id)
    if room is not None:
        await _mark(session, Quarantine.id == record_id, room.id, actor_id)
    return None if room is None else room.code


async def review_room(
    session: AsyncSession, room_code: str, up_to: int, *, actor_id: int
) -> int | None:
    """The same for all of a room up to the newest that was shown; how many, or None where there is no
    such room.
    """
    room = await session.scalar(select(Room).where(Room.code == room_code))
    if room is None:
        return None
    of_room = (Quarantine.room_id == room.id) & (Quarantine.id <= up_to)
    return await _mark(session, of_room, room.id, actor_id)


async def _room(session: AsyncSession, which: ColumnElement[bool]) -> Room | None:
    return await session.scalar(
        select(Room).join(Quarantine, Quarantine.room_id == Room.id).where(which)
    )


async def _mark(
    session: AsyncSession, which: ColumnElement[bool], room_id: int, actor_id: int
) -> int:
    """The room's alarm is over with the last open record."""
    open_ = Quarantine.reviewed_at.is_(None)
    marked = await session.execute(
        update(Quarantine)
        .where(which, open_)
        .values(reviewed_at=func.now(), reviewed_by=actor_id)
        .execution_options(synchronize_session=False)
    )
    left = select(Quarantine.id).where(Quarantine.room_id == room_id, open_).exists()
    await session.execute(
        update(Alarm)
        .where(Alarm.room_id == room_id, Alarm.kind == QUARANTINED, Alarm.cleared_at.is_(None))
        .where(~left)
        .values(cleared_at=func.now(), cleared_by=actor_id)
        .execution_options(synchronize_session=False)
    )
    assert isinstance(marked, CursorResult)
    return marked.rowcount
