"""Seconds of looks at faces: kept where the candidate agreed, and read back for reports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from psycopg.types.json import Jsonb
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from central.interview.emotions import (
    CLASSES,
    Asked,
    Emotions,
    Second,
    allowed,
    calibrated,
    emotions,
)
from central.interview.facts import EmotionReadings, Record
from central.storage.interviews import InterviewView
from central.storage.pool import Connection
from central.storage.tables import EmotionSecondRow

_INSERT: Final = (
    "insert into emotion_seconds (interview_id, turn_key, start_mono_ns, model, answered, sums,"
    " abstained, rest_looks, calibrated)"
    " select id, %(turn)s::text, %(start)s, %(model)s::text, %(answered)s, %(sums)s, %(abstained)s,"
    " %(rest)s, %(calibrated)s from interviews"
    " where id = %(id)s and emotion_consent and scoring_consent"
    " and policy->'channels'->>'emotion' = 'with_consent'"
)


async def keep(conn: Connection, records: Iterable[Record]) -> None:
    """Stores the looks among `records`, after the consents among them were applied. Those of an
    interview whose policy or candidate does not allow it are passed over: no report may read them.
    """
    rows = [
        _row(one.interview_id, one.fact)
        for one in records
        if isinstance(one.fact, EmotionReadings) and one.interview_id is not None
    ]
    if rows:
        async with conn.cursor() as cursor:
            await cursor.executemany(_INSERT, rows)


async def by_turn(session: AsyncSession, interview_id: int) -> dict[str, tuple[Second, ...]]:
    """Each turn's seconds by `turn_key` ("" outside any), in order of time."""
    query = (
        select(EmotionSecondRow)
        .where(EmotionSecondRow.interview_id == interview_id)
        .order_by(EmotionSecondRow.start_mono_ns, EmotionSecondRow.id)
    )
    found: dict[str, list[Second]] = defaultdict(list)
    for row in (await session.scalars(query)).all():
        found[row.turn_key].append(_second(row))
    return {key: tuple(seconds) for key, seconds in found.items()}


@dataclass(frozen=True, slots=True)
class Felt:
    """Over all answers, and over each by its `turn_key`."""

    whole: Emotions
    by_turn: dict[str, Emotions]


async def of_interview(session: AsyncSession, view: InterviewView) -> Felt:
    """Computed when it is read; what policy or candidate do not allow is not even fetched."""
    asked = Asked(view.policy, view.scoring_consent, view.emotion_consent)
    seconds = await by_turn(session, view.id) if allowed(asked) else {}
    at_rest = calibrated([one for group in seconds.values() for one in group])
    answers = {key: group for key, group in seconds.items() if key}
    every = [one for group in answers.values() for one in group]
    return Felt(
        emotions(every, asked, at_rest=at_rest),
        {key: emotions(group, asked, at_rest=at_rest) for key, group in answers.items()},
    )


def _row(interview_id: int, told: EmotionReadings) -> dict[str, object]:
    second = told.second
    return {
        "id": interview_id,
        "turn": second.turn_key,
        "start": told.start_mono_ns,
        "model": second.model,
        "answered": second.answered,
        "sums": Jsonb([round(value, 3) for value in second.sums]),
        "abstained": Jsonb(dict(second.abstained)),
        "rest": second.rest_looks,
        "calibrated": second.calibrated,
    }


def _second(row: EmotionSecondRow) -> Second:
    sums = [float(value) for value in row.sums][: len(CLASSES)]
    return Second(
        turn_key=row.turn_key,
        model=row.model,
        answered=row.answered,
        sums=tuple(sums + [0.0] * (len(CLASSES) - len(sums))),
        abstained={str(name): int(count) for name, count in row.abstained.items()},
        rest_looks=row.rest_looks,
        calibrated=row.calibrated,
    )
