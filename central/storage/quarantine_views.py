"""Refused records as an admin sees them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.storage.tables import Quarantine, Room


@dataclass(frozen=True, slots=True)
class QuarantineLine:
    """A record that was refused; its payload stays in the database."""

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


async def quarantined(
    session: AsyncSession, *, room_code: str | None = None, limit: int = 200
) -> tuple[QuarantineLine, ...]:
    """The newest refused records first."""
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
    )
    query = (
        select(*columns)
        .join(Room, Room.id == Quarantine.room_id)
        .order_by(Quarantine.id.desc())
        .limit(limit)
    )
    if room_code is not None:
        query = query.where(Room.code == room_code)
    return tuple(QuarantineLine(*row) for row in (await session.execute(query)).all())
