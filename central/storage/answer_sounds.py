"""The sound of answers: which records hold it, and under which document it was archived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.interview.answer_sound import Extract, Recorded, extracts
from central.storage.pool import Connection
from central.storage.tables import Transcript

_RECORDED = (
    "id, interview_id, watermark_id, format_seq, first_seq, last_seq, first_sample, end_sample,"
    " rate_hz"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is to be archived. `superseded`: the document of an earlier archive of it, from
    before the last utterances came.
    """

    interview_id: int
    turn_id: int
    utterances: int
    superseded: int | None


@dataclass(frozen=True, slots=True)
class Heard:
    """Where a sentence is heard in its answer's sound, which is that of `utterances` so far: it grows
    while the candidate speaks.
    """

    interview_id: int
    turn_id: int
    extract: Extract
    utterances: int


async def utterances_of(conn: Connection, turn_id: int) -> tuple[Recorded, ...]:
    """Everything in the answer that has a recording, refused recognitions too, in spoken order."""
    cursor = await conn.execute(
        f"select {_RECORDED} from transcripts where turn_id = %s and rate_hz is not null"  # noqa: S608 - columns
        " order by ordinal, first_sample, id",
        (turn_id,),
    )
    return tuple(Recorded(*row) for row in await cursor.fetchall())


async def recorded(session: AsyncSession, interview_id: int) -> dict[int, tuple[Recorded, ...]]:
    """The same for all answers of an interview, by turn."""
    return await _recorded_where(session, Transcript.interview_id == interview_id)


async def recorded_in(
    session: AsyncSession, turn_ids: Collection[int]
) -> dict[int, tuple[Recorded, ...]]:
    """The same for these turns."""
    return await _recorded_where(session, Transcript.turn_id.in_(turn_ids))


async def _recorded_where(
    session: AsyncSession, chosen: ColumnElement[bool]
) -> dict[int, tuple[Recorded, ...]]:
    query = (
        select(Transcript)
        .where(chosen, Transcript.rate_hz.is_not(None))
        .order_by(Transcript.ordinal, Transcript.first_sample, Transcript.id)
    )
    found: dict[int, list[Recorded]] = defaultdict(list)
    for row in (await session.scalars(query)).all():
        if row.turn_id is not None:
            found[row.turn_id].append(_recorded(row))
    return {turn_id: tuple(said) for turn_id, said in found.items()}


async def heard(session: AsyncSession, transcript_id: int) -> Heard | None:
    """Of an answer that is over, and of one that goes on. None where nothing was recorded of it: it was
    typed, or is no sentence of a candidate.
    """
    row = await session.get(Transcript, transcript_id)
    if row is None or row.turn_id is None:
        return None
    said = (await recorded_in(session, [row.turn_id])).get(row.turn_id, ())
    extract = extracts(said).get(transcript_id)
    if extract is None:
        return None
    return Heard(row.interview_id, row.turn_id, extract, len(said))


async def document_of(conn: Connection, turn_id: int) -> int | None:
    """The document that the answer is archived in; None where it is not, or where utterances came
    after it was.
    """
    cursor = await conn.execute(
        "select a.document_id from answer_sounds a where a.turn_id = %(turn)s and a.utterances ="
        " (select count(*) from transcripts t where t.turn_id = %(turn)s and t.rate_hz is not null)",
        {"turn": turn_id},
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def waiting(conn: Connection, limit: int) -> list[Answer]:
    """Answers of sealed interviews that are not archived as they are now."""
    cursor = await conn.execute(
        "select t.interview_id, t.turn_id, count(*), min(a.document_id)"
        " from transcripts t left join answer_sounds a on a.turn_id = t.turn_id"
        " where t.rate_hz is not null and t.turn_id is not null"
        " and exists (select 1 from sealed_parts p where p.interview_id = t.interview_id"
        "  and p.sealed_at is not null)"
        " and not exists (select 1 from interview_keys k where k.interview_id = t.interview_id"
        "  and k.destroyed_at is not null)"
        " group by t.interview_id, t.turn_id"
        " having count(*) is distinct from min(a.utterances) order by t.turn_id limit %s",
        (limit,),
    )
    return [Answer(*row) for row in await cursor.fetchall()]


async def keep(
    conn: Connection, answer: Answer, document_id: int | None, problem: str | None = None
) -> None:
    """Notes where the answer is archived, or why it cannot be; in place of an earlier note."""
    await conn.execute(
        "insert into answer_sounds (interview_id, turn_id, document_id, utterances, problem)"
        " select i.id, %s, %s, %s, %s from interviews i where i.id = %s"  # it may be erased by now
        " on conflict (turn_id) do update set"
        " document_id = excluded.document_id, utterances = excluded.utterances,"
        " problem = excluded.problem, created_at = now()",
        (answer.turn_id, document_id, answer.utterances, problem, answer.interview_id),
    )


def _recorded(row: Transcript) -> Recorded:
    places = (row.watermark_id, row.format_seq, row.first_seq, row.last_seq)
    samples = (row.first_sample, row.end_sample, row.rate_hz)
    return Recorded(row.id, row.interview_id, *(int(one or 0) for one in (*places, *samples)))
