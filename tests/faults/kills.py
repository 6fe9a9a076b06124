"""Processes of a site, found by their command lines, and what kills them."""

from __future__ import annotations

import asyncio
import os
import signal
from pathlib import Path

from tests.story.api import until

BACK_S = 60.0
"""Patience for a process that comes back; a busy machine is allowed to be slow."""

MARKS = {
    "nats": ("nats-server", "{data}/nats/nats.conf"),
    "postgres": ("postgres", "-D", "{data}/postgres"),
}
"""Words of the engines' command lines; every other name is a role of central."""


def pid_of(name: str, data: Path) -> int:
    """The process of a role or engine of the site on the folder `data`; 0 where there is none."""
    words = MARKS.get(name, ("central", name, "--config", "{data}/run/central.toml"))
    wanted = [word.format(data=data) for word in words]
    return next((pid for pid, line in _processes() if _holds(line, wanted)), 0)


def agent_of(settings: Path) -> int:
    """The agent that runs with these settings; 0 where there is none."""
    wanted = {"edge_agent", "run", str(settings)}
    return next((pid for pid, line in _processes() if wanted <= set(line)), 0)


def vision_of(agent_log: Path) -> int:
    """The vision process of the agent that writes this log; 0 where there is none."""
    return next(
        (
            pid
            for pid, line in _processes()
            if "edge_agent.vision" in line and _writes(_parent(pid), agent_log)
        ),
        0,
    )


async def kill(name: str, data: Path, how: signal.Signals = signal.SIGKILL) -> int:
    """Signal the process, wait until another stands in its place; the new process id."""
    old = pid_of(name, data)
    if not old:
        raise AssertionError(f"no process of {name} on {data}")
    os.kill(old, how)
    return await another(name, data, old)


async def another(name: str, data: Path, old: int) -> int:
    """Wait for a process of this name that is not `old`."""

    async def there() -> int:
        await asyncio.sleep(0)
        pid = pid_of(name, data)
        return pid if pid != old else 0

    return int(await until(BACK_S, f"{name} to come back", there))


def _processes() -> list[tuple[int, list[str]]]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        found.append((int(folder.name), words))
    return found


def _holds(line: list[str], wanted: list[str]) -> bool:
    """Whether the words are all there; `setpriv` and `nice` become what they start, and do not stand
    beside it.
    """
    return {word.rsplit("/", 1)[-1] for word in wanted} <= {
        word.rsplit("/", 1)[-1] for word in line
    } and any(word in line for word in wanted if "/" in word)


def _parent(pid: int) -> int:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(stat.rsplit(")", 1)[1].split()[1])


def _writes(pid: int, log: Path) -> bool:
    try:
        return Path(f"/proc/{pid}/fd/2").resolve() == log.resolve()
    except OSError:
        return False
