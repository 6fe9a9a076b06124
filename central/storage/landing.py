"""Landed records leave: a day's partition is dropped once all of it is sealed or kept elsewhere.

Dropping a partition takes the parent's lock for an instant, and whoever waits for it holds up every
gateway: so it waits two seconds at most and is tried again a round later. (PostgreSQL's DETACH
CONCURRENTLY, which needs no such lock, is refused where there is a default partition.)
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import psycopg
from psycopg import sql

from central.storage.partitions import name
from central.storage.pool import Connection
from central.storage.sealing import NOT_SEALED, Part, parts_of_all

AUDIO_FORMAT: Final = 3
"""Number of `daedam.v1.RecordKind`."""
_PATIENCE: Final = sql.SQL("set local lock_timeout = '2s'")
_OUTLIVES: Final = sql.SQL("(r.interview_id is null or r.kind = 3)")
"""What is kept in the clear: see `RoomRecord`."""
_KEEP: Final = sql.SQL(
    "insert into room_records"
    " (watermark_id, seq, interview_id, kind, wall_ns, mono_ns, payload)"
    " select r.watermark_id, r.seq, r.interview_id, r.kind, r.wall_ns, r.mono_ns, r.payload"
    " from {} r where {} and r.committed_on <= %s on conflict (watermark_id, seq) do nothing"
)


@dataclass(frozen=True, slots=True)
class Held:
    """Why a day's partition stays: interviews of which records in it are not sealed."""

    day: date
    interviews: tuple[int, ...]


async def days(conn: Connection, until: date) -> list[date]:
    """The days up to `until` whose partitions are there, the oldest first."""
    cursor = await conn.execute(
        "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
        " where i.inhparent = 'records'::regclass and c.relname ~ '^records_[0-9]{8}$'"
    )
    names = [row[0].removeprefix("records_") for row in await cursor.fetchall()]
    found = sorted(datetime.strptime(text, "%Y%m%d").date() for text in names)  # noqa: DTZ007
    return [day for day in found if day <= until]


async def drop_day(conn: Connection, day: date) -> Held | None:
    """Drops a day's partition where each of its records is sealed, or is kept now in `room_records`:
    all in one transaction. Otherwise, or where the lock could not be had, nothing changes.

    `conn` is in autocommit. Raises `psycopg.errors.LockNotAvailable`: try again later.
    """
    table = sql.Identifier(name(day))
    unsealed = await _never_sealed(conn, day)
    if unsealed:
        return Held(day, unsealed)
    async with conn.transaction():
        await conn.execute(_PATIENCE)
        # Nobody writes into a past day; from here on nobody can.
        await conn.execute(sql.SQL("lock table {} in share mode").format(table))
        unsealed = await _not_sealed(conn, table)
        if unsealed:
            return Held(day, unsealed)
        await conn.execute(_KEEP.format(table, _OUTLIVES), (day,))
        await conn.execute(sql.SQL("drop table {}").format(table))
    return None


async def empty_default(conn: Connection, until: date) -> int:
    """Takes what is sealed, and what belongs to no interview, out of the default partition, for days
    up to `until`; how many records. It stays for what comes when nobody made a day's partition.
    """
    async with conn.transaction():
        table = sql.Identifier("records_default")
        await conn.execute(_KEEP.format(table, _OUTLIVES), (until,))
        cursor = await conn.execute(
            sql.SQL(
                "delete from records_default r where r.committed_on <= %s and ("
                "exists (select 1 from room_records k where k.watermark_id = r.watermark_id"
                " and k.seq = r.seq and r.interview_id is null)"
                " or (r.interview_id is not null and not {}))"
            ).format(NOT_SEALED),
            (until,),
        )
    return cursor.rowcount


async def parts_in(conn: Connection, day: date) -> list[Part]:
    """The sealed parts of every interview with records in the day's partition."""
    cursor = await conn.execute(
        sql.SQL("{} select array_agg(id) from landed where id is not null").format(_interviews(day))
    )
    row = await cursor.fetchone()
    return await parts_of_all(conn, [] if row is None or row[0] is None else row[0])


def is_busy(error: Exception) -> bool:
    """Whether a lock could not be had in time: try again later."""
    return isinstance(error, psycopg.errors.LockNotAvailable)


async def _never_sealed(conn: Connection, day: date) -> tuple[int, ...]:
    """Interviews with records in the partition and no sealed part at all: quick, by the index alone."""
    cursor = await conn.execute(
        sql.SQL(
            "{} select id from landed where id is not null and not exists ("
            "  select 1 from sealed_parts p where p.interview_id = landed.id"
            "  and p.sealed_at is not null) order by id limit 100"
        ).format(_interviews(day))
    )
    return tuple(row[0] for row in await cursor.fetchall())


async def _not_sealed(conn: Connection, table: sql.Identifier) -> tuple[int, ...]:
    """Interviews of which a record in the partition is in no sealed part, or of which more records
    landed in a span than were sealed: exact, reads all of it.
    """
    cursor = await conn.execute(
        sql.SQL(
            "select r.interview_id from {0} r where r.interview_id is not null and {1}"
            " union select s.interview_id from {0} r join sealed_spans s"
            "  on s.interview_id = r.interview_id and s.watermark_id = r.watermark_id"
            "  and r.seq between s.first_seq and s.last_seq"
            "  group by s.id having count(*) > s.records"
            " order by 1 limit 100"
        ).format(table, NOT_SEALED)
    )
    return tuple(row[0] for row in await cursor.fetchall())


def _interviews(day: date) -> sql.Composed:
    """`landed(id)` of one day's partition: a loose index scan, as `LANDED_INTERVIEWS`."""
    return sql.SQL(
        "with recursive landed(id) as ("
        " (select interview_id from {0} where interview_id is not null"
        "   order by interview_id limit 1)"
        " union all select (select r.interview_id from {0} r"
        "   where r.interview_id > landed.id order by r.interview_id limit 1)"
        "  from landed where landed.id is not null)"
    ).format(sql.Identifier(name(day)))
