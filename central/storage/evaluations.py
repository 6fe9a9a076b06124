"""Marks and reports as the language worker reads what they need and writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from central.interview.report import MarkFact, Report, SpokenFact, TurnFact
from central.interview.rubric import Criterion, Rubric
from central.language.evaluator import MarkDraft
from central.storage import windows
from central.storage.pool import Connection


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be marked. `rubric` None: a typed question, or one that is no longer known."""

    interview_id: int
    question: str
    language: str
    rubric: Rubric | None


@dataclass(frozen=True, slots=True)
class Held:
    """What the report of an interview is made of."""

    language: str
    stage: int
    scoring_consent: bool
    turns: tuple[TurnFact, ...]


async def answer(conn: Connection, turn_id: int) -> Answer | None:
    """The answer of a turn, or None where scoring was not consented to (any more)."""
    cursor = await conn.execute(
        "select t.interview_id, t.asked_text, i.language, q.rubric from turns t"
        " join interviews i on i.id = t.interview_id"
        " left join interview_questions q on q.id = t.question_id"
        " where t.id = %s and i.scoring_consent",
        (turn_id,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    interview_id, question, language, rubric = row
    return Answer(interview_id, question, language, _rubric(rubric))


async def add_marks(
    conn: Connection,
    turn_id: int,
    marks: Sequence[MarkDraft],
    *,
    interview_id: int,
    evaluator: str,
    versions: dict[str, str],
) -> None:
    """Write an answer's marks (what the same evaluator wrote before stays) and call it evaluated."""
    for mark in marks:
        await conn.execute(
            "insert into question_scores (interview_id, turn_id, criterion, label, dimension, level,"
            " anchor, quotes, keywords, abstained_reason, evaluator, versions, next_anchor,"
            " needs_person, judgement)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
            " on conflict (turn_id, criterion, evaluator) do nothing",
            (
                interview_id, turn_id, mark.criterion, mark.label, mark.dimension, mark.level,
                mark.anchor, Jsonb([asdict(quote) for quote in mark.quotes]),
                Jsonb(list(mark.keywords)), mark.abstained_reason, evaluator, Jsonb(versions),
                mark.next_anchor, Jsonb(list(mark.needs_person)), judgement(mark),
            ),
        )  # fmt: skip
    await conn.execute(
        "update turns set evaluated_at = coalesce(evaluated_at, now()) where id = %s", (turn_id,)
    )


def judgement(mark: MarkDraft) -> Jsonb | None:
    """How a model came to the mark, as it is kept."""
    return None if mark.judged is None else Jsonb(asdict(mark.judged))


async def held(conn: Connection, interview_id: int) -> Held | None:
    """Everything that the report of this interview is made of; None: there is no such interview."""
    cursor = await conn.execute(
        "select language, stage, coalesce(scoring_consent, false) from interviews where id = %s",
        (interview_id,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    language, stage, consent = row
    return Held(language, stage, consent, await _turns(conn, interview_id))


async def add_report(  # noqa: PLR0917 - the row's parts
    conn: Connection,
    interview_id: int,
    stage: int,
    report: Report,
    summary: str,
    evaluator: str,
) -> bool:
    """Write the machine's report and the interview's total; False: there is one already."""
    scores = report.scores
    cursor = await conn.execute(
        "insert into evaluation_reports (interview_id, stage, technical_score, communication_score,"
        " cultural_fit_score, depth_score, summary_text, details, evaluator_model, versions)"
        " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
        " on conflict (interview_id, stage) do nothing",
        (
            interview_id, stage, scores["technical"], scores["communication"],
            scores["cultural_fit"], scores["depth"], summary, Jsonb(report.details), evaluator,
            Jsonb(report.versions),
        ),
    )  # fmt: skip
    if cursor.rowcount != 1:
        return False
    await conn.execute(
        "update interviews set overall_score = %s where id = %s", (report.overall, interview_id)
    )
    return True


async def _turns(conn: Connection, interview_id: int) -> tuple[TurnFact, ...]:
    spoken = await _spoken(conn, interview_id)
    marks = await _marks(conn, interview_id)
    seen = await windows.by_turn(conn, interview_id)
    cursor = await conn.execute(
        "select t.id, t.turn_key, t.position, t.asked_text, coalesce(t.end_reason, ''),"
        " coalesce(q.category, ''), coalesce(q.source, ''), q.rubric from turns t"
        " left join interview_questions q on q.id = t.question_id"
        " where t.interview_id = %s order by t.asked_at, t.id",
        (interview_id,),
    )
    found = []
    for turn_id, key, position, question, reason, category, source, raw in await cursor.fetchall():
        rubric = _rubric(raw)
        criteria = {one.key: one for one in rubric.criteria} if rubric else {}
        found.append(
            TurnFact(
                turn_id=turn_id,
                position=position,
                question=question,
                category=category,
                source=source,
                end_reason=reason,
                rubric_version=rubric.version if rubric else "",
                spoken=tuple(spoken[turn_id]),
                marks=tuple(_mark(row, criteria) for row in marks[turn_id]),
                windows=seen.get(key, ()),
            )
        )
    return tuple(found)


async def _spoken(conn: Connection, interview_id: int) -> dict[int, list[SpokenFact]]:
    cursor = await conn.execute(
        "select turn_id, text, engine, case when accepted then null"
        "  else coalesce(reject_reason, 'refused') end from transcripts"
        " where interview_id = %s and turn_id is not null and speaker = 'User'"
        " order by ordinal, first_sample, id",
        (interview_id,),
    )
    found: dict[int, list[SpokenFact]] = defaultdict(list)
    for turn_id, *rest in await cursor.fetchall():
        found[turn_id].append(SpokenFact(*rest))
    return found


async def _marks(conn: Connection, interview_id: int) -> dict[int, list[tuple[Any, ...]]]:
    cursor = await conn.execute(
        "select turn_id, criterion, label, dimension, level, anchor, quotes, abstained_reason,"
        " evaluator, versions, keywords, needs_person from question_scores where interview_id = %s"
        " order by id",
        (interview_id,),
    )
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for turn_id, *rest in await cursor.fetchall():
        found[turn_id].append(tuple(rest))
    return found


def _mark(row: tuple[Any, ...], criteria: dict[str, Criterion]) -> MarkFact:
    criterion, label, dimension, level, anchor, quotes, reason, *rest = row
    evaluator, versions, words, needs_person = rest
    known = criteria.get(criterion)
    return MarkFact(
        criterion=criterion,
        label=label,
        dimension=dimension,
        weight=known.weight if known else 1.0,
        level=level,
        anchor=anchor,
        quotes=tuple(quotes),
        abstained_reason=reason,
        evaluator=evaluator,
        versions=versions,
        keywords=tuple(words),
        keyword_groups=len(known.keywords) if known else 0,
        needs_person=tuple(needs_person),
    )


def _rubric(document: dict[str, Any] | None) -> Rubric | None:
    return msgspec.convert(document, Rubric) if document else None
