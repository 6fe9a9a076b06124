"""Rooms' records land: the watermark's compare-and-set, then COPY.

The compare-and-set is deduplication, contiguity and the fence against a half-open old stream: rows of
a spool whose watermark does not move are not stored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import psycopg
from psycopg.types.json import Jsonb

from central.interview.facts import Record, RefusedRecord, ScoreWindow, SurveyAnswered
from central.storage.pool import Connection
from central.storage.rooms import Spool

MAX_SEQ: Final = 2**63 - 1


@dataclass(slots=True)
class Segment:
    """Contiguous records [first, last] of one spool; each is in `records` or in `refused`. `crc` is
    that of the last.
    """

    spool: Spool
    first: int
    last: int
    crc: int
    records: list[Record] = field(default_factory=list)
    refused: list[RefusedRecord] = field(default_factory=list)


async def advance(conn: Connection, segments: Sequence[Segment]) -> set[int]:
    """Moves the watermarks from `first - 1` to `last`; ids of those that moved. At most one segment
    for each spool.
    """
    cursor = await conn.execute(
        "update ingest_watermark w set seq = n.last, crc = n.crc, updated_at = now()"
        " from unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[], %s::bigint[])"
        "  as n(id, agent_id, first, last, crc)"
        " where w.id = n.id and w.agent_id = n.agent_id and w.seq = n.first - 1 returning w.id",
        (
            [one.spool.watermark_id for one in segments],
            [one.spool.agent_id for one in segments],
            [one.first for one in segments],
            [one.last for one in segments],
            [one.crc for one in segments],
        ),
    )
    return {row[0] for row in await cursor.fetchall()}


async def copy_records(conn: Connection, rows: Iterable[tuple[Spool, Record]]) -> None:
    """Stores the records as they came, but for answers of the survey: those are counted in the same
    transaction, and a row with room and time would say whose they are. That nothing is counted twice
    rests on the watermark, not on the rows.
    """
    async with (
        conn.cursor() as cursor,
        cursor.copy(
            "copy records (watermark_id, seq, interview_id, kind, wall_ns, mono_ns, payload)"
            " from stdin (format binary)"
        ) as copy,
    ):
        copy.set_types(["int8", "int8", "int8", "int2", "int8", "int8", "bytea"])
        for spool, one in rows:
            if isinstance(one.fact, SurveyAnswered):
                continue
            await copy.write_row(
                (
                    spool.watermark_id,
                    one.seq,
                    one.interview_id,
                    one.kind,
                    one.wall_ns,
                    one.mono_ns,
                    one.payload,
                )
            )


async def copy_score_windows(conn: Connection, records: Iterable[Record]) -> None:
    """Stores the score windows of interviews where dashboards and reports read them."""
    windows = [
        (one, one.fact)
        for one in records
        if isinstance(one.fact, ScoreWindow) and one.interview_id is not None
    ]
    if not windows:
        return
    async with (
        conn.cursor() as cursor,
        cursor.copy(
            "copy score_windows (interview_id, turn_key, start_mono_ns, wall_ns, length_ms,"
            " frames_captured, frames_analysed, measures, variant) from stdin (format binary)"
        ) as copy,
    ):
        copy.set_types(["int8", "text", "int8", "int8", "int4", "int4", "int4", "jsonb", "text"])
        for record, window in windows:
            await copy.write_row(
                (
                    record.interview_id,
                    window.turn_key,
                    window.start_mono_ns,
                    record.wall_ns,
                    window.length_ms,
                    window.frames_captured,
                    window.frames_analysed,
                    Jsonb(window.measures),
                    window.variant,
                )
            )


def is_the_records_fault(error: Exception) -> bool:
    """Whether a record can never be stored, rather than the database being unable right now. A
    missing partition is the steward's business, not the room's.
    """
    if isinstance(error, psycopg.errors.CheckViolation):
        return error.diag.constraint_name is not None
    return isinstance(error, (psycopg.DataError, psycopg.IntegrityError, ValueError, OverflowError))
