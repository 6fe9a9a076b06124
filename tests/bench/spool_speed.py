"""Durable records a second in groups of 1, 8 and 64: the spool and SQLite (WAL, synchronous FULL) in
turns, on the same disk. Both encode the same value anew each time, and a group is over when its sync is.
"""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from edge_agent.flow import AudioBlock
from edge_agent.uplink import wire
from edge_agent.uplink.durable.spool import DurableSpool

ROUNDS = 9
TURN_S = 0.4
GROUPS = (1, 8, 64)
BLOCK = AudioBlock(0, 0, 3200, (bytes(250),), bytes(6), playing=False, gap=False)
"""A record of about 280 bytes."""


def speeds(folder: Path) -> dict[str, float]:
    """Medians over rounds; `ratio` is that of the two within a round."""
    figures: dict[str, float] = {}
    for group in GROUPS:
        spool = DurableSpool(folder / f"spool{group}", 10**11, group_s=None)
        base = _database(folder / f"{group}.db")
        ours, theirs = [], []
        for _ in range(ROUNDS):
            ours.append(_per_s(partial(_to_spool, spool), group))
            theirs.append(_per_s(partial(_to_sqlite, base), group))
        spool.close()
        base.close()
        ratios = [our / their for our, their in zip(ours, theirs, strict=True)]
        figures[f"spool_records_per_s_{group}"] = round(statistics.median(ours))
        figures[f"sqlite_records_per_s_{group}"] = round(statistics.median(theirs))
        figures[f"ratio_{group}"] = round(statistics.median(ratios), 2)
        print(
            f"{group:3} a group: spool {statistics.median(ours):8.0f} records/s, "
            f"SQLite {statistics.median(theirs):8.0f}, ratio {statistics.median(ratios):.2f}"
        )
    return figures


def _per_s(write: Callable[[int], None], group: int) -> float:
    records = 0
    began = time.perf_counter()
    while (took_s := time.perf_counter() - began) < TURN_S:
        write(group)
        records += group
    return records / took_s


def _to_spool(spool: DurableSpool, group: int) -> None:
    for _ in range(group):
        spool.append(BLOCK, interview_id="7")
    spool.commit()


def _to_sqlite(base: sqlite3.Connection, group: int) -> None:
    base.execute("begin")
    for _ in range(group):
        kind, payload = wire.encode(BLOCK)
        row = (None, time.time_ns(), time.monotonic_ns(), "7", kind, payload)
        base.execute("insert into r values (?, ?, ?, ?, ?, ?)", row)
    base.execute("commit")


def _database(file: Path) -> sqlite3.Connection:
    base = sqlite3.connect(file, isolation_level=None)
    base.execute("pragma journal_mode = wal")
    base.execute("pragma synchronous = full")
    base.execute(
        "create table r (seq integer primary key, wall_ns, mono_ns, interview, kind, payload)"
    )
    return base
