"""The room's way to central in figures: durable records a second against SQLite, bytes a second of a
room, a start on a spool of 1 GB, and records a second to a gateway in the same process over mTLS.

`make bench NAME=uplink`; the last line is JSON, with the goals and whether they were met.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from pathlib import Path

from edge_agent.flow import AudioBlock
from tests.bench.room_bytes import room_bytes
from tests.bench.sending import sending
from tests.bench.spool_recovery import recovery
from tests.bench.spool_speed import speeds
from tests.fakes.memory_spool import MemorySpool

RECORDS = 20_000
BLOCK = AudioBlock(0, 0, 3200, (bytes(3500),), bytes(6), playing=False, gap=False)
"""200 ms of FLAC."""

LEAST = {"spool_records_per_s_64": 20_000, "ratio_64": 1.0}
MOST = {
    "readings_bytes_per_s": 2_500,
    "room_flac_bytes_per_s": 20_000,
    "room_opus_bytes_per_s": 8_000,
    "recovery_cold_s": 10,
}


async def throughput() -> dict[str, float]:
    """From a spool in memory to a gateway that acknowledges at once."""
    spool = MemorySpool(1_000_000_000)
    for _ in range(RECORDS):
        spool.append(BLOCK)
    async with sending(spool) as (uplink, _):
        began = time.perf_counter()
        await uplink.drained()
        sent_s = time.perf_counter() - began
    print(f"to a gateway: {RECORDS / sent_s:.0f} records/s")
    return {
        "link_records_per_s": round(RECORDS / sent_s),
        "link_megabytes_per_s": round(RECORDS * 3506 / sent_s / 1e6, 1),
    }


def main() -> None:
    shared = Path(os.environ.get("DAEDAM_SHARED", Path.cwd().parent / "shared"))
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as name:
        folder = Path(name)
        figures: dict[str, float | str] = {**speeds(folder)}
        figures |= room_bytes(shared)
        figures |= recovery(folder / "recovery")
        figures |= asyncio.run(throughput())
    print(json.dumps({**figures, "missed": missed(figures)}))


def missed(figures: dict[str, float | str]) -> list[str]:
    """Goals that were not met."""
    few = [name for name, goal in LEAST.items() if float(figures[name]) < goal]
    return few + [name for name, goal in MOST.items() if float(figures[name]) > goal]


if __name__ == "__main__":
    main()
