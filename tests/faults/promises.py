"""What rooms called durable, and whether PostgreSQL has it: each record exactly once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import google_crc32c
import psycopg

SHOWN = 5
"""Examples in a problem's sentence."""


@dataclass(slots=True)
class Promises:
    """Of one room: (spool id, sequence) and crc32c of every record that it called durable."""

    room: str
    told: dict[tuple[str, int], int] = field(default_factory=dict)
    series: list[str] = field(default_factory=list)
    last: int = 0
    """The newest sequence that was told in the series that goes on."""
    acked: int = 0
    began: int = 0
    """How often the room said that it begins, and up to where it then held records."""
    held: int = 0
    problems: list[str] = field(default_factory=list)

    def take(self, line: str) -> None:
        """A whole line of `tests.faults.source`."""
        what, *words = line.split()
        match what:
            case "S":
                self._begin(words[0], following=int(words[2]))
            case "D":
                self._durable(int(words[0]), [int(one) for one in words[1:]])
            case "A":
                self._acked_up_to(int(words[0]))

    def _begin(self, series: str, following: int) -> None:
        if not self.series or self.series[-1] != series:
            self.series.append(series)
            self.last = self.acked = 0
        self.began, self.held = self.began + 1, following - 1
        if following <= self.last:
            self.problems.append(
                f"{self.room}: records {following} to {self.last} were told durable and are gone"
            )

    def _durable(self, first: int, crcs: list[int]) -> None:
        series = self.series[-1]
        for seq, crc in enumerate(crcs, first):
            known = self.told.setdefault((series, seq), crc)
            if known != crc:
                self.problems.append(f"{self.room}: record {seq} is told with two contents")
        self.last = max(self.last, first + len(crcs) - 1)

    def _acked_up_to(self, seq: int) -> None:
        self.acked = max(self.acked, seq)


@dataclass(slots=True)
class Verdict:
    """What became of all promises."""

    records: int = 0
    told: int = 0
    lost: int = 0
    duplicated: int = 0
    quarantined: int = 0
    problems: list[str] = field(default_factory=list)


async def judge(url: str, rooms: list[Promises]) -> Verdict:
    """Compare with what is committed. Reads every payload: a record counts by its content."""
    verdict = Verdict(told=sum(len(one.told) for one in rooms))
    series = {spool_id for one in rooms for spool_id in one.series}
    stored: Counter[tuple[str, int]] = Counter()
    crcs: dict[tuple[str, int], int] = {}
    async with await psycopg.AsyncConnection.connect(url) as conn:
        async with conn.cursor(name="records", binary=True) as cursor:
            cursor.itersize = 500
            await cursor.execute(
                "select w.spool_id::text, r.seq, r.payload from records r"
                " join ingest_watermark w on w.id = r.watermark_id"
                " where w.spool_id = any(%s)",
                (sorted(series),),
            )
            async for spool_id, seq, payload in cursor:
                stored[spool_id, seq] += 1
                crcs[spool_id, seq] = google_crc32c.value(payload)
        refused = await conn.execute(
            "select spool_id::text, seq, payload from quarantine where spool_id = any(%s)",
            (sorted(series),),
        )
        for spool_id, seq, payload in await refused.fetchall():
            stored[spool_id, seq] += 1
            crcs[spool_id, seq] = google_crc32c.value(payload)
            verdict.quarantined += 1
        marks = await conn.execute(
            "select spool_id::text, seq from ingest_watermark where spool_id = any(%s)",
            (sorted(series),),
        )
        watermarks: dict[str, int] = dict(await marks.fetchall())
    verdict.records = stored.total()
    twice = [key for key, count in stored.items() if count > 1]
    verdict.duplicated = len(twice)
    if twice:
        verdict.problems.append(f"{len(twice)} records are stored twice: {twice[:SHOWN]}")
    for one in rooms:
        verdict.problems += [*one.problems, *_missing(one, crcs, verdict)]
    verdict.problems += [
        f"series {spool_id}: watermark {mark}, {held} records"
        for spool_id, mark in watermarks.items()
        if (held := sum(1 for key in stored if key[0] == spool_id)) != mark
    ]
    return verdict


def _missing(room: Promises, crcs: dict[tuple[str, int], int], verdict: Verdict) -> list[str]:
    lost = [key for key in room.told if key not in crcs]
    changed = [key for key, crc in room.told.items() if crcs.get(key, crc) != crc]
    verdict.lost += len(lost) + len(changed)
    problems = []
    if lost:
        problems.append(f"{room.room}: {len(lost)} records told durable are lost: {lost[:SHOWN]}")
    if changed:
        problems.append(f"{room.room}: {len(changed)} records are not what was told")
    if len(room.series) > 1:
        problems.append(f"{room.room}: its series began anew {len(room.series) - 1} times")
    return problems
