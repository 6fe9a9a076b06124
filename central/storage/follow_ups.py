"""Follow-ups: asked for while an answer goes on, held by the room, asked by it or not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import msgspec
from psycopg.types.json import Jsonb

from central.interview.commands import HoldFollowUp
from central.jobs.kinds import FOLLOW_UP, FollowUpJob
from central.language.planning.trace import Made, Source
from central.storage import audit, jobs, planning
from central.storage.plans_out import planned
from central.storage.pool import Connection
from central.storage.tables import InterviewQuestion

PRIORITY: Final = jobs.DEFAULT_PRIORITY // 2
"""Somebody is speaking: before any answer is marked."""
LASTS: Final = timedelta(minutes=2)
ANSWER_LIMIT_MS: Final = 90_000

_OPEN: Final = (
    " from turns t join interviews i on i.id = t.interview_id"
    " join rooms r on r.id = i.room_id"
    " join interview_questions q on q.id = t.question_id"
    " join interview_questions m on m.id = coalesce(q.follow_up_of, q.id)"
    " where t.id = %s and t.ended_at is null and i.status = 'live' and i.scoring_consent"
    " and m.follow_ups > 0"
)


@dataclass(frozen=True, slots=True)
class Held:
    """What the room has been told last about the open answer. `question_id` None: to hold nothing."""

    question_id: int | None
    about: str | None
    utterances: int


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """An answer that goes on and may be followed up. `answer`: all that was said to the main question
    and to what followed it; `utterances`: of the open turn, that were read; `asked_about`: what
    follow-ups asked for already.
    """

    interview_id: int
    room_id: int
    turn_id: int
    question_id: int
    main_id: int
    main: str
    language: str
    competency: str
    follow_ups: int
    answer: str
    utterances: int
    asked_about: tuple[str, ...]
    texts: tuple[str, ...]
    """Of every question of the interview, asked or not: none is asked twice."""
    held: Held | None


_SO_FAR: Final = (
    "(select count(*) from transcripts s where s.turn_id = t.id and s.speaker = 'User')"
)


async def ask(conn: Connection, turn_id: int) -> bool:
    """Inserts the `follow_up` job for what was said so far, where the answer is open and may be followed
    up; whether it was new. The caller holds the turn's lock, so that its utterances are counted once.
    """
    cursor = await conn.execute(
        f"select t.interview_id, r.code, {_SO_FAR} {_OPEN}",
        (turn_id,),
    )
    row = await cursor.fetchone()
    if row is None:
        return False
    interview_id, room, said = row
    body = FollowUpJob(interview_id, room, turn_id, said)
    key = f"{turn_id}:{said}"
    return await jobs.insert(conn, FOLLOW_UP, key, body, interview_id, PRIORITY)


async def open_answer(conn: Connection, turn_id: int) -> OpenAnswer | None:
    """None where it is over, or may not be followed up."""
    cursor = await conn.execute(
        "select t.interview_id, i.room_id, t.id, q.id, m.id, m.text, i.language,"
        f" coalesce(m.competency, ''), m.follow_ups {_OPEN}",
        (turn_id,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    interview_id, room_id, turn, question_id, main_id, *rest = row
    main, language, competency, follow_ups = rest
    return OpenAnswer(
        interview_id, room_id, turn, question_id, main_id, main, language, competency, follow_ups,
        await _said(conn, main_id),
        await _utterances(conn, turn_id),
        await _about(conn, main_id),
        await _texts(conn, interview_id),
        await _held(conn, interview_id, question_id),
    )  # fmt: skip


async def hold(
    conn: Connection, answer: OpenAnswer, *, question_id: int | None, text: str = ""
) -> None:
    """Tell the room what to hold, made of what was said so far; None: nothing any more. The caller rings
    `subjects.command(room)` after the commit.

    Raises `Prohibited` for what no candidate may be asked.
    """
    question = None
    if question_id is not None:
        row = InterviewQuestion(
            id=question_id, text=text, category="behavioral", think_ms=0,
            answer_limit_ms=ANSWER_LIMIT_MS,
        )  # fmt: skip
        question = planned(row)
    body = HoldFollowUp(question, str(answer.question_id), answer.utterances)
    document = msgspec.to_builtins(body)
    cursor = await conn.execute(
        "insert into room_commands (room_id, interview_id, kind, body, expires_at)"
        " values (%s, %s, %s, %s, now() + %s) returning id",
        (answer.room_id, answer.interview_id, document["type"], Jsonb(document), LASTS),
    )
    row_id = await cursor.fetchone()
    detail = {"command": str(row_id[0]) if row_id else "", "question": str(question_id or "")}
    subject = f"interview:{answer.interview_id}"
    await audit.note(conn, None, "command.hold_follow_up", subject, detail)


async def add(
    conn: Connection,
    answer: OpenAnswer,
    *,
    text: str,
    about: str,
    source: str,
    made: Made,
    sources: Sequence[Source],
) -> int:
    """A follow-up of this answer's main question; its id. It has no rubric: the answer to it belongs to
    the main question.
    """
    cursor = await conn.execute(
        "insert into interview_questions (interview_id, ordinal, text, category, difficulty, source,"
        " rubric, answer_limit_ms, slot, competency, follow_up_of, about, made)"
        " select interview_id, ordinal, %s, category, difficulty, %s, '{}', %s, slot, competency, id,"
        " %s, %s from interview_questions where id = %s returning id",
        (text, source, ANSWER_LIMIT_MS, about, Jsonb(msgspec.to_builtins(made)), answer.main_id),
    )
    row = await cursor.fetchone()
    question_id = int(row[0]) if row else 0
    await planning.add_sources(conn, answer.interview_id, question_id, sources)
    return question_id


async def words(conn: Connection, question_id: int) -> str:
    """The text of a question."""
    cursor = await conn.execute(
        "select text from interview_questions where id = %s", (question_id,)
    )
    row = await cursor.fetchone()
    return str(row[0]) if row else ""


async def _said(conn: Connection, main_id: int) -> str:
    cursor = await conn.execute(
        "select s.text from transcripts s join turns t on t.id = s.turn_id"
        " join interview_questions q on q.id = t.question_id"
        " where coalesce(q.follow_up_of, q.id) = %s and s.speaker = 'User' and s.accepted"
        " order by t.asked_at, t.id, s.ordinal, s.first_sample, s.id",
        (main_id,),
    )
    return " ".join(row[0] for row in await cursor.fetchall())


async def _utterances(conn: Connection, turn_id: int) -> int:
    cursor = await conn.execute(
        "select count(*) from transcripts where turn_id = %s and speaker = 'User'", (turn_id,)
    )
    row = await cursor.fetchone()
    return int(row[0]) if row else 0


async def _about(conn: Connection, main_id: int) -> tuple[str, ...]:
    cursor = await conn.execute(
        "select q.about from interview_questions q where q.follow_up_of = %s and exists ("
        " select 1 from turns t where t.question_id = q.id) order by q.id",
        (main_id,),
    )
    return tuple(row[0] for row in await cursor.fetchall())


async def _texts(conn: Connection, interview_id: int) -> tuple[str, ...]:
    cursor = await conn.execute(
        "select q.text from interview_questions q where q.interview_id = %s"
        " and (q.follow_up_of is null or exists (select 1 from turns t where t.question_id = q.id))"
        " order by q.ordinal, q.id",
        (interview_id,),
    )
    return tuple(row[0] for row in await cursor.fetchall())


async def _held(conn: Connection, interview_id: int, question_id: int) -> Held | None:
    cursor = await conn.execute(
        "select c.body, q.about from room_commands c left join interview_questions q"
        " on q.id = (c.body->'question'->>'question_id')::bigint"
        " where c.interview_id = %s and c.kind = 'hold_follow_up'"
        " and c.body->>'after_question_id' = %s order by c.id desc limit 1",
        (interview_id, str(question_id)),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    body = msgspec.convert(row[0], HoldFollowUp)
    number = None if body.question is None else int(body.question.question_id)
    return Held(number, row[1], body.utterances)
