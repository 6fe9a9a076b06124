"""An answer as it is marked: what was said to a main question and to what followed it, together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import msgspec
from psycopg import sql

from central.interview.rubric import Rubric
from central.storage.pool import Connection
from central.storage.transcripts import Segment, SpokenWord
from central.storage.turns import AGAIN, whole


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be marked. `turn_id`: of the main question, which the marks belong to; `turns`: that
    one and every follow-up's whose answer is whole and has words; `confirmed`: those of them that the
    candidate has read; `marked`: how much the marks that are there were made of, None where there are
    none. `rubric` None: a typed question, or one that is no longer known. `misheard`: the candidate says
    that something was; `rewritten`: they changed more than a correction does, and it does not count.
    """

    interview_id: int
    turn_id: int
    question: str
    language: str
    rubric: Rubric | None
    turns: tuple[int, ...]
    segments: tuple[Segment, ...]
    marked: int | None
    confirmed: tuple[int, ...] = ()
    misheard: bool = False
    rewritten: bool = False

    @property
    def heard(self) -> int:
        """How much it is made of: it grows with each follow-up, and with each confirmation."""
        return len(self.turns) + len(self.confirmed)

    @property
    def is_marked(self) -> bool:
        """Whether there are marks, and nothing was said that they do not know."""
        return self.marked is not None and self.marked >= self.heard


# A question that was answered again has several turns: a follow-up belongs to the one before it.
_MAIN: Final = sql.SQL("""
select m.id, m.interview_id, m.question_id, m.asked_text, i.language, q.rubric, {whole}
from turns t join interviews i on i.id = t.interview_id
left join interview_questions f on f.id = t.question_id
join turns m on m.id = case when f.follow_up_of is null then t.id else (
  select a.id from turns a where a.question_id = f.follow_up_of
  and coalesce(a.end_reason, '') <> all({again}) and (a.asked_at, a.id) < (t.asked_at, t.id)
  order by a.asked_at desc, a.id desc limit 1) end
left join interview_questions q on q.id = m.question_id
where t.id = %s and i.scoring_consent
""").format(whole=whole("m"), again=sql.Literal(AGAIN))
_FOLLOWED: Final = sql.SQL("""
select t.id from turns m, turns t join interview_questions q on q.id = t.question_id
where m.id = %(main)s and q.follow_up_of = m.question_id and {whole}
and (t.asked_at, t.id) > (m.asked_at, m.id) and not exists (
  select 1 from turns n where n.question_id = m.question_id
  and coalesce(n.end_reason, '') <> all({again})
  and (n.asked_at, n.id) > (m.asked_at, m.id) and (n.asked_at, n.id) < (t.asked_at, t.id))
and exists (select 1 from transcripts s where s.turn_id = t.id and s.speaker = 'User' and s.accepted)
order by t.asked_at, t.id
""").format(whole=whole("t"), again=sql.Literal(AGAIN))
MADE_OF: Final = "jsonb_array_length(turns || confirmed)"
"""Of marks: `Answer.heard` when they were made."""
_MARKED: Final = sql.SQL(
    f"select max({MADE_OF}) from question_scores where turn_id = %s"  # noqa: S608 - columns
)
# Where the candidate's correction counts, its words and their times.
_SAID: Final = """
select s.id, coalesce(c.text, s.text), s.confidence,
 case when c.id is null then s.words else c.words end, case when c.id is not null then s.text end
from transcripts s left join corrections c on c.transcript_id = s.id and c.counts
where s.turn_id = any(%(turns)s) and s.speaker = 'User' and s.accepted
order by array_position(%(turns)s, s.turn_id), s.ordinal, s.first_sample, s.id
"""
_CONFIRMED: Final = """
select c.turn_id, c.verdict = 'misheard',
 exists (select 1 from corrections o where o.turn_id = c.turn_id and not o.counts)
from confirmations c where c.turn_id = any(%(turns)s)
order by array_position(%(turns)s, c.turn_id)
"""


async def of_turn(conn: Connection, turn_id: int) -> Answer | None:
    """The answer that a turn is part of. None where scoring was not consented to (any more), and where
    the main question's own answer is not whole: whoever marks that one marks what followed it too.
    """
    row = await _one(conn, _MAIN, (turn_id,))
    if row is None:
        return None
    main_id, interview_id, question_id, question, language, rubric, is_whole = row
    if not is_whole:
        return None
    followed = await conn.execute(_FOLLOWED, {"main": main_id}) if question_id else None
    turns = [main_id, *((one[0] for one in await followed.fetchall()) if followed else ())]
    said = await conn.execute(_SAID, {"turns": turns})
    segments = tuple(
        Segment(number, text, confidence, tuple(SpokenWord(**word) for word in words or ()), heard)
        for number, text, confidence, words, heard in await said.fetchall()
    )
    marked = await _one(conn, _MARKED, (main_id,))
    read = await (await conn.execute(_CONFIRMED, {"turns": turns})).fetchall()
    return Answer(
        interview_id, main_id, question, language, _rubric(rubric), tuple(turns), segments,
        marked[0] if marked else None,
        confirmed=tuple(row[0] for row in read),
        misheard=any(row[1] for row in read),
        rewritten=any(row[2] for row in read),
    )  # fmt: skip


async def newest(conn: Connection, most: int) -> list[int]:
    """Turns of main questions whose answers were marked, the newest first."""
    cursor = await conn.execute(
        "select turn_id from question_scores group by turn_id order by turn_id desc limit %s",
        (most,),
    )
    return [row[0] for row in await cursor.fetchall()]


async def _one(
    conn: Connection, query: sql.SQL | sql.Composed, values: tuple[object, ...]
) -> tuple[Any, ...] | None:
    return await (await conn.execute(query, values)).fetchone()


def _rubric(document: dict[str, Any] | None) -> Rubric | None:
    return msgspec.convert(document, Rubric) if document else None
