"""One agent on the spool: two would each write records that the other does not know."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from edge_agent.doctor.apart import apart
from edge_agent.doctor.finding import Finding, Visit, fail, ok, warn


class SpoolCheck:
    name = "spool"
    limit_s = 15.0

    async def run(self, visit: Visit) -> Finding:
        folder = visit.config.spool.folder
        return judge(await apart(look, str(folder), limit_s=self.limit_s - 2))


def holders(folder: Path, proc: Path = Path("/proc")) -> tuple[int, ...]:
    """Processes that have a file of this folder open; of other users' only where we are root."""
    inside = os.path.realpath(folder) + os.sep
    found = set()
    for descriptors in proc.glob("[0-9]*/fd"):
        with suppress(OSError):
            for one in os.scandir(descriptors):
                with suppress(OSError):
                    if str(Path(one.path).readlink()).startswith(inside):
                        found.add(int(descriptors.parent.name))
    return tuple(sorted(found - {os.getpid()}))


def look(folder: str) -> dict[str, Any]:
    """Runs apart: who holds the folder, whose it is, and whether a damaged segment lies there."""
    place = Path(folder)
    there = place.is_dir()
    return {
        "folder": folder,
        "there": there,
        "writable": os.access(place, os.W_OK | os.X_OK) if there else None,
        "mode": oct(place.stat().st_mode & 0o777) if there else None,
        "open_to_others": bool(place.stat().st_mode & 0o077) if there else False,
        "holders": list(holders(place)),
        "locked": _locked(place),
        "series": sum(one.is_dir() for one in place.iterdir()) if there else 0,
        "damaged": len(list(place.rglob("*.damaged"))),
    }


def judge(seen: dict[str, Any]) -> Finding:
    """What follows from what `look` saw."""
    folder, held = seen["folder"], seen["holders"]
    if not seen["there"]:
        return ok(f"{folder} is not there yet; the agent makes it at its first start", **seen)
    if len(held) > 1:
        every = ", ".join(map(str, held))
        todo = f"stop all but one (processes {every}); give each its own spool.folder"
        return fail(f"{len(held)} agents hold {folder}", todo, **seen)
    told = f"{folder}: {seen['series']} series, " + (
        f"held by the running agent ({held[0]})"
        if held
        else "held by an agent of another user"
        if seen["locked"]
        else "held by nobody"
    )
    if seen["damaged"]:
        told = f"{told}, {seen['damaged']} damaged segments kept beside"
        todo = (
            f"look with `edge-agent spool fsck --folder {folder}`; keep the files for whoever asks"
        )
        return warn(told, todo, **seen)
    if not seen["writable"]:
        todo = (
            "run the doctor as the agent's user (`sudo -u USER edge-agent doctor ...`), or as root"
        )
        return warn(f"{told}; you may not write there", todo, **seen)
    if seen["open_to_others"]:
        todo = f"chmod 700 {folder}: it holds what candidates said"
        return warn(f"{told}; mode {seen['mode']} lets others look in", todo, **seen)
    return ok(told, **seen)


def _locked(folder: Path) -> bool:
    """Whether another holds the folder's lock file; a look alone changes nothing for long."""
    try:
        handle = os.open(folder / "lock", os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(handle)
    return False
