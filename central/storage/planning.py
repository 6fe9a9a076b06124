"""An interview's plan as the language worker reads and words it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import msgspec
from psycopg.types.json import Jsonb

from central.interview.rubric import Rubric
from central.jobs.kinds import PLAN, PlanJob
from central.language.planning.trace import Made, Source
from central.storage import jobs
from central.storage.pool import Connection

_STILL_HERE: Final = (
    "select 1 from interviews i where i.id = %s and i.status = 'scheduled' and not exists ("
    " select 1 from room_commands c where c.interview_id = i.id and c.kind = 'start_interview'"
    " and c.state = 'open' and c.expires_at > now()) for update"
)


@dataclass(frozen=True, slots=True)
class PlannedSlot:
    """One question of a posting's plan. `label`: its competency in the interview's language; `made`:
    None where it is the bank's and nobody has looked at it yet.
    """

    question_id: int
    slot: str
    text: str
    source: str
    rubric: Rubric
    label: str
    made: Made | None


@dataclass(frozen=True, slots=True)
class Plan:
    """A posting's plan for one interview. `about`: what the posting says."""

    interview_id: int
    language: str
    position: str
    company: str | None
    about: str
    posting_id: int
    questions: tuple[PlannedSlot, ...]


async def plan_of(conn: Connection, interview_id: int) -> Plan | None:
    """None where the interview has no posting, or its plan may be with a room already."""
    if await (await conn.execute(_STILL_HERE, (interview_id,))).fetchone() is None:
        return None
    cursor = await conn.execute(
        "select i.language, i.position, i.company, p.about, p.id from interviews i"
        " join postings p on p.id = i.posting_id where i.id = %s",
        (interview_id,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    language, position, company, about, posting_id = row
    found = await _questions(conn, interview_id)
    return Plan(interview_id, language, position, company, about, posting_id, found)


async def _questions(conn: Connection, interview_id: int) -> tuple[PlannedSlot, ...]:
    cursor = await conn.execute(
        "select id, slot, text, source, rubric, competency, made from interview_questions"
        " where interview_id = %s and follow_up_of is null order by ordinal, id",
        (interview_id,),
    )
    found: list[PlannedSlot] = []
    for number, slot, text, source, stored, competency, made in await cursor.fetchall():
        rubric = msgspec.convert(stored, Rubric) if stored else Rubric("", ())
        labels = [one.label for one in rubric.criteria if one.key == competency]
        label = labels[0] if labels else competency or ""
        read = None if made is None else msgspec.convert(made, Made)
        found.append(PlannedSlot(number, slot or "", text, source, rubric, label, read))
    return tuple(found)


async def word(
    conn: Connection,
    interview_id: int,
    question_id: int,
    text: str,
    *,
    sources: Sequence[Source],
    made: Made,
) -> bool:
    """Put a wording in the place of the bank's question; whether it was still wanted: not where a room
    or a person was faster. Its rubric stays, without what only the bank's wording asks for.
    """
    if await (await conn.execute(_STILL_HERE, (interview_id,))).fetchone() is None:
        return False
    cursor = await conn.execute(
        "update interview_questions set text = %s, source = 'generated', made = %s,"
        " rubric = rubric || jsonb_build_object('keywords', '[]'::jsonb)"
        " where id = %s and interview_id = %s and made is null",
        (text, Jsonb(msgspec.to_builtins(made)), question_id, interview_id),
    )
    if cursor.rowcount != 1:
        return False
    await add_sources(conn, interview_id, question_id, sources)
    return True


async def leave(conn: Connection, question_id: int, made: Made) -> None:
    """The bank's question stays, and why."""
    await conn.execute(
        "update interview_questions set made = %s where id = %s and made is null",
        (Jsonb(msgspec.to_builtins(made)), question_id),
    )


async def again(conn: Connection, interview_id: int, because: str) -> bool:
    """Word the plan anew, from the bank's questions on: something came that it could be made of, as a
    résumé does. Not what a person chose, and not where a room may have the plan. Whether a `plan` job
    was inserted; ring `subjects.job(PLAN)` after the commit.
    """
    if await (await conn.execute(_STILL_HERE, (interview_id,))).fetchone() is None:
        return False
    cursor = await conn.execute(
        "update interview_questions q set text = b.content, rubric = b.rubric, source = 'bank',"
        " made = null from questions b where b.id = q.bank_question_id and q.interview_id = %s"
        " and q.slot is not null and coalesce(q.made->>'why', '') <> 'chosen'",
        (interview_id,),
    )
    if not cursor.rowcount:
        return False
    await conn.execute(
        "delete from question_sources s using interview_questions q where q.id = s.question_id"
        " and q.interview_id = %s and q.source = 'bank' and s.kind <> 'bank'",
        (interview_id,),
    )
    key = f"{interview_id}:{because}"
    return await jobs.insert(conn, PLAN, key, PlanJob(interview_id), interview_id)


async def add_sources(
    conn: Connection, interview_id: int, question_id: int, sources: Sequence[Source]
) -> None:
    """What a question was made of."""
    for one in sources:
        await conn.execute(
            "insert into question_sources"
            " (interview_id, question_id, kind, ref, title, start_at, end_at, text, score)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                interview_id, question_id, one.kind, one.ref, one.title, one.start, one.end,
                one.text.replace("\0", ""), one.score,
            ),
        )  # fmt: skip
