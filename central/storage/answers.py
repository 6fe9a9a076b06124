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
    one and every follow-up's whose answer is whole and has words; `marked`: how many of them the marks
    that are there were made of, None where there are none. `rubric` None: a typed question, or one that
    is no longer known.
    """

    interview_id: int
    turn_id: int
    question: str
    language: str
    rubric: Rubric | None
    turns: tuple[int, ...]
    segments: tuple[Segment, ...]
    marked: int | None

    @property
    def is_marked(self) -> bool:
        """Whether there are marks, and nothing was said that they do not know."""
        return self.marked is not None and self.marked >= len(self.turns)


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
_MARKED: Final = sql.SQL(
    "select max(jsonb_array_length(turns)) from question_scores where turn_id = %s"
)
_SAID: Final = """
select id, text, confidence, words from transcripts
where turn_id = any(%(turns)s) and speaker = 'User' and accepted
order by array_position(%(turns)s, turn_id), ordinal, first_sample, id
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
        Segment(number, text, confidence, tuple(SpokenWord(**word) for word in words or ()))
        for number, text, confidence, words in await said.fetchall()
    )
    marked = await _one(conn, _MARKED, (main_id,))
    return Answer(
        interview_id, main_id, question, language, _rubric(rubric), tuple(turns), segments,
        marked[0] if marked else None,
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
