"""Recognitions that were not believed, for whoever looks after the recogniser: each, and how many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.interview.answer_sound import Extract, extracts
from central.storage import answer_sounds
from central.storage.tables import Interview, Room, Transcript


@dataclass(frozen=True, slots=True)
class Refusal:
    """One utterance that was not believed. `text` is what the recogniser made of it; `heard_at` where it
    is in the answer's sound, None where that is not there.
    """

    id: int
    interview_id: int
    turn_id: int | None
    room_code: str
    started_at: datetime
    language: str
    voiced_ms: int | None
    text: str
    confidence: float | None
    engine: str
    reason: str
    heard_at: Extract | None


@dataclass(frozen=True, slots=True)
class RefusalCount:
    """How often an engine was not believed for a reason (what follows a colon in it is left out), of
    how many utterances that it read in all.
    """

    engine: str
    reason: str
    count: int
    utterances: int


_CAUSE = func.split_part(Transcript.reject_reason, ":", 1)


async def refusals(
    session: AsyncSession,
    *,
    days: int,
    reason: str = "",
    before: int | None = None,
    limit: int = 100,
) -> tuple[Refusal, ...]:
    """The newest of the last `days` first; of one `reason` where it is named; of those older than
    `before`.
    """
    query = (
        select(Transcript, func.coalesce(Room.code, ""))
        .join(Interview, Interview.id == Transcript.interview_id)
        .outerjoin(Room, Room.id == Interview.room_id)
        .where(*_since(days), Transcript.accepted.is_(False))
        .order_by(Transcript.id.desc())
        .limit(limit)
    )
    if reason:
        query = query.where(_CAUSE.in_([reason.replace("\0", "")]))
    if before is not None:
        query = query.where(Transcript.id < before)
    rows = (await session.execute(query)).all()
    turns = {row.turn_id for row, _ in rows if row.turn_id is not None}
    said = await answer_sounds.recorded_in(session, turns)
    heard = {turn: extracts(utterances) for turn, utterances in said.items()}
    return tuple(_refusal(row, code, heard.get(row.turn_id or 0, {})) for row, code in rows)


async def counts(session: AsyncSession, *, days: int) -> tuple[RefusalCount, ...]:
    """What was refused and why, the most frequent first."""
    refused = (
        select(Transcript.engine, _CAUSE, func.count())
        .where(*_since(days), Transcript.accepted.is_(False))
        .group_by(Transcript.engine, _CAUSE)
    )
    every = select(Transcript.engine, func.count()).where(*_since(days)).group_by(Transcript.engine)
    totals = dict((await session.execute(every)).all())
    found = [
        RefusalCount(engine, cause or "", count, totals[engine])
        for engine, cause, count in (await session.execute(refused)).all()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.engine, one.reason)))


def _since(days: int) -> tuple[ColumnElement[bool], ...]:
    since = datetime.now(UTC) - timedelta(days=days)
    return Transcript.speaker == "User", Transcript.created_at >= since


def _refusal(row: Transcript, room_code: str, heard: Mapping[int, Extract]) -> Refusal:
    return Refusal(
        id=row.id,
        interview_id=row.interview_id,
        turn_id=row.turn_id,
        room_code=room_code,
        started_at=row.started_at,
        language=row.language,
        voiced_ms=row.voiced_ms,
        text=row.text,
        confidence=row.confidence,
        engine=row.engine,
        reason=row.reject_reason or "",
        heard_at=heard.get(row.id),
    )
