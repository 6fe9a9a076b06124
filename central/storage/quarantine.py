"""Records that could not be believed: kept as they came, never interpreted."""

from __future__ import annotations

from collections.abc import Sequence

from central.gateway.wire import reason_name
from central.interview.facts import RefusedRecord
from central.storage.pool import Connection
from central.storage.rooms import Spool

_MAX_INT4 = 2**31 - 1
_MAX_INT8 = 2**63 - 1


async def insert(conn: Connection, refused: Sequence[tuple[Spool, RefusedRecord]]) -> None:
    """Keeps the records; what they claim is cut to what a column can hold."""
    if not refused:
        return
    async with conn.cursor() as cursor:
        await cursor.executemany(
            "insert into quarantine"
            " (room_id, spool_id, seq, interview_ref, kind, reason, detail, payload)"
            " values (%s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (
                    spool.room_id,
                    spool.spool_id,
                    min(record.seq, _MAX_INT8),
                    record.interview_ref,
                    min(record.kind, _MAX_INT4),
                    reason_name(record.reason),
                    record.detail.replace("\0", "")[:1000],
                    record.payload,
                )
                for spool, record in refused
            ],
        )
