"""One transaction for whatever waits: watermarks, records, projections, jobs, quarantine."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import structlog

from central.gateway.wire import NOT_ASSIGNED, REFUSED
from central.interview.facts import Record, RefusedRecord
from central.storage import alarms, emotions, ingest, projection, quarantine, rooms
from central.storage.ingest import Segment, is_the_records_fault
from central.storage.pool import Connection, Pool
from central.storage.projection import Effects
from central.storage.rooms import Spool

RECORD_QUARANTINED = "record_quarantined"
"""The alarm's kind; over once a person has reviewed all of the room's."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Committed:
    """What became of one segment. `stale`: its spool's watermark stood elsewhere, nothing of it was
    stored, and its stream is to be closed.
    """

    segment: Segment
    stale: bool
    refused: tuple[RefusedRecord, ...] = ()


@dataclass(slots=True)
class GroupResult:
    """What became of a group, and what to tell others now that it is committed."""

    committed: list[Committed] = field(default_factory=list)
    effects: Effects = field(default_factory=Effects)

    def add(self, other: GroupResult) -> None:
        """Takes in what another transaction did."""
        self.committed += other.committed
        self.effects.events += other.effects.events
        self.effects.bells |= other.effects.bells


async def commit_group(pool: Pool, segments: Sequence[Segment]) -> GroupResult:
    """Commits the segments together; where a record makes that impossible, room by room, so that
    it hits one room, and there record by record, so that it goes to quarantine alone.

    Raises whatever PostgreSQL raises where it is unable right now: then nothing is committed.
    """
    try:
        async with pool.connection() as conn:
            return await _commit(conn, segments, {})
    except Exception as error:
        if not is_the_records_fault(error):
            raise
        _log.warning("a record cannot be stored; looking for it", error=str(error))
    result = GroupResult()
    for segment in segments:
        result.add(await _commit_alone(pool, segment))
    return result


async def _commit_alone(pool: Pool, segment: Segment) -> GroupResult:
    try:
        async with pool.connection() as conn:
            return await _commit(conn, [segment], {})
    except Exception as error:
        if not is_the_records_fault(error):
            raise
    async with pool.connection() as conn:
        culprits = await _culprits(conn, segment)
        return await _commit(conn, [segment], culprits)


async def _culprits(conn: Connection, segment: Segment) -> dict[int, RefusedRecord]:
    """Which records cannot be stored, found by storing each alone inside a savepoint that is then
    rolled back.
    """
    culprits: dict[int, RefusedRecord] = {}
    owned = await _assigned(conn, segment.spool, segment.records)
    for record in segment.records:
        if record.interview_id is not None and record.interview_id not in owned:
            continue
        try:
            async with conn.transaction(force_rollback=True):
                await _store(conn, [(segment.spool, record)])
        except Exception as error:
            if not is_the_records_fault(error):
                raise
            culprits[record.seq] = _refuse(record, REFUSED, str(error).splitlines()[0])
    return culprits


async def _commit(
    conn: Connection, segments: Sequence[Segment], culprits: dict[int, RefusedRecord]
) -> GroupResult:
    moved = await ingest.advance(conn, segments)
    result = GroupResult()
    kept: list[tuple[Spool, Record]] = []
    refused: list[tuple[Spool, RefusedRecord]] = []
    named = {one.interview_id for segment in segments for one in segment.records}
    assigned = await rooms.assignments(conn, [one for one in named if one is not None])
    for segment in segments:
        if segment.spool.watermark_id not in moved:
            result.committed.append(Committed(segment, stale=True))
            continue
        rejected = list(segment.refused)
        for record in segment.records:
            refusal = culprits.get(record.seq) or _not_assigned(segment.spool, record, assigned)
            if refusal is None:
                kept.append((segment.spool, record))
            else:
                rejected.append(refusal)
        refused += [(segment.spool, one) for one in rejected]
        result.committed.append(Committed(segment, stale=False, refused=tuple(rejected)))
    result.effects = await _store(conn, kept)
    await quarantine.insert(conn, refused)
    await _raise_alarms(conn, refused)
    return result


async def _raise_alarms(conn: Connection, refused: Sequence[tuple[Spool, RefusedRecord]]) -> None:
    """One a room, in the order of rooms: two gateways must not wait for each other."""
    newest = {spool.room_id: (spool, record) for spool, record in refused}
    for room_id, (spool, record) in sorted(newest.items()):
        detail = {"spool_id": spool.spool_id, "seq": record.seq, "why": record.detail[:200]}
        await alarms.raise_alarm(conn, room_id, RECORD_QUARANTINED, detail)


async def _store(conn: Connection, rows: Sequence[tuple[Spool, Record]]) -> Effects:
    if not rows:
        return Effects()
    await ingest.copy_records(conn, rows)
    await ingest.copy_score_windows(conn, (record for _, record in rows))
    effects = await projection.apply(conn, rows, time.time_ns())
    await emotions.keep(conn, (record for _, record in rows))  # after the consents among them
    return effects


async def _assigned(conn: Connection, spool: Spool, records: Sequence[Record]) -> set[int]:
    named = {one.interview_id for one in records if one.interview_id is not None}
    rooms_of = await rooms.assignments(conn, named)
    return {interview for interview, room in rooms_of.items() if room == spool.room_id}


def _not_assigned(
    spool: Spool, record: Record, assigned: dict[int, int | None]
) -> RefusedRecord | None:
    if record.interview_id is None or assigned.get(record.interview_id) == spool.room_id:
        return None
    detail = f"interview {record.interview_id} is not assigned to room {spool.room_code}"
    return _refuse(record, NOT_ASSIGNED, detail)


def _refuse(record: Record, reason: int, detail: str) -> RefusedRecord:
    return RefusedRecord(
        seq=record.seq,
        interview_ref="" if record.interview_id is None else str(record.interview_id),
        kind=record.kind,
        reason=reason,
        detail=detail,
        payload=record.payload,
        crc=record.crc,
    )
