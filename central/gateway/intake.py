"""A batch as a segment of its series: what is known already is left out, what cannot be believed is put
aside, and a hole ends the stream.
"""

from __future__ import annotations

import asyncio
from typing import Final

import grpc

from central.errors import RecordError
from central.gateway import wire
from central.gateway.services import SessionEnd
from central.storage.ingest import MAX_SEQ, Segment
from central.storage.rooms import Spool
from daedam.v1 import room_pb2

MAX_RECORDS: Final = 4_096
"""The smallest records that an agent writes make a batch of 256 KiB with fewer."""
TURN_RECORDS: Final = 256
"""After so many it is other rooms' turn: reading a batch may take tens of milliseconds."""


async def read_batch(batch: room_pb2.Batch, spool: Spool, next_seq: int) -> Segment | None:
    """The records from `next_seq` on; None where all of them are known already.

    Raises `SessionEnd` for a batch that is too large, or whose numbers have a hole.
    """
    if len(batch.records) > MAX_RECORDS:
        raise SessionEnd(
            grpc.StatusCode.INVALID_ARGUMENT, f"a batch holds at most {MAX_RECORDS} records"
        )
    records = [record for record in batch.records if record.seq >= next_seq]
    if not records:
        return None
    for expected, record in enumerate(records, next_seq):
        if record.seq != expected or expected > MAX_SEQ:
            raise SessionEnd(
                grpc.StatusCode.FAILED_PRECONDITION,
                f"record {expected} is missing: {record.seq} came instead",
            )
    segment = Segment(spool, records[0].seq, records[-1].seq, records[-1].crc32c)
    for count, record in enumerate(records, 1):
        if count % TURN_RECORDS == 0:
            await asyncio.sleep(0)
        try:
            segment.records.append(wire.read_record(record))
        except RecordError as error:
            segment.refused.append(wire.refused(record, error))
    return segment
