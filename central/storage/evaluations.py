"""Marks and reports as the language worker reads what they need and writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from central.interview.following import Asked, main_turns
from central.interview.report import MarkFact, Report, SpokenFact, TurnFact
from central.interview.rubric import Criterion, Rubric
from central.language.evaluator import MarkDraft
from central.storage import windows
from central.storage.answers import MADE_OF, Answer
from central.storage.pool import Connection
from central.storage.turns import AGAIN


@dataclass(frozen=True, slots=True)
class Held:
    """What the report of an interview is made of."""

    language: str
    stage: int
    scoring_consent: bool
    turns: tuple[TurnFact, ...]


async def add_marks(
    conn: Connection,
    answer: Answer,
    marks: Sequence[MarkDraft],
    *,
    evaluator: str,
    versions: dict[str, str],
) -> bool:
    """Write an answer's marks in place of those that were made of less of it; False: what is there was
    made of as much, and stays.
    """
    if not marks or not await _is_more(conn, answer):
        return False
    await conn.execute("delete from question_scores where turn_id = %s", (answer.turn_id,))
    for mark in marks:
        await conn.execute(
            "insert into question_scores (interview_id, turn_id, criterion, label, dimension, level,"
            " anchor, quotes, keywords, abstained_reason, evaluator, versions, next_anchor,"
            " needs_person, judgement, turns, confirmed)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                answer.interview_id, answer.turn_id, mark.criterion, mark.label, mark.dimension,
                mark.level, mark.anchor, Jsonb([asdict(quote) for quote in mark.quotes]),
                Jsonb(list(mark.keywords)), mark.abstained_reason, evaluator, Jsonb(versions),
                mark.next_anchor, Jsonb(list(mark.needs_person)), judgement(mark),
                Jsonb(list(answer.turns)), Jsonb(list(answer.confirmed)),
            ),
        )  # fmt: skip
    return True


async def flag(conn: Connection, answer: Answer, reason: str) -> None:
    """A person has to look at the marks that are there, for this reason too."""
    await conn.execute(
        "update question_scores set needs_person = needs_person || %s"
        " where turn_id = %s and not needs_person ? %s",
        (Jsonb([reason]), answer.turn_id, reason),
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
    total = report.total
    await conn.execute(
        "update interviews set overall_score = %s, overall_scheme = %s, overall_coverage = %s"
        " where id = %s",
        (total.total, total.name, total.assessed_weight, interview_id),
    )
    return True


async def _is_more(conn: Connection, answer: Answer) -> bool:
    """Locked, so that of two workers the one that heard more has the last word."""
    await conn.execute("select 1 from turns where id = %s for no key update", (answer.turn_id,))
    cursor = await conn.execute(
        f"select max({MADE_OF}) from question_scores where turn_id = %s",  # noqa: S608 - columns
        (answer.turn_id,),
    )
    row = await cursor.fetchone()
    there = row[0] if row else None
    return there is None or answer.heard > there


async def _turns(conn: Connection, interview_id: int) -> tuple[TurnFact, ...]:
    spoken = await _spoken(conn, interview_id)
    marks = await _marks(conn, interview_id)
    seen = await windows.by_turn(conn, interview_id)
    cursor = await conn.execute(
        "select t.id, t.turn_key, t.position, t.asked_text, coalesce(t.end_reason, ''),"
        " coalesce(q.category, ''), coalesce(q.source, ''), q.rubric, q.id, q.follow_up_of, c.verdict"
        " from turns t left join interview_questions q on q.id = t.question_id"
        " left join confirmations c on c.turn_id = t.id"
        " where t.interview_id = %s order by t.asked_at, t.id",
        (interview_id,),
    )
    rows = await cursor.fetchall()
    follows = main_turns(Asked(row[0], row[8], row[9], row[4] not in AGAIN) for row in rows)
    found = []
    for turn_id, key, position, question, reason, category, source, raw, *_, confirmed in rows:
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
                follows=follows.get(turn_id),
                confirmed=confirmed,
            )
        )
    return tuple(found)


async def _spoken(conn: Connection, interview_id: int) -> dict[int, list[SpokenFact]]:
    cursor = await conn.execute(
        "select s.turn_id, s.text, s.engine, case when s.accepted then null"
        "  else coalesce(s.reject_reason, 'refused') end, c.text, coalesce(c.counts, false)"
        " from transcripts s left join corrections c on c.transcript_id = s.id"
        " where s.interview_id = %s and s.turn_id is not null and s.speaker = 'User'"
        " order by s.ordinal, s.first_sample, s.id",
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
