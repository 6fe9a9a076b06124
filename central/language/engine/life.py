"""One process of an engine, from start to end."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import sys
import time
from asyncio.subprocess import Process
from dataclasses import dataclass, field
from typing import Final

from central.language.engine.messages import Message, packed

_STOP_S: Final = 2.0
_ADVICE: Final[dict[int, str]] = {
    signal.SIGILL: "llama.cpp was built with instructions that fail on this processor; build it here as"
    " docs/language-models.md says",
    signal.SIGKILL: "killed from outside, as a machine does that runs out of memory",
}


@dataclass(frozen=True, slots=True)
class Patience:
    """How long the process may take, and what it may take."""

    start_s: float = 600.0
    """Reading a large model from a slow disk."""
    still_s: float = 180.0
    """Without a word while something is asked of it; then it hangs."""
    look_s: float = 1.0
    """How often that is looked at."""
    pause_s: float = 0.5
    """Before it is started again; doubled each time, up to `longest_pause_s`."""
    longest_pause_s: float = 30.0
    growth_bytes: int = 4 << 30
    """Of its memory since it was ready. Beyond that it is replaced once nothing is asked of it:
    llama.cpp's memory is known to grow with what it writes."""


@dataclass(slots=True)
class Life:
    """The process, and what is known of it."""

    process: Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    first_rss_bytes: int = 0
    tired: bool = False
    """Its memory has grown too far."""
    ready: bool = False
    heard_s: float = field(default_factory=time.monotonic)
    """When it last spoke, or was last asked something while it had nothing to do."""

    def send(self, message: Message) -> None:
        """Bounded by how much may be asked at once."""
        self.writer.write(packed(message))

    def hangs(self, patience: Patience, *, asked: bool) -> str:
        """Why it has to be killed, or nothing. `asked`: it has something to do."""
        now_s = time.monotonic()
        if not self.ready:
            late = now_s - self.heard_s > patience.start_s
            return f"it was not ready after {patience.start_s:g} s" if late else ""
        if not asked:
            self.heard_s = now_s
        still = now_s - self.heard_s > patience.still_s
        return f"it said nothing for {patience.still_s:g} s" if still else ""


async def begin(module: str) -> Life:
    """A new process, at the end of a socketpair."""
    ours, theirs = socket.socketpair()
    with theirs:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, str(theirs.fileno())),
            pass_fds=(theirs.fileno(),),
            stdin=asyncio.subprocess.DEVNULL,
            env=os.environ | {"GGML_NO_BACKTRACE": "1"},  # else it starts a debugger when it dies
            start_new_session=True,  # Ctrl-C reaches the role alone
        )
    return Life(process, *await asyncio.open_connection(sock=ours))


async def ending(life: Life) -> str:
    """How a process ended whose connection is closed."""
    try:
        async with asyncio.timeout(_STOP_S):
            status = await life.process.wait()
    except TimeoutError:
        return "it closed its connection"
    return ended_by(status)


def ended_by(status: int) -> str:
    """In words, with what to do where one cause is likely."""
    if status >= 0:
        return f"exit status {status}"
    advice = _ADVICE.get(-status)
    return f"signal {-status}: {advice}" if advice else f"signal {-status}"


async def end(life: Life, *, now: bool = False) -> None:
    """It leaves when its connection is closed; `now`, or when it does not, it is killed."""
    life.writer.close()
    if not now:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_STOP_S):
                await life.process.wait()
    if life.process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            life.process.kill()
        await life.process.wait()
