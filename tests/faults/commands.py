"""A command of ours as a person runs it: its status and what it said."""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass

PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and its standard error."""

    status: int
    errors: str


async def ended(*words: str) -> Ended:
    """Run `python -m ...` to its end."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", *words),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "NO_COLOR": "1"},
    )
    try:
        async with asyncio.timeout(PATIENCE_S):
            _, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return Ended(process.returncode or 0, errors.decode())
