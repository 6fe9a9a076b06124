"""The room PC's processor, memory, heat and disk, read from the kernel. None where it does not say."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path("/")


class Machine:
    """`root` holds `proc` and `sys`."""

    def __init__(self, root: Path = ROOT) -> None:
        self._root = root
        self._before: tuple[int, int] | None = None

    def cpu_ratio(self) -> float | None:
        """Share of all processor time that was in use since the last call (proc_stat(5))."""
        times = self._times()
        before, self._before = self._before, times
        if times is None or before is None or times[1] <= before[1]:
            return None
        idle, total = times[0] - before[0], times[1] - before[1]
        return round(min(1.0, max(0.0, 1 - idle / total)), 4)

    def memory_ratio(self) -> float | None:
        """Share of memory that is not available to programs (proc_meminfo(5))."""
        lines = self._read("proc/meminfo").splitlines()
        kib = {name: value.split()[0] for name, _, value in (one.partition(":") for one in lines)}
        try:
            return round(1 - int(kib["MemAvailable"]) / int(kib["MemTotal"]), 4)
        except (KeyError, ValueError, ZeroDivisionError):
            return None

    def temperature_celsius(self) -> float | None:
        """The hottest sensor of the kernel's thermal zones."""
        found = []
        for zone in self._root.glob("sys/class/thermal/thermal_zone*/temp"):
            try:
                found.append(int(zone.read_text()) / 1000)
            except (OSError, ValueError):
                continue  # this sensor is asleep
        return max(found, default=None)

    def _times(self) -> tuple[int, int] | None:
        first = self._read("proc/stat").partition("\n")[0].split()
        if len(first) < 6 or first[0] != "cpu":
            return None
        ticks = [int(one) for one in first[1:9]]  # guest time is in user time already
        return ticks[3] + ticks[4], sum(ticks)

    def _read(self, path: str) -> str:
        try:
            return (self._root / path).read_text(encoding="ascii")
        except OSError:
            return ""


def free_bytes(folder: Path) -> int | None:
    """What an ordinary program may still write to the file system of `folder`."""
    try:
        found = os.statvfs(folder)
    except OSError:
        return None
    return found.f_bavail * found.f_frsize
