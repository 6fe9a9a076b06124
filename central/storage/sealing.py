"""What the vault asks of the database: which interviews are due, their records, their keys, and what is
sealed by now.

A part covers spans: of one interview and spool, every record from the first to the last seq. That is
exact because the watermark commits a spool's records in their order: once a snapshot shows a seq, it
shows all before it, and what comes later has a higher one.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, LiteralString

from psycopg import sql

from central.storage.pool import Connection

BATCH: Final = 200
"""Records that are held in memory at once."""

NOT_SEALED: Final = sql.SQL(
    "not exists (select 1 from sealed_spans s join sealed_parts p on p.id = s.part_id"
    " where p.sealed_at is not null and s.interview_id = r.interview_id"
    " and s.watermark_id = r.watermark_id and r.seq between s.first_seq and s.last_seq)"
)
"""Of a row `r` of `records`."""

LANDED_INTERVIEWS: Final = sql.SQL(
    "with recursive landed(id) as ("
    " (select interview_id from records where interview_id is not null"
    "   order by interview_id limit 1)"
    " union all select (select r.interview_id from records r"
    "   where r.interview_id > landed.id order by r.interview_id limit 1)"
    "  from landed where landed.id is not null)"
)
"""The interviews of which records lie in the landing table, as `landed(id)`. A loose index scan: one
look into the index an interview, not one a record.
"""

_WHAT_IS_LEFT: Final = sql.SQL(
    "select r.watermark_id, min(r.seq), max(r.seq), count(*),"
    " max(r.committed_on) <= (now() - make_interval(secs => %s))::date"
    " from records r where r.interview_id = %s and r.committed_on >= %s and {}"
    " group by r.watermark_id order by r.watermark_id"
).format(NOT_SEALED)
_PARTS: Final = (
    "select id, interview_id, name, records, size_bytes, sha256, sealed_at from sealed_parts"
)


@dataclass(frozen=True, slots=True)
class LandedRecord:
    """One record of an interview as the room sent it."""

    watermark_id: int
    seq: int
    kind: int
    wall_ns: int
    mono_ns: int
    payload: bytes


@dataclass(frozen=True, slots=True)
class Span:
    """Records of one spool, both ends included. `records`: how many of the interview are among them;
    0 where that is not asked.
    """

    watermark_id: int
    first_seq: int
    last_seq: int
    records: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One sealed file of an interview. `sealed_at` None: never finished."""

    id: int
    interview_id: int
    name: str
    records: int
    size_bytes: int
    sha256: bytes | None
    sealed_at: datetime | None


async def due(conn: Connection, seal_after_s: float) -> list[int]:
    """Interviews that are finished, whose jobs are done or dead, that ended `seal_after_s` ago, and of
    which records lie in the landing table: in order of their ids. An erased one is not among them; one
    whose room's clock says that it ends in the future is: `uncovered` goes by our own clock.

    """
    cursor = await conn.execute(
        sql.SQL(
            "{} select i.id from landed join interviews i on i.id = landed.id"
            " where i.status in ('completed', 'cancelled')"
            " and (coalesce(i.end_time, i.created_at) <= now() - make_interval(secs => %s)"
            "  or i.end_time > now())"
            " and not exists (select 1 from jobs j where j.interview_id = i.id"
            "  and j.state in ('queued', 'running'))"
            " and not exists (select 1 from interview_keys k where k.interview_id = i.id"
            "  and k.destroyed_at is not null)"
            " order by i.id"
        ).format(LANDED_INTERVIEWS),
        (seal_after_s,),
    )
    return [row[0] for row in await cursor.fetchall()]


async def uncovered(
    conn: Connection, interview_id: int, seal_after_s: float
) -> tuple[Span, ...] | None:
    """The records of an interview that no sealed part holds; None where some of them came less than
    `seal_after_s` ago (by day), so that it is not quiet yet.

    What was sealed before is not counted again: later records lie in partitions of the days since
    (an hour less: a record's day is that on which its transaction began).
    """
    cursor = await conn.execute(
        "select coalesce((max(created_at) - interval '1 hour')::date, '0001-01-01') from sealed_parts"
        " where interview_id = %s and sealed_at is not null",
        (interview_id,),
    )
    row = await cursor.fetchone()
    assert row is not None
    cursor = await conn.execute(_WHAT_IS_LEFT, (seal_after_s, interview_id, row[0]))
    rows = await cursor.fetchall()
    if not all(quiet for *_, quiet in rows):
        return None
    return tuple(Span(*span) for *span, _ in rows)


async def landed(
    conn: Connection, interview_id: int, spans: Sequence[Span]
) -> AsyncGenerator[list[LandedRecord], None]:
    """The interview's records in these spans, in order of (spool, seq), in batches of at most `BATCH`.
    They come through a cursor of the server, so that memory stays bounded; `conn` must not be used
    meanwhile.
    """
    async with conn.transaction(), conn.cursor("landed") as cursor:
        await cursor.execute(
            "select r.watermark_id, r.seq, r.kind, r.wall_ns, r.mono_ns, r.payload"
            " from records r join unnest(%s::bigint[], %s::bigint[], %s::bigint[])"
            "  as n(id, first, last) on r.watermark_id = n.id and r.seq between n.first and n.last"
            " where r.interview_id = %s order by r.watermark_id, r.seq",
            (
                [span.watermark_id for span in spans],
                [span.first_seq for span in spans],
                [span.last_seq for span in spans],
                interview_id,
            ),
            binary=True,
        )
        while rows := await cursor.fetchmany(BATCH):
            yield [LandedRecord(*row) for row in rows]


async def spools(conn: Connection, spans: Sequence[Span]) -> dict[int, str]:
    """The rooms' own names of the spools."""
    cursor = await conn.execute(
        "select id, spool_id from ingest_watermark where id = any(%s)",
        ([span.watermark_id for span in spans],),
    )
    return {row[0]: row[1] for row in await cursor.fetchall()}


async def begin_part(conn: Connection, interview_id: int, name: str) -> int:
    """Notes that a file of this name is about to be written; the part's id."""
    cursor = await conn.execute(
        "insert into sealed_parts (interview_id, name) values (%s, %s) returning id",
        (interview_id, name),
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def finish_part(  # noqa: PLR0917 - the columns, in their order
    conn: Connection,
    part: int,
    interview_id: int,
    records: int,
    size_bytes: int,
    sha256: bytes,
    spans: Sequence[Span],
) -> bool:
    """Marks a part as sealed, in one transaction; False where the key was destroyed meanwhile."""
    async with conn.transaction():
        cursor = await conn.execute(
            "select 1 from interview_keys where interview_id = %s and wrapped is not null for share",
            (interview_id,),
        )
        if await cursor.fetchone() is None:
            return False
        await conn.execute(
            "update sealed_parts set records = %s, size_bytes = %s, sha256 = %s, sealed_at = now()"
            " where id = %s",
            (records, size_bytes, sha256, part),
        )
        async with conn.cursor() as inserting:
            await inserting.executemany(
                "insert into sealed_spans"
                " (part_id, interview_id, watermark_id, first_seq, last_seq, records)"
                " values (%s, %s, %s, %s, %s, %s)",
                [
                    (part, interview_id, one.watermark_id, one.first_seq, one.last_seq, one.records)
                    for one in spans
                ],
            )
    return True


async def unfinished_parts(conn: Connection) -> list[Part]:
    """Parts whose writer did not come to the end."""
    return await _parts(conn, "where sealed_at is null order by id")


async def forget_part(conn: Connection, part: int) -> None:
    """Removes an unfinished part whose file is gone."""
    await conn.execute("delete from sealed_parts where id = %s and sealed_at is null", (part,))


async def parts_of(conn: Connection, interview_id: int) -> list[Part]:
    """The interview's sealed parts, the oldest first."""
    return await _parts(
        conn, "where interview_id = %s and sealed_at is not null order by id", interview_id
    )


async def parts_of_all(conn: Connection, interview_ids: Sequence[int]) -> list[Part]:
    """The sealed parts of all of these interviews."""
    return await _parts(
        conn,
        "where interview_id = any(%s) and sealed_at is not null order by id",
        list(interview_ids),
    )


async def parts_holding(conn: Connection, interview_id: int, span: Span) -> list[Part]:
    """The interview's sealed parts that hold any record of the span, the oldest first."""
    return await _parts(
        conn,
        "where sealed_at is not null and id in (select part_id from sealed_spans"
        " where interview_id = %s and watermark_id = %s and first_seq <= %s and last_seq >= %s)"
        " order by id",
        interview_id,
        span.watermark_id,
        span.last_seq,
        span.first_seq,
    )


async def all_parts(conn: Connection) -> list[Part]:
    """Every sealed part whose interview still has its key, the oldest first."""
    return await _parts(
        conn,
        "where sealed_at is not null and exists (select 1 from interview_keys k"
        " where k.interview_id = sealed_parts.interview_id and k.wrapped is not null) order by id",
    )


async def _parts(conn: Connection, where: LiteralString, *values: object) -> list[Part]:
    cursor = await conn.execute(sql.SQL(_PARTS + " " + where), values)
    return [Part(*row) for row in await cursor.fetchall()]
