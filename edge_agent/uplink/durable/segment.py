"""Bytes of a segment: one header, then records. Pure functions.

Header: magic, version, spool id, first sequence, crc32c. Record: mark, length, crc32c, sequence, wall
and monotonic time, kind, interview id, payload; little endian. The crc covers all that follows it and
the length, so that a record is known to be whole without its neighbours; the mark is what salvage
looks for behind damage.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import google_crc32c

from edge_agent.uplink.journal import StoredRecord

MAGIC = b"DAEDAMSP"
VERSION = 1
MARK = b"\xd5rec"
MAX_RECORD_BYTES = 8 * 1024 * 1024

_HEADER = struct.Struct("<8sH16sQ")
_CRC = struct.Struct("<I")
_FRAME = struct.Struct("<4sII")
_FIELDS = struct.Struct("<QqqHH")

HEADER_BYTES = _HEADER.size + _CRC.size


@dataclass(frozen=True, slots=True)
class Placed:
    """A whole record and the bytes it takes in its segment."""

    offset: int
    end: int
    record: StoredRecord


def header(spool_id: str, first_seq: int) -> bytes:
    """The first bytes of a segment."""
    plain = _HEADER.pack(MAGIC, VERSION, uuid.UUID(spool_id).bytes, first_seq)
    return plain + _CRC.pack(google_crc32c.value(plain))


def header_is_whole(data: bytes, spool_id: str, first_seq: int) -> bool:
    """Whether `data` begins as this segment has to."""
    return data.startswith(header(spool_id, first_seq))


def encode(record: StoredRecord) -> bytes:
    """One record as it lies in a segment."""
    interview = record.interview_id.encode()
    fields = _FIELDS.pack(record.seq, record.wall_ns, record.mono_ns, record.kind, len(interview))
    body = fields + interview + record.payload
    return _FRAME.pack(MARK, len(body), _crc(body)) + body


def records(data: bytes, offset: int = 0) -> Iterator[Placed]:
    """Every whole record from `offset` on; what is damaged is passed over."""
    while offset >= 0:
        placed = _at(data, offset)
        if placed is not None:
            yield placed
            offset = placed.end
        else:
            offset = data.find(MARK, offset + 1)


def _at(data: bytes, offset: int) -> Placed | None:
    start = offset + _FRAME.size
    if start + _FIELDS.size > len(data):
        return None
    mark, length, crc = _FRAME.unpack_from(data, offset)
    end = start + length
    if mark != MARK or not _FIELDS.size <= length <= MAX_RECORD_BYTES or end > len(data):
        return None
    body = data[start:end]
    if _crc(body) != crc:
        return None
    seq, wall_ns, mono_ns, kind, interview_bytes = _FIELDS.unpack_from(body)
    payload_from = _FIELDS.size + interview_bytes
    payload = body[payload_from:]
    record = StoredRecord(
        seq=seq,
        wall_ns=wall_ns,
        mono_ns=mono_ns,
        interview_id=body[_FIELDS.size : payload_from].decode(),
        kind=kind,
        crc32c=int(google_crc32c.value(payload)),
        payload=payload,
    )
    return Placed(offset, end, record)


def _crc(body: bytes) -> int:
    return int(google_crc32c.value(_CRC.pack(len(body)) + body))
