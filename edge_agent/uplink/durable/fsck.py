"""What lies in a spool's folder: `fsck` has a line a segment, `dump` a line a record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from edge_agent.uplink import wire
from edge_agent.uplink.durable.survey import Seen, survey
from edge_agent.uplink.journal import StoredRecord


def fsck(folder: Path) -> tuple[list[str], bool]:
    """(a line for each segment, whether all are whole). Raises `SpoolBroken`."""
    lines, whole = [], True
    for one in survey(folder):
        lines.append(_line(one))
        whole = whole and not one.problems
    return lines or ["no records"], whole


def dump(folder: Path) -> Iterator[str]:
    """A line for each record that is whole. Raises `SpoolBroken`."""
    return (_record(record) for one in survey(folder) for record in one.records())


def _line(seen: Seen) -> str:
    state = "; ".join(seen.problems) if seen.problems else "whole"
    if seen.torn_bytes:
        state += f"; {seen.torn_bytes} bytes at its end were never finished"
    numbers = list(seen.look.heads)
    span = f"{numbers[0]}..{numbers[-1]}" if numbers else "empty"
    return f"{seen.name}  {span}  {len(numbers)} records  {seen.look.used_bytes} bytes  {state}"


def _record(one: StoredRecord) -> str:
    at = datetime.fromtimestamp(one.wall_ns / 1e9, UTC).isoformat(timespec="milliseconds")
    kind = wire.kind_name(one.kind)
    about = f"interview {one.interview_id}" if one.interview_id else "no interview"
    return f"{one.seq}  {at}  {kind}  {about}  {len(one.payload)} bytes  crc32c {one.crc32c:08x}"
