"""Processes as /proc shows them."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path


def children(parent: int) -> dict[int, str]:
    """Command lines of a process's children, by process id."""
    found = {}
    with suppress(OSError):
        pids = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii").split()
        for pid in pids:
            with suppress(OSError):
                words = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ")
                found[int(pid)] = words.decode(errors="replace").strip()
    return found
