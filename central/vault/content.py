"""What a sealed file of records says: every record of an interview, in order, with an index.

The plain text (all numbers big-endian; container.py says how it is encrypted):

    about    4  its length; then JSON: this layout's version, the interview, the protocol's package,
                the spools by the number that the records have for them, when it was sealed
    schema   4  its length; then a google.protobuf.FileDescriptorSet of that package: with it the
                payloads can be read by anybody who has protobuf, in whatever year
    records     in order of (spool, seq), each: 8 spool, 8 seq, 2 kind (daedam.v1.RecordKind),
                8 wall_ns, 8 mono_ns, 4 length of the payload; then the payload as the room sent it
    index       in the same order, one entry each 64 KiB of records: 8 spool, 8 seq, 8 where that
                record begins
    footer   8  where the records begin; 8 where the index begins; 8 how many records;
            32  SHA-256 of all records as they stand here; 8 magic "RECORDS1"

The sound of an utterance is the records of a range of seq: one look into the index, then the few
chunks that they lie in.
"""

from __future__ import annotations

import hashlib
import json
import struct
from bisect import bisect_right
from collections.abc import AsyncGenerator, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from central.errors import VaultError
from central.storage.sealing import LandedRecord, Span
from central.vault.sealed import SealedFile

LAYOUT: Final = 1
INDEX_EVERY: Final = 65_536
_MAGIC: Final = b"RECORDS1"
_LENGTH: Final = struct.Struct(">I")
_RECORD: Final = struct.Struct(">QQhqqI")
_ENTRY: Final = struct.Struct(">QQQ")
_FOOTER: Final = struct.Struct(">QQQ32s8s")


@dataclass(frozen=True, slots=True)
class Summary:
    """What a file of records holds. `sha256` is over the records as they stand in it."""

    records: int
    sha256: bytes
    spans: tuple[Span, ...]


@dataclass(slots=True)
class Tally:
    """Counts and hashes records in their order."""

    records: int = 0
    _hash: Any = field(default_factory=hashlib.sha256)
    _spans: dict[int, Span] = field(default_factory=dict)

    def add(self, record: LandedRecord) -> bytes:
        """Takes in the next record; how it stands in a file."""
        framed = (
            _RECORD.pack(
                record.watermark_id,
                record.seq,
                record.kind,
                record.wall_ns,
                record.mono_ns,
                len(record.payload),
            )
            + record.payload
        )
        self._hash.update(framed)
        self.records += 1
        spool, seq = record.watermark_id, record.seq
        before = self._spans.get(spool) or Span(spool, seq, seq)
        self._spans[spool] = Span(spool, before.first_seq, seq, before.records + 1)
        return framed

    def summary(self) -> Summary:
        """What was taken in so far."""
        return Summary(self.records, self._hash.digest(), tuple(self._spans.values()))


class Writer:
    """Makes the plain text: `begin`, `add` for each batch in order, `finish`; then `tally` knows."""

    def __init__(self, about: dict[str, Any], schema: bytes) -> None:
        told = json.dumps({"layout": LAYOUT, **about}, ensure_ascii=False).encode()
        self._head = _LENGTH.pack(len(told)) + told + _LENGTH.pack(len(schema)) + schema
        self._at = len(self._head)
        self._next_entry = self._at
        self._index = bytearray()
        self.tally = Tally()

    def begin(self) -> bytes:
        """What stands before the records."""
        return self._head

    def add(self, records: Iterable[LandedRecord]) -> bytes:
        """The next records, in order of (spool, seq)."""
        framed = bytearray()
        for record in records:
            if self._at + len(framed) >= self._next_entry:
                at = self._at + len(framed)
                self._index += _ENTRY.pack(record.watermark_id, record.seq, at)
                self._next_entry = at + INDEX_EVERY
            framed += self.tally.add(record)
        self._at += len(framed)
        return bytes(framed)

    def finish(self) -> bytes:
        """The index and the footer."""
        done = self.tally.summary()
        footer = _FOOTER.pack(len(self._head), self._at, done.records, done.sha256, _MAGIC)
        return bytes(self._index) + footer


@dataclass(frozen=True, slots=True)
class RecordsFile:
    """An open file of records."""

    records: int
    sha256: bytes
    _file: SealedFile
    _begin: int
    _end: int
    _index: tuple[tuple[int, int, int], ...]

    @classmethod
    async def open(cls, file: SealedFile) -> RecordsFile:
        """Read the footer and the index. Raises `VaultError` where it holds no records."""
        footer_at = file.plain_bytes - _FOOTER.size
        if footer_at < 0:
            raise _unreadable(file)
        footer = await _whole(file, footer_at, file.plain_bytes)
        begin, index_at, records, sha256, magic = _FOOTER.unpack(footer)
        if magic != _MAGIC or not begin <= index_at <= footer_at:
            raise _unreadable(file)
        index = tuple(_ENTRY.iter_unpack(await _whole(file, index_at, footer_at)))
        return cls(records, sha256, file, begin, index_at, index)

    @property
    def name(self) -> str:
        """Its name in the media store."""
        return self._file.header.name

    async def about(self) -> dict[str, Any]:
        """What the file says of itself."""
        (length,) = _LENGTH.unpack(await _whole(self._file, 0, _LENGTH.size))
        told = await _whole(self._file, _LENGTH.size, _LENGTH.size + length)
        found: dict[str, Any] = json.loads(told)
        return found

    def all(self) -> AsyncGenerator[LandedRecord, None]:
        """Every record, in order."""
        return self._from(self._begin)

    async def between(
        self, watermark_id: int, first_seq: int, last_seq: int
    ) -> AsyncGenerator[LandedRecord, None]:
        """The records of a spool from `first_seq` to `last_seq`, decrypting no more than they need."""
        place = bisect_right(self._index, (watermark_id, first_seq, self._end)) - 1
        begin = self._index[place][2] if place >= 0 else self._begin
        wanted, end = (watermark_id, first_seq), (watermark_id, last_seq)
        async for record in self._from(begin):
            here = (record.watermark_id, record.seq)
            if here > end:
                return
            if here >= wanted:
                yield record

    async def _from(self, at: int) -> AsyncGenerator[LandedRecord, None]:
        waiting = bytearray()
        async for piece in self._file.read(at, self._end):
            waiting += piece
            used = 0
            while (taken := _parsed(waiting, used)) is not None:
                record, used = taken
                yield record
            del waiting[:used]
        if waiting:
            raise _unreadable(self._file)


def _parsed(data: bytearray, at: int) -> tuple[LandedRecord, int] | None:
    """The record at `at`, and where the next one begins; None while it is not whole."""
    body = at + _RECORD.size
    if len(data) < body:
        return None
    watermark_id, seq, kind, wall_ns, mono_ns, length = _RECORD.unpack_from(data, at)
    end = body + length
    if len(data) < end:
        return None
    payload = bytes(data[body:end])
    return LandedRecord(watermark_id, seq, kind, wall_ns, mono_ns, payload), end


async def _whole(file: SealedFile, start: int, end: int) -> bytes:
    return b"".join([piece async for piece in file.read(start, end)])


def _unreadable(file: SealedFile) -> VaultError:
    return VaultError(file.header.name, "holds no records of this layout; is it a document?")
