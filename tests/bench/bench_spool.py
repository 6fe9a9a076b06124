"""Durable records a second in groups of 1, 8 and 64, against SQLite (WAL, synchronous FULL) in the same
run on the same disk.

`make bench NAME=spool`; the last line is JSON.
"""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
from pathlib import Path

from edge_agent.flow import AudioBlock
from edge_agent.uplink import wire
from edge_agent.uplink.durable.files import RealFiles
from edge_agent.uplink.durable.spool import DurableSpool

SECONDS = 1.5
GROUPS = (1, 8, 64)
BLOCK = AudioBlock(0, 0, 3200, (bytes(250),), bytes(6), playing=False, gap=False)
"""A record of about 280 bytes."""


class CountedFiles(RealFiles):
    syncs = 0

    def sync(self, path: str) -> None:
        self.syncs += 1
        super().sync(path)


def spool_figures(folder: Path, group: int) -> tuple[float, float]:
    """(records a second, syncs a second)."""
    files = CountedFiles()
    spool = DurableSpool(folder, 10**10, files=files, group_s=None)
    files.syncs = records = 0
    began = time.perf_counter()
    while (took_s := time.perf_counter() - began) < SECONDS:
        for _ in range(group):
            spool.append(BLOCK, interview_id="7")
        spool.commit()
        records += group
    spool.close()
    return records / took_s, files.syncs / took_s


def sqlite_per_s(file: Path, group: int) -> float:
    """The same records, as rows of one table."""
    base = sqlite3.connect(file, isolation_level=None)
    base.execute("pragma journal_mode = wal")
    base.execute("pragma synchronous = full")
    base.execute(
        "create table r (seq integer primary key, wall_ns, mono_ns, interview, kind, payload)"
    )
    records = 0
    began = time.perf_counter()
    while (took_s := time.perf_counter() - began) < SECONDS:
        base.execute("begin")
        for _ in range(group):
            kind, payload = wire.encode(BLOCK)
            row = (None, time.time_ns(), time.monotonic_ns(), "7", kind, payload)
            base.execute("insert into r values (?, ?, ?, ?, ?, ?)", row)
        base.execute("commit")
        records += group
    base.close()
    return records / took_s


def main() -> None:
    figures: dict[str, float] = {}
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        for group in GROUPS:
            per_s, syncs = spool_figures(Path(folder) / f"spool{group}", group)
            figures[f"records_per_s_{group}"] = round(per_s)
            figures[f"syncs_per_s_{group}"] = round(syncs)
            sqlite = sqlite_per_s(Path(folder) / f"{group}.db", group)
            figures[f"sqlite_per_s_{group}"] = round(sqlite)
            print(f"{group:3} a group: {per_s:8.0f} records/s, SQLite {sqlite:8.0f}")
        began = time.perf_counter()
        spool = DurableSpool(Path(folder) / "spool64", 10**10, group_s=None)
        figures["recovered_records"] = spool.next_seq - 1
        figures["recovery_s"] = round(time.perf_counter() - began, 2)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
