"""The disk under the spool: room for an interview, and how long it takes to keep a record."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from edge_agent.doctor.apart import Unseen, apart
from edge_agent.doctor.finding import Finding, Visit, fail, first_of, warn

INTERVIEW_BYTES: Final = 105_000_000
"""90 minutes at 70 MB an hour: readings, windows, and sound without loss."""
SYNCS: Final = 100
QUICK_SYNCS: Final = 15
BLOCK: Final = 4_096
SLOW_MS: Final = 100.0
"""The 95th percentile. A group of records waits 20 ms anyway; a disk of this PC needs 0.1 to 10."""
TOO_SLOW_MS: Final = 1_000.0


class DiskCheck:
    name = "disk"
    limit_s = 40.0

    async def run(self, visit: Visit) -> Finding:
        spool = visit.config.spool
        syncs = QUICK_SYNCS if visit.quick else SYNCS
        try:
            seen = await apart(look, str(spool.folder), syncs, limit_s=self.limit_s - 5)
        except Unseen as problem:
            todo = (
                f"{spool.folder} must be a folder on a disk of this PC that the agent's user may write; "
                "set spool.folder"
            )
            return fail(f"{spool.folder}: {problem}", todo)
        return judge(seen, spool.limit_bytes)


def look(folder: str, syncs: int) -> dict[str, Any]:
    """Runs apart: free bytes, and times of fdatasync after a write of 4 KiB, in ms.

    In the folder itself; in the nearest that exists where the agent has not made it yet.
    """
    place = _existing(Path(folder))
    usage = shutil.disk_usage(place)
    handle, name = tempfile.mkstemp(prefix=".doctor-", dir=place)
    Path(name).unlink()  # at once: whatever happens to this process, nothing stays in the spool
    times_ms = []
    try:
        for _ in range(syncs):
            os.write(handle, bytes(BLOCK))
            since_s = time.monotonic()
            os.fdatasync(handle)
            times_ms.append((time.monotonic() - since_s) * 1e3)
    finally:
        os.close(handle)
    times_ms.sort()
    return {
        "folder": str(place),
        "free_bytes": usage.free,
        "size_bytes": usage.total,
        "spool_bytes": _size(Path(folder)),
        "sync_ms": round(times_ms[len(times_ms) // 2], 2),
        "sync_p95_ms": round(times_ms[int(0.95 * (len(times_ms) - 1))], 2),
        "sync_max_ms": round(times_ms[-1], 2),
    }


def judge(seen: dict[str, Any], limit_bytes: int) -> Finding:
    """What follows from the figures of `look`."""
    needed = min(INTERVIEW_BYTES, limit_bytes)
    left = limit_bytes - seen["spool_bytes"]
    told = (
        f"{seen['free_bytes'] / 1e9:.1f} GB free, an interview takes up to {needed / 1e6:.0f} MB; "
        f"a sync takes {seen['sync_ms']:.1f} ms, p95 {seen['sync_p95_ms']:.1f}, "
        f"at most {seen['sync_max_ms']:.1f}"
    )
    figures = {**seen, "needed_bytes": needed}
    free, slow_ms = seen["free_bytes"], seen["sync_p95_ms"]
    waiting = f"; {seen['spool_bytes'] / 1e6:.0f} MB wait for central in the spool"
    space = f"free some space on the file system of {seen['folder']}"
    more = f"free {limit_bytes / 1e9:.2f} GB: so much the spool may take while central is away"
    return first_of(
        told,
        figures,
        (
            (free < needed, fail, ": not enough for an interview", space),
            (left < needed, fail, waiting, "bring the link back, or raise spool.limit_bytes"),
            (slow_ms > TOO_SLOW_MS, fail, ": far too slow", _FASTER),
            (slow_ms > SLOW_MS, warn, ": slow", _FASTER),
            (free < limit_bytes, warn, ": less than the spool may take", more),
        ),
    )


def _existing(folder: Path) -> Path:
    return next((one for one in (folder, *folder.parents) if one.is_dir()), Path("/"))


def _size(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):  # gone meanwhile: the agent removes what was sent
            total += path.stat().st_size if path.is_file() else 0
    return total


_FASTER: Final = (
    "put spool.folder on the PC's own SSD: not a network share, a USB stick or a card; look at the disk "
    "with `smartctl -a`"
)
