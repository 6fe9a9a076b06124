"""When a turn has all of its transcripts, and an interview all of its marks: the jobs that follow.

Both functions lock before they count, each in its own statement: of two workers that finish the last
two pieces at once, the second sees what the first committed.
"""

from __future__ import annotations

from typing import Final

from psycopg import sql

from central.jobs.kinds import EVALUATE, REPORT, TRANSCRIBE, EvaluateJob, ReportJob
from central.storage import jobs
from central.storage.pool import Connection

INTERRUPTED: Final = "interrupted"
"""The end of an answer in which the room broke down. Its question was asked again: the words stay in
the transcript, and the marks are for the whole answer that followed."""

DOES_NOT_KNOW: Final = "does_not_know"
"""The end of an answer by a candidate who said so on the kiosk. What was said before stays in the
transcript; there is nothing to mark."""

DISTURBED: Final = "disturbed"
"""The end of an answer that noise or a fault spoiled, by a candidate who answered again: both answers
stay in the transcript, and the marks are for the other one."""

AGAIN: Final = [INTERRUPTED, DISTURBED]
"""Ends of answers that the candidate gave again."""

UNMARKED: Final = [INTERRUPTED, DOES_NOT_KNOW, DISTURBED]
"""Ends of answers that are not marked, whatever was said."""


async def settle_turn(conn: Connection, turn_id: int, *, again: str = "") -> bool:
    """Inserts the turn's `evaluate` job when its answer ended in a way that is marked, every utterance
    has its transcript (accepted or not), their words stand, and the candidate consented to scoring.
    Whether a job was inserted; `again` names another one, where it was marked before.
    """
    await conn.execute("select 1 from turns where id = %s for no key update", (turn_id,))
    query = sql.SQL(
        "select t.interview_id, coalesce(r.code, '') from turns t"
        " join interviews i on i.id = t.interview_id left join rooms r on r.id = i.room_id"
        " where t.id = %s and i.scoring_consent and {whole}"
    ).format(whole=whole("t"))
    cursor = await conn.execute(query, (turn_id,))
    row = await cursor.fetchone()
    if row is None:
        return False
    interview_id, room = row
    body = EvaluateJob(interview_id=interview_id, room=room, turn_id=turn_id)
    return await jobs.insert(conn, EVALUATE, f"{turn_id}{again}", body, interview_id)


def whole(turn: str) -> sql.Composed:
    """Whether the answer of a query's turn ended in a way that is marked, was read to its end, and the
    candidate has confirmed its words, or need not.
    """
    return sql.SQL(
        "({0}.ended_at is not null and coalesce({0}.end_reason, '') <> all({1})"
        " and {0}.expected_utterances <= (select count(*) from transcripts u"
        "  where u.turn_id = {0}.id and u.speaker = 'User')"
        " and not exists (select 1 from interviews w where w.id = {0}.interview_id and w.awaits_words"
        "  and not exists (select 1 from confirmations c where c.turn_id = {0}.id)))"
    ).format(sql.Identifier(turn), sql.Literal(list(UNMARKED)))


async def settle_interview(conn: Connection, interview_id: int) -> bool:
    """Inserts the `report` job when the interview is completed and nothing is outstanding: no
    utterance to transcribe, and no ended answer to mark where scoring was consented to. Work that
    died counts as done, so that one bad answer does not withhold the report. Whether a job was
    inserted. A worker finishes its own job first: an unfinished one counts as outstanding.
    """
    await conn.execute("select 1 from interviews where id = %s for no key update", (interview_id,))
    cursor = await conn.execute(
        "select coalesce(r.code, '') from interviews i left join rooms r on r.id = i.room_id"
        " where i.id = %(id)s and i.status = 'completed'"
        " and not exists (select 1 from jobs j where j.interview_id = i.id"
        "  and j.kind in (%(transcribe)s, %(evaluate)s) and j.state in ('queued', 'running'))"
        " and (i.scoring_consent is not true or not exists ("
        "  select 1 from turns t where t.interview_id = i.id"
        "  and t.ended_at is not null and t.evaluated_at is null"
        "  and coalesce(t.end_reason, '') <> all(%(unmarked)s)"
        "  and not exists (select 1 from jobs j where j.state = 'dead' and ("
        "   (j.kind = %(evaluate)s and j.key = t.id::text)"
        "   or (j.kind = %(transcribe)s and j.interview_id = i.id"
        "       and j.body->>'turn_key' = t.turn_key)))))",
        {
            "id": interview_id,
            "transcribe": TRANSCRIBE,
            "evaluate": EVALUATE,
            "unmarked": UNMARKED,
        },
    )
    row = await cursor.fetchone()
    if row is None:
        return False
    body = ReportJob(interview_id=interview_id, room=row[0])
    return await jobs.insert(conn, REPORT, str(interview_id), body, interview_id)


async def evaluated(conn: Connection, turn_id: int) -> None:
    """The answer was looked at: no report waits for it any more."""
    await conn.execute(
        "update turns set evaluated_at = coalesce(evaluated_at, now()) where id = %s", (turn_id,)
    )


async def key_of(conn: Connection, turn_id: int, room_id: int) -> str | None:
    """The room's own key of a turn; None where it is not this room's."""
    cursor = await conn.execute(
        "select t.turn_key from turns t join interviews i on i.id = t.interview_id"
        " where t.id = %s and i.room_id = %s",
        (turn_id, room_id),
    )
    row = await cursor.fetchone()
    return None if row is None else str(row[0])
