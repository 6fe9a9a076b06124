"""Reads a spool's folder as it lies there, a segment at a time. Changes and locks nothing: an agent may
go on using it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from edge_agent.errors import SpoolBroken
from edge_agent.uplink.durable import places, segment
from edge_agent.uplink.durable.files import RealFiles
from edge_agent.uplink.durable.look import Look, look
from edge_agent.uplink.journal import StoredRecord


@dataclass(frozen=True, slots=True)
class Seen:
    """One segment as it is."""

    spool_id: str
    name: str
    data: bytes
    look: Look
    problems: tuple[str, ...]
    last: bool

    @property
    def torn_bytes(self) -> int:
        """At the end of the series: what was never finished."""
        return self.look.torn_bytes if self.last and not self.look.missing else 0

    def records(self) -> Iterator[StoredRecord]:
        return (segment.record(self.data, one) for one in self.look.heads.values())


def survey(folder: Path) -> Iterator[Seen]:
    """Every segment of every series, oldest first. Raises `SpoolBroken` where it cannot be read."""
    files, root = RealFiles(), str(folder)
    try:
        for number, spool_id in places.series_of(files.list(root)):
            series = places.series_name(number, spool_id)
            firsts = places.segments_of(files.list(f"{root}/{series}"))
            for first, following in zip(firsts, [*firsts[1:], None], strict=True):
                name = f"{series}/{places.segment_name(first)}"
                try:
                    data = files.read(f"{root}/{name}")
                except FileNotFoundError:
                    continue  # acknowledged, and removed by the agent, since the folder was listed
                yield _seen(name, data, spool_id, first, following)
    except OSError as error:
        raise SpoolBroken(root, error.strerror or str(error)) from error


def _seen(name: str, data: bytes, spool_id: str, first: int, following: int | None) -> Seen:
    problems = []
    if (version := segment.other_version(data)) is not None:
        problems.append(f"it has format {version}, which this agent does not read")
    elif not segment.header_is_whole(data, spool_id, first):
        problems.append("its header is damaged")
    found = look(data, spool_id, first, following)
    problems += [f"records {one} to {to} are missing" for one, to in _holes(found)]
    return Seen(spool_id, name, data, found, tuple(problems), following is None)


def _holes(found: Look) -> Iterator[tuple[int, int]]:
    expected = found.first_seq
    for seq in (*found.heads, found.next_seq):
        if seq > expected:
            yield expected, seq - 1
        expected = seq + 1
