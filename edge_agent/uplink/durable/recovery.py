"""What a start finds on disk, made whole: the newest series, without holes in its numbers.

The last segment is always copied into a new file that takes its name: a torn tail is not copied, and
what an earlier process could write but not sync is on disk before it counts (after a failed sync, a
second one may succeed without having written anything). A segment with a damaged middle is put aside
as `.damaged`; what has a valid crc stays, and for each number that is missing there is a `Gap`.
"""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field

import google_crc32c
import structlog

from edge_agent.flow import Gap
from edge_agent.uplink import wire
from edge_agent.uplink.durable import places, segment
from edge_agent.uplink.durable.files import Files
from edge_agent.uplink.journal import StoredRecord

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Segment:
    """One file: where each record begins; the last offset is the file's end."""

    path: str
    first_seq: int
    offsets: list[int] = field(default_factory=lambda: [segment.HEADER_BYTES])

    @property
    def next_seq(self) -> int:
        return self.first_seq + len(self.offsets) - 1


@dataclass(slots=True)
class Found:
    """A series, whole and durable."""

    number: int
    spool_id: str
    folder: str
    segments: list[Segment]
    records: list[StoredRecord]


def recover(files: Files, root: str) -> Found:
    """The newest series under `root`, or a new one. Raises `OSError`."""
    files.make_dir(root)
    names = files.list(root)
    for name in names:
        if name.endswith(places.UNFINISHED):
            files.remove(f"{root}/{name}")
    series = places.series_of(names)
    if not series:
        return create(files, root, 1, [])
    files.sync_dir(root)
    for number, spool_id in series[:-1]:
        # A newer series got its name after it held everything of this one.
        files.remove(f"{root}/{places.series_name(number, spool_id)}")
    return _open(files, root, *series[-1])


def create(files: Files, root: str, number: int, records: list[StoredRecord]) -> Found:
    """A new series with these records, numbered from their first; it has a name once it is whole."""
    spool_id = str(uuid.uuid4())
    folder = f"{root}/{places.series_name(number, spool_id)}"
    unfinished = folder + places.UNFINISHED
    files.make_dir(unfinished)
    first_seq = records[0].seq if records else 1
    made = write(
        files, f"{unfinished}/{places.segment_name(first_seq)}", spool_id, first_seq, records
    )
    files.sync_dir(unfinished)
    files.rename(unfinished, folder)
    files.sync_dir(root)
    made.path = f"{folder}/{places.segment_name(first_seq)}"
    return Found(number, spool_id, folder, [made], records)


def write(
    files: Files, path: str, spool_id: str, first_seq: int, records: list[StoredRecord]
) -> Segment:
    """A file with these records, synced; its name is not."""
    made = Segment(path, first_seq)
    parts = [segment.header(spool_id, first_seq)]
    for record in records:
        parts.append(segment.encode(record))
        made.offsets.append(made.offsets[-1] + len(parts[-1]))
    files.append(path, b"".join(parts))
    files.sync(path)
    return made


def _open(files: Files, root: str, number: int, spool_id: str) -> Found:
    folder = f"{root}/{places.series_name(number, spool_id)}"
    names = files.list(folder)
    for name in names:
        if name.endswith(places.UNFINISHED):
            files.remove(f"{folder}/{name}")
    firsts = places.segments_of(names)
    if not firsts:
        log.error("the spool lost all its segments; a new series of records begins")
        return create(files, root, number + 1, [])
    found = Found(number, spool_id, folder, [], [])
    for index, first in enumerate(firsts):
        following = firsts[index + 1] if index + 1 < len(firsts) else None
        _take(files, found, first, following)
    return found


def _take(files: Files, found: Found, first: int, following: int | None) -> None:
    """One segment; a hole before it was filled by the one before (`following`)."""
    path = f"{found.folder}/{places.segment_name(first)}"
    data = files.read(path)
    whole = segment.header_is_whole(data, found.spool_id, first)
    placed = [
        one
        for one in segment.records(data, segment.HEADER_BYTES if whole else 0)
        if first <= one.record.seq and (following is None or one.record.seq < following)
    ]
    records = _without_holes([one.record for one in placed], first, following)
    missing = len(records) - len(placed)
    last = following is None
    if not (last or missing or not whole):
        offsets = [segment.HEADER_BYTES, *(one.end for one in placed)]
        found.segments.append(Segment(path, first, offsets))
        found.records += records
        return
    if missing or (not whole and placed):
        _put_aside(files, path, data)
        log.error("the spool is damaged", segment=path, records_missing=missing)
    elif placed and placed[-1].end < len(data):
        log.warning("a torn record at the end of the spool is left out", segment=path)
    new = path + places.UNFINISHED
    made = write(files, new, found.spool_id, first, records)
    files.rename(new, path)
    files.sync_dir(found.folder)
    made.path = path
    found.segments.append(made)
    found.records += records


def _put_aside(files: Files, path: str, data: bytes) -> None:
    aside = path.removesuffix(".seg") + places.DAMAGED
    if not any(aside.endswith(name) for name in files.list(aside.rpartition("/")[0])):
        files.append(aside, data)
        files.sync(aside)


def _without_holes(
    records: list[StoredRecord], first: int, following: int | None
) -> list[StoredRecord]:
    """Each number from `first` to the last one exactly once."""
    kept = {one.seq: one for one in reversed(records)}
    end = following if following is not None else max(kept, default=first - 1) + 1
    return [kept[seq] if seq in kept else _gap(seq) for seq in range(first, end)]


def _gap(seq: int) -> StoredRecord:
    """A record in place of one that is lost: central takes numbers without holes only."""
    kind, payload = wire.encode(Gap(seq, seq, "the disk of the room lost this record"))
    return StoredRecord(
        seq=seq,
        wall_ns=time.time_ns(),
        mono_ns=time.monotonic_ns(),
        interview_id="",
        kind=kind,
        crc32c=int(google_crc32c.value(payload)),
        payload=payload,
    )
