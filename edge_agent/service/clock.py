"""Time, as everything in the agent takes it, and the name of this boot."""

from __future__ import annotations

import time
import uuid
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def mono_ns() -> int:
    """CLOCK_MONOTONIC: for spans; comparable within one boot."""
    return time.monotonic_ns()


def wall_ns() -> int:
    """Nanoseconds since 1970 UTC: for what people read, and for expiry."""
    return time.time_ns()


def boot_id(source: Path = BOOT_ID) -> str:
    """Changes with every start of the PC; where the system has none, with every start of the agent."""
    try:
        return source.read_text(encoding="ascii").strip()
    except OSError:
        return str(uuid.uuid4())
