"""What lies in a spool's folder, said in lines; nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from edge_agent.errors import SpoolBroken
from edge_agent.uplink import wire
from edge_agent.uplink.durable import places, segment
from edge_agent.uplink.durable.files import RealFiles
from edge_agent.uplink.journal import StoredRecord


@dataclass(frozen=True, slots=True)
class Seen:
    """One segment as it is."""

    name: str
    size: int
    records: list[StoredRecord]
    problems: list[str]
    torn_bytes: int


def fsck(folder: Path) -> tuple[list[str], bool]:
    """(a line for each segment, whether all are whole). Raises `SpoolBroken`."""
    seen = list(_segments(folder))
    return [_line(one) for one in seen] or ["no records"], not any(one.problems for one in seen)


def dump(folder: Path) -> tuple[list[str], bool]:
    """(a line for each record, whether all segments are whole). Raises `SpoolBroken`."""
    seen = list(_segments(folder))
    lines = [_record(record) for one in seen for record in one.records]
    return lines, not any(one.problems for one in seen)


def _segments(folder: Path) -> Iterator[Seen]:
    files, root = RealFiles(), str(folder)
    try:
        for number, spool_id in places.series_of(files.list(root)):
            series = places.series_name(number, spool_id)
            firsts = places.segments_of(files.list(f"{root}/{series}"))
            for first, following in zip(firsts, [*firsts[1:], None], strict=True):
                name = f"{series}/{places.segment_name(first)}"
                yield _look(name, files.read(f"{root}/{name}"), spool_id, first, following)
    except OSError as error:
        raise SpoolBroken(root, error.strerror or str(error)) from error


def _look(name: str, data: bytes, spool_id: str, first: int, following: int | None) -> Seen:
    whole = segment.header_is_whole(data, spool_id, first)
    placed = list(segment.records(data, segment.HEADER_BYTES if whole else 0))
    problems = [] if whole else ["its header is damaged"]
    expected = first
    for one in placed:
        if one.record.seq != expected:
            problems.append(f"records {expected} to {one.record.seq - 1} are missing")
        expected = one.record.seq + 1
    if following is not None and expected != following:
        problems.append(f"records {expected} to {following - 1} are missing")
    end = placed[-1].end if placed else segment.HEADER_BYTES
    torn = max(len(data) - end, 0) if following is None else 0
    return Seen(name, len(data), [one.record for one in placed], problems, torn)


def _line(seen: Seen) -> str:
    state = "; ".join(seen.problems) if seen.problems else "whole"
    if seen.torn_bytes:
        state += f"; {seen.torn_bytes} bytes at its end were never finished"
    span = f"{seen.records[0].seq}..{seen.records[-1].seq}" if seen.records else "empty"
    return f"{seen.name}  {span}  {len(seen.records)} records  {seen.size} bytes  {state}"


def _record(one: StoredRecord) -> str:
    at = datetime.fromtimestamp(one.wall_ns / 1e9, UTC).isoformat(timespec="milliseconds")
    kind = wire.kind_name(one.kind)
    about = f"interview {one.interview_id}" if one.interview_id else "no interview"
    return f"{one.seq}  {at}  {kind}  {about}  {len(one.payload)} bytes  crc32c {one.crc32c:08x}"
