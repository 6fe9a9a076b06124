"""Bytes of a segment: one header, then groups, each a group mark and its records. Pure functions.

Header: magic, version, spool id, first sequence, crc32c. Group mark: first sequence and number of the
records that were written, and synced, as one; crc32c. Record: length, sequence, wall and monotonic
time, kind, crc32c of the body, crc32c of these fields; then the body: payload, interview id, `STOP`.
Little endian throughout.

Each piece is known to be whole without its neighbours, and its length even where its body is damaged.
A group mark that is whole says that all before it was synced: what is broken there is damage, and no
write that was never finished. `torn` tells the rest apart.
"""

from __future__ import annotations

import struct
import uuid
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

import google_crc32c

from edge_agent.uplink.journal import StoredRecord

MAGIC = b"DAEDAMSP"
VERSION = 2
FIRST = b"\xd5"
"""Every mark begins with this byte: what salvage looks for behind damage."""
RECORD = b"\xd5rec"
GROUP = b"\xd5grp"
STOP = b"\xe7"
"""The last byte of each record is not zero, so that a missing end shows."""

_HEADER = struct.Struct("<8sH16sQ")
_CRC = struct.Struct("<I")
_GROUP = struct.Struct("<4sQI")
_RECORD = struct.Struct("<4sIQqqHHI")

HEADER_BYTES = _HEADER.size + _CRC.size
GROUP_BYTES = _GROUP.size + _CRC.size
RECORD_BYTES = _RECORD.size + _CRC.size
"""What a record takes beside its payload and interview id and `STOP`."""

_value, _extend = google_crc32c.value, google_crc32c.extend
_pack, _pack_crc = _RECORD.pack, _CRC.pack
_unpack = _RECORD.unpack_from


class Head(NamedTuple):
    """A record that is whole, and where it lies; `crc32c` is the payload's."""

    offset: int
    end: int
    seq: int
    wall_ns: int
    mono_ns: int
    kind: int
    interview_bytes: int
    crc32c: int

    @property
    def payload_bytes(self) -> int:
        return self.end - self.offset - RECORD_BYTES - self.interview_bytes - len(STOP)


class Group(NamedTuple):
    """A group mark that is whole."""

    offset: int
    end: int
    first_seq: int
    records: int


Frame: TypeAlias = Head | Group


def header(spool_id: str, first_seq: int, version: int = VERSION) -> bytes:
    """The first bytes of a segment."""
    plain = _HEADER.pack(MAGIC, version, uuid.UUID(spool_id).bytes, first_seq)
    return plain + _pack_crc(_value(plain))


def filled_up(data: bytes, segment_bytes: int) -> bytes:
    """A segment has its full size from the start: what is written over zeros that the disk has already
    changes nothing else, so that a sync need not wait for the file system's own journal.
    """
    return data.ljust(segment_bytes, b"\0")


def header_is_whole(data: bytes, spool_id: str, first_seq: int) -> bool:
    """Whether `data` begins as this segment has to."""
    return data.startswith(header(spool_id, first_seq))


def other_version(data: bytes) -> int | None:
    """The version of a whole header that this agent does not read; None for any other."""
    plain = data[: _HEADER.size]
    if len(data) < HEADER_BYTES or data[_HEADER.size : HEADER_BYTES] != _pack_crc(_value(plain)):
        return None
    magic, version, _, _ = _HEADER.unpack(plain)
    return int(version) if magic == MAGIC and version != VERSION else None


def group(first_seq: int, count: int) -> bytes:
    """What stands before the records of one group."""
    plain = _GROUP.pack(GROUP, first_seq, count)
    return plain + _pack_crc(_value(plain))


def encode(  # noqa: PLR0917 (once for every record: names would cost a tenth of it)
    seq: int, wall_ns: int, mono_ns: int, kind: int, payload: bytes, crc: int, tail: bytes
) -> bytes:
    """One record as it lies in a segment. `crc` is the payload's, `tail` what `tail_of` made of the
    interview's id.
    """
    size = len(payload) + len(tail)
    body = _extend(crc, tail)
    plain = _pack(RECORD, size, seq, wall_ns, mono_ns, kind, len(tail) - 1, body)
    return plain + _pack_crc(_value(plain)) + payload + tail


def tail_of(interview_id: str) -> bytes:
    """What a record's body has behind its payload."""
    return interview_id.encode() + STOP


def encoded(one: StoredRecord) -> bytes:
    """A stored record, as it lies in a segment."""
    tail = tail_of(one.interview_id)
    return encode(one.seq, one.wall_ns, one.mono_ns, one.kind, one.payload, one.crc32c, tail)


def frames(data: bytes, offset: int = 0) -> Iterator[Frame]:
    """Every whole record and group mark from `offset` on; what is damaged is passed over."""
    while 0 <= offset < len(data):
        mark = data[offset : offset + 4]
        if mark == RECORD and (end := record_end(data, offset)):
            head = _head(data, offset, end)
            if head is not None:
                yield head
            offset = end  # also where the body is damaged: the length is known to be right
        elif mark == GROUP and (found := _group_at(data, offset)):
            yield found
            offset = found.end
        else:
            offset = data.find(FIRST, offset + 1)


def records(data: bytes, offset: int = 0) -> Iterator[StoredRecord]:
    """Every whole record from `offset` on."""
    return (record(data, one) for one in frames(data, offset) if isinstance(one, Head))


def record(data: bytes, head: Head) -> StoredRecord:
    """The record that `frames` found in the same bytes."""
    start = head.offset + RECORD_BYTES
    middle = start + head.payload_bytes
    interview = data[middle : middle + head.interview_bytes]
    return StoredRecord(
        seq=head.seq,
        wall_ns=head.wall_ns,
        mono_ns=head.mono_ns,
        interview_id=interview.decode(),
        kind=head.kind,
        crc32c=head.crc32c,
        payload=data[start:middle],
    )


def record_end(data: bytes, offset: int) -> int | None:
    """Where the record at `offset` ends, perhaps behind the end of `data`; None where its fields are
    not whole.
    """
    start = offset + RECORD_BYTES
    if start > len(data):
        return None
    plain = data[offset : start - _CRC.size]
    if data[start - _CRC.size : start] != _pack_crc(_value(plain)):
        return None
    mark, size, *_ = _unpack(plain)
    return start + int(size) if mark == RECORD else None


def _head(data: bytes, offset: int, end: int) -> Head | None:
    _, _, seq, wall_ns, mono_ns, kind, interview_bytes, body = _unpack(data, offset)
    middle = end - len(STOP) - interview_bytes
    crc = _value(data[offset + RECORD_BYTES : middle])
    if end > len(data) or _extend(crc, data[middle:end]) != body:
        return None
    return Head(offset, end, seq, wall_ns, mono_ns, kind, interview_bytes, crc)


def _group_at(data: bytes, offset: int) -> Group | None:
    end = offset + GROUP_BYTES
    plain = data[offset : offset + _GROUP.size]
    if end > len(data) or data[offset + _GROUP.size : end] != _pack_crc(_value(plain)):
        return None
    _, first_seq, count = _GROUP.unpack(plain)
    return Group(offset, end, first_seq, count)
