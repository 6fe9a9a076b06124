"""How long a start takes on a spool of 1 GB, and what memory: in a process of its own, after its pages
were dropped from the cache and again with them there.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from edge_agent.flow import AudioBlock, DeviceEvent, DeviceState, RecordValue
from edge_agent.uplink.durable.spool import DurableSpool

SIZE_BYTES = 1_000_000_000
SECOND: tuple[RecordValue, ...] = (
    *(AudioBlock(0, 0, 3200, (os.urandom(3000),), bytes(6), playing=False, gap=False),) * 5,
    DeviceEvent("camera", DeviceState.READY, "x" * 1500),  # as long as a second of frames
    DeviceEvent("camera", DeviceState.READY, "x" * 180),  # as a score window
)
"""What a room records in one, in sizes."""

OPENING = """
import json, sys, time
from pathlib import Path
from edge_agent.uplink.durable.spool import DurableSpool
def most_kib():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
before = most_kib()
began = time.perf_counter()
spool = DurableSpool(Path(sys.argv[1]), 10**11)
took_s = time.perf_counter() - began
after = most_kib()
print(json.dumps([took_s, (after - before) / 1024, after / 1024, spool.next_seq - 1]))
"""


def recovery(folder: Path, size_bytes: int = SIZE_BYTES) -> dict[str, float]:
    """Writes a spool of that size under `folder`, then opens it."""
    records = _fill(folder, size_bytes)
    for file in folder.glob("*/*.seg"):
        with file.open("rb") as opened:
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    cold_s, grown_mib, whole_mib, found = _opened(folder)
    warm_s, _, _, _ = _opened(folder)
    assert found == records
    print(f"{records} records: a start takes {cold_s:.1f} s (cached {warm_s:.1f} s)")
    return {
        "recovery_bytes": sum(file.stat().st_size for file in folder.glob("*/*.seg")),
        "recovery_records": records,
        "recovery_cold_s": round(cold_s, 2),
        "recovery_cached_s": round(warm_s, 2),
        "recovery_grown_mib": round(grown_mib, 1),
        "recovery_process_mib": round(whole_mib, 1),
    }


def _fill(folder: Path, size_bytes: int) -> int:
    spool = DurableSpool(folder, 10**11, group_s=None)
    while spool.waiting_bytes < size_bytes:
        for _ in range(9):
            for value in SECOND:
                spool.append(value, interview_id="7")
        spool.commit()
    while spool.commit():
        pass
    spool.close()
    return spool.next_seq - 1


def _opened(folder: Path) -> tuple[float, float, float, float]:
    command = [sys.executable, "-c", OPENING, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    took_s, grown, whole, records = json.loads(done.stdout.splitlines()[-1])
    return took_s, grown, whole, records
