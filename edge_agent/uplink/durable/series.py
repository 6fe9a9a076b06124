"""One series of records on disk: its segments, what is held of it, and how a new one is made."""

from __future__ import annotations

import uuid
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field

from edge_agent.uplink import wire
from edge_agent.uplink.durable import places, segment
from edge_agent.uplink.durable.files import Files
from edge_agent.uplink.durable.held import Held
from edge_agent.uplink.durable.segment import Head
from edge_agent.uplink.durable.spares import Spares
from edge_agent.uplink.journal import StoredRecord


@dataclass(slots=True)
class Segment:
    """One file: where each record ends (a group mark may stand before it), 4 bytes a record."""

    path: str
    first_seq: int
    ends: array[int] = field(default_factory=lambda: array("I", (segment.HEADER_BYTES,)))
    """The first is the header's."""

    @classmethod
    def of(cls, path: str, first_seq: int, ends: list[int]) -> Segment:
        return cls(path, first_seq, array("I", (segment.HEADER_BYTES, *ends)))

    @property
    def next_seq(self) -> int:
        return self.first_seq + len(self.ends) - 1


@dataclass(slots=True)
class Found:
    """A series, whole and durable."""

    number: int
    spool_id: str
    folder: str
    segments: list[Segment]
    held: Held
    steps: list[StoredRecord]
    """Records that tell how far interviews went."""
    spares: Spares

    def hold(self, head: Head, data: bytes) -> None:
        """Remember a record without its payload."""
        self.held.append(head.payload_bytes, head.crc32c)
        if head.kind in wire.STEPS:
            self.steps.append(segment.record(data, head))
        elif head.kind == wire.GAP and wire.fills_its_place(segment.record(data, head)):
            self.held.forget_crc(head.seq)


def create(
    files: Files, root: str, number: int, segment_bytes: int, records: Iterator[StoredRecord]
) -> Found:
    """A new series with these records, numbered from 1; it has a name once it is whole."""
    spool_id = str(uuid.uuid4())
    folder = f"{root}/{places.series_name(number, spool_id)}"
    unfinished = folder + places.UNFINISHED
    files.make_dir(unfinished)
    found = Found(number, spool_id, folder, [], Held(1), [], Spares(files, folder, segment_bytes))
    for first_seq, parts in _filled(records, segment_bytes, found):
        name = places.segment_name(first_seq)
        made = write(files, f"{unfinished}/{name}", found, first_seq, iter(parts))
        made.path = f"{folder}/{name}"
        found.segments.append(made)
    files.sync_dir(unfinished)
    files.rename(unfinished, folder)
    files.sync_dir(root)
    return found


def write(
    files: Files, path: str, found: Found, first_seq: int, records: Iterator[bytes]
) -> Segment:
    """A file with these records as one group, synced; its name is not."""
    made = Segment(path, first_seq)
    parts = list(records)
    start = segment.header(found.spool_id, first_seq)
    start += segment.group(first_seq, len(parts)) if parts else b""
    end = len(start)
    for part in parts:
        end += len(part)
        made.ends.append(end)
    files.append(path, segment.filled_up(b"".join((start, *parts)), found.spares.size))
    files.sync(path)
    return made


def _filled(
    records: Iterator[StoredRecord], segment_bytes: int, found: Found
) -> Iterator[tuple[int, list[bytes]]]:
    """(first sequence, records) of each segment; one at least."""
    first_seq, parts, size = 1, list[bytes](), 0
    for one in records:
        part = segment.encoded(one)
        found.held.append(len(one.payload), one.crc32c)
        if parts and size + len(part) > segment_bytes:
            yield first_seq, parts
            first_seq, parts, size = one.seq, [], 0
        parts.append(part)
        size += len(part)
    yield first_seq, parts
