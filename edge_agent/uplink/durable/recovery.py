"""What a start finds on disk, made whole: the newest series, without holes in its numbers.

The last segment is always copied into a new file that takes its name: a torn tail is not copied, and
what an earlier process could write but not sync is on disk before it counts (after a failed sync, a
second one may succeed without having written anything). A segment with a damaged middle is put aside
as `.damaged`; what has a valid crc stays, and for each number that is missing there is a `Gap`.
One segment is in memory at a time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import google_crc32c
import structlog

from edge_agent.flow import Gap
from edge_agent.uplink import wire
from edge_agent.uplink.durable import places, segment, series
from edge_agent.uplink.durable.files import Files
from edge_agent.uplink.durable.held import Held
from edge_agent.uplink.durable.look import Look, look
from edge_agent.uplink.durable.series import Found, Segment
from edge_agent.uplink.durable.spares import Spares
from edge_agent.uplink.journal import StoredRecord

LOST = "the disk of the room lost this record"
UNSURE = "the disk of the room lost this record, or the power went while it was written"

log = structlog.get_logger(__name__)


def recover(files: Files, root: str, segment_bytes: int) -> Found:
    """The newest series under `root`, or a new one. Raises `OSError`."""
    names = files.list(root)
    for name in names:
        if name.endswith(places.UNFINISHED):
            files.remove(f"{root}/{name}")
    there = places.series_of(names)
    if not there:
        return series.create(files, root, 1, segment_bytes, iter(()))
    files.sync_dir(root)
    for number, spool_id in there[:-1]:
        # A newer series got its name after it held everything of this one.
        files.remove(f"{root}/{places.series_name(number, spool_id)}")
    return _open(files, root, *there[-1], segment_bytes)


def _open(files: Files, root: str, number: int, spool_id: str, segment_bytes: int) -> Found:
    folder = f"{root}/{places.series_name(number, spool_id)}"
    names = files.list(folder)
    for name in names:
        if name.endswith(places.UNFINISHED):
            files.remove(f"{folder}/{name}")
    firsts = places.segments_of(names)
    if not firsts:
        log.error("the spool lost all its segments; a new series of records begins")
        return series.create(files, root, number + 1, segment_bytes, iter(()))
    spares = Spares(files, folder, segment_bytes)
    spares.find()
    found = Found(number, spool_id, folder, [], Held(firsts[0]), [], spares)
    for first, following in zip(firsts, [*firsts[1:], None], strict=True):
        _take(files, found, first, following)
    return found


def _take(files: Files, found: Found, first: int, following: int | None) -> None:
    """One segment; a hole before it was filled by the one before (`following`)."""
    path = f"{found.folder}/{places.segment_name(first)}"
    data = files.read(path)
    if (version := segment.other_version(data)) is not None:
        raise OSError(0, f"{path} has format {version}, made by another version of the agent")
    whole = segment.header_is_whole(data, found.spool_id, first)
    seen = look(data, found.spool_id, first, following)
    if following is not None and whole and not seen.missing:
        found.segments.append(Segment.of(path, first, [one.end for one in seen.heads.values()]))
        for one in seen.heads.values():
            found.hold(one, data)
        return
    if seen.missing or (not whole and seen.heads):
        files.link(path, path.removesuffix(".seg") + places.DAMAGED)
        log.error("the spool is damaged", segment=path, records_missing=seen.missing)
    elif seen.torn_bytes:
        log.warning("a torn record at the end of the spool is left out", segment=path)
    new = path + places.UNFINISHED
    found.spares.take(new)
    made = series.write(files, new, found, first, _mended(found, data, seen))
    files.rename(new, path)
    files.sync_dir(found.folder)
    made.path = path
    found.segments.append(made)


def _mended(found: Found, data: bytes, seen: Look) -> Iterator[bytes]:
    for seq in range(seen.first_seq, seen.next_seq):
        head = seen.heads.get(seq)
        if head is not None:
            found.hold(head, data)
            yield data[head.offset : head.end]
        else:
            gap = _gap(seq, UNSURE if seq >= seen.unsure_from else LOST)
            found.held.append(len(gap.payload), gap.crc32c)
            found.held.forget_crc(seq)
            yield segment.encoded(gap)


def _gap(seq: int, reason: str) -> StoredRecord:
    """A record in place of one that is lost: central takes numbers without holes only."""
    kind, payload = wire.encode(Gap(seq, seq, reason))
    return StoredRecord(
        seq=seq,
        wall_ns=time.time_ns(),
        mono_ns=time.monotonic_ns(),
        interview_id="",
        kind=kind,
        crc32c=int(google_crc32c.value(payload)),
        payload=payload,
    )
