"""Pauses and disturbances: kept as rooms report them, told to live pages, read by reports."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from central.bus.events import TurnChanged
from central.interview.pressed import PauseEnded, SpanBegan
from central.storage.pool import Connection
from central.storage.tables import SpanRow
from central.storage.turn_events import told

UNSCORED: Final = (
    "not exists (select 1 from interview_spans s where s.interview_id = w.interview_id"
    " and s.turn_key = w.turn_key and s.kind = 'disturbance'"
    " and s.from_mono_ns < w.start_mono_ns + w.length_ms * 1000000::bigint"
    " and s.to_mono_ns > w.start_mono_ns)"
)
"""Of score windows `w`: none was disturbed. What was measured meanwhile is not the candidate's."""


@dataclass(frozen=True, slots=True)
class SpanView:
    """`kind`: pause or disturbance; `ended_at` None: it goes on."""

    kind: str
    cause: str
    began_at: datetime
    ended_at: datetime | None


async def begin(conn: Connection, room: str, change: SpanBegan, at: datetime) -> TurnChanged | None:
    """Stores a span; None where it is stored already."""
    lasted_ns = None if change.to_mono_ns is None else change.to_mono_ns - change.from_mono_ns
    ended = None if lasted_ns is None else at + timedelta(microseconds=lasted_ns // 1000)
    cursor = await conn.execute(
        "insert into interview_spans"
        " (interview_id, turn_key, kind, cause, began_at, ended_at, from_mono_ns, to_mono_ns)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s) on conflict do nothing",
        (
            change.interview_id, change.turn_key, change.kind, change.cause, at, ended,
            change.from_mono_ns, change.to_mono_ns,
        ),
    )  # fmt: skip
    step = "paused" if change.kind == "pause" else "disturbed"
    return await told(conn, room, change, step) if cursor.rowcount == 1 else None


async def end(conn: Connection, room: str, change: PauseEnded, at: datetime) -> TurnChanged | None:
    """The pause of this turn that goes on is over; None where none does."""
    cursor = await conn.execute(
        "update interview_spans set ended_at = %s, to_mono_ns = %s"
        " where interview_id = %s and turn_key = %s and kind = 'pause' and ended_at is null",
        (at, change.mono_ns, change.interview_id, change.turn_key),
    )
    return await told(conn, room, change, "resumed") if cursor.rowcount == 1 else None


async def of_interview(session: AsyncSession, interview_id: int) -> dict[str, tuple[SpanView, ...]]:
    """By `turn_key` ("" outside any turn), in order of time."""
    query = select(SpanRow).where(SpanRow.interview_id == interview_id).order_by(SpanRow.began_at)
    found: dict[str, list[SpanView]] = defaultdict(list)
    for row in (await session.scalars(query)).all():
        found[row.turn_key].append(SpanView(row.kind, row.cause, row.began_at, row.ended_at))
    return {key: tuple(spans) for key, spans in found.items()}
