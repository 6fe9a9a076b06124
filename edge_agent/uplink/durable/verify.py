"""One verdict on a spool: every byte read, every crc checked, numbers without holes across segments.

`fsck` says what each segment is like; this says whether all of it will reach central. Both may look at
the folder of a running agent: what it writes at that moment counts as not finished.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path

import msgspec

from edge_agent.uplink import wire
from edge_agent.uplink.durable.survey import Seen, survey


@dataclass(slots=True)
class Verdict:
    """The newest series; `problems` are those of all."""

    spool_id: str = ""
    segments: int = 0
    records: int = 0
    oldest_seq: int = 0
    next_seq: int = 1
    used_bytes: int = 0
    payload_bytes: int = 0
    gaps: int = 0
    """Records that stand where others were lost."""
    torn_bytes: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.problems

    def line(self) -> str:
        """For people."""
        what = "whole" if self.ok else f"damaged: {'; '.join(self.problems)}"
        gaps = f", {self.gaps} of them gaps" if self.gaps else ""
        torn = f", {self.torn_bytes} bytes never finished" if self.torn_bytes else ""
        numbers = f" ({self.oldest_seq}..{self.next_seq - 1})" if self.records else ""
        return (
            f"{self.records} records{numbers}{gaps} in {self.segments} segments, "
            f"{self.used_bytes} bytes{torn}: {what}"
        )

    def json(self) -> str:
        """For programs."""
        return msgspec.json.encode({"ok": self.ok, **asdict(self)}).decode()


def verify(folder: Path) -> Verdict:
    """Raises `SpoolBroken` where the folder cannot be read."""
    verdict = Verdict()
    for seen in survey(folder):
        if seen.spool_id != verdict.spool_id:
            verdict = Verdict(seen.spool_id, problems=verdict.problems)
            verdict.oldest_seq = verdict.next_seq = seen.look.first_seq
        _count(verdict, seen)
    return verdict


def _count(verdict: Verdict, seen: Seen) -> None:
    verdict.problems += [f"{seen.name}: {problem}" for problem in seen.problems]
    verdict.segments += 1
    verdict.used_bytes += seen.look.used_bytes
    verdict.torn_bytes += seen.torn_bytes
    verdict.records += len(seen.look.heads)
    verdict.next_seq = seen.look.next_seq
    for head in seen.look.heads.values():
        verdict.payload_bytes += head.payload_bytes
        verdict.gaps += head.kind == wire.GAP
