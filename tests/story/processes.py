"""Start a process that dies with us, and stop it in order."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from central.embedded.unprivileged import same_account

STOP_S = 30.0
ROOT = Path(__file__).resolve().parents[2]


class ProcessEnded(RuntimeError):
    """A process ended that should not have; the last lines of its log are in the message."""


@asynccontextmanager
async def running(
    name: str, arguments: list[str], log: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m ...` with its output in `log`; SIGTERM on exit, SIGKILL after 30 s."""
    log.parent.mkdir(parents=True, exist_ok=True)
    command = same_account().command([sys.executable, "-m", *arguments])
    with log.open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C reaches us alone: we stop it in order
            cwd=ROOT,
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
        )
    try:
        yield process
    finally:
        await _stop(process)
        if process.returncode not in {0, -signal.SIGTERM, None}:
            print(f"{name} ended with status {process.returncode}; see {log}", file=sys.stderr)


async def alive(name: str, process: asyncio.subprocess.Process, log: Path) -> None:
    """Raises `ProcessEnded` where the process is gone."""
    await asyncio.sleep(0)
    if process.returncode is not None:
        raise ProcessEnded(f"{name} ended with status {process.returncode}:\n{last_lines(log)}")


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log."""
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:]
    return "\n".join(f"    {line}" for line in lines)


async def _stop(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        await asyncio.wait_for(process.wait(), STOP_S)
    except TimeoutError:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.wait()
