"""One supervised child: started, watched, restarted, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import time
from asyncio.subprocess import DEVNULL, PIPE, STDOUT, Process
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from central.errors import StartError
from central.supervisor.listener import listening
from central.supervisor.notify import ADDRESS_KEY
from central.supervisor.spec import ATTEMPTS_BEFORE_READY, Spec, pause_s

LINES_KEPT = 50
_LONGEST_LINE = 1 << 20
_PROBE_S = 0.02
_STUCK_STOP_S = 5.0
"""Who gives no sign of life is not given long to stop either."""
_STEADY_S = 30.0
"""A life this long ends a row of failures: the next pause is short again."""

Log = Callable[[str, str], None]
"""`log(role, line)`."""


class Child:
    """Runs a `Spec` until it is left. `address` is what the child announced (empty: nothing)."""

    def __init__(self, spec: Spec, sockets: Path, log: Log) -> None:
        self.spec = spec
        self.address = ""
        self.pid = 0
        self.starts = 0
        self._socket = sockets / f"{spec.name}.sock"
        self._log = log
        self._ready = asyncio.Event()
        self._beat_s = 0.0
        self._last: deque[str] = deque(maxlen=LINES_KEPT)
        self._task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[Child]:
        """Started on entry (not yet ready), stopped on exit."""
        self._task = asyncio.create_task(self._lives(), name=self.spec.name)
        try:
            yield self
        finally:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError, StartError):
                await self._task

    async def ready(self) -> str:
        """Wait for the first READY; the address. Raises `StartError` with the child's last lines."""
        if self._task is None:
            raise RuntimeError("not running")
        waiting = asyncio.create_task(self._ready.wait())
        await asyncio.wait({waiting, self._task}, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        if self._task.done():
            self._task.result()
        return self.address

    async def _lives(self) -> None:
        """One life after the other; raises `StartError` only while the child was never ready."""
        failures, ever_ready = 0, False
        while True:
            begun_s = time.monotonic()
            why = await self._life()
            ever_ready = ever_ready or self._ready.is_set()
            self._ready.clear()
            failures = 1 if time.monotonic() - begun_s > _STEADY_S else failures + 1
            if not ever_ready and failures >= ATTEMPTS_BEFORE_READY:
                tail = "\n".join(f"    {line}" for line in self._last)
                raise StartError(
                    self.spec.name,
                    f"{why}; {failures} attempts, never ready. Its last lines:\n{tail}",
                )
            pause = pause_s(failures)
            self._log(self.spec.name, f"-- {why}; starting again in {pause:.1f} s")
            await asyncio.sleep(pause)

    async def _life(self) -> str:
        """From start to end of one process; why it ended."""
        try:
            await asyncio.to_thread(self.spec.prepare)
            command = self.spec.command()
        except (StartError, OSError) as error:
            self._last.append(str(error))
            return str(error)
        async with listening(self._socket, self._told):
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=DEVNULL,
                stdout=PIPE,
                stderr=STDOUT,
                env=self._environment(),
                start_new_session=True,  # Ctrl-C reaches the supervisor alone
                limit=_LONGEST_LINE,
            )
            self.pid, self.starts, self._beat_s = process.pid, self.starts + 1, time.monotonic()
            pump = asyncio.create_task(self._pump(process))
            asking = asyncio.create_task(self._ask(process.pid))
            stop_s = self.spec.stop_s
            try:
                return await self._watch(process)
            except _Silent as silent:
                stop_s = min(stop_s, _STUCK_STOP_S)
                return str(silent)
            finally:
                asking.cancel()
                await self._stop(process, stop_s)
                await asyncio.wait({pump}, timeout=1)  # a grandchild may hold the pipe
                pump.cancel()

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "NOTIFY_SOCKET": str(self._socket),
            "WATCHDOG_USEC": str(int(self.spec.watchdog_s * 1e6)),
            "PYTHONUNBUFFERED": "1",
        }

    async def _watch(self, process: Process) -> str:
        ended = asyncio.create_task(process.wait())
        try:
            while True:
                probing = self.spec.probe is not None and not self._ready.is_set()
                done, _ = await asyncio.wait({ended}, timeout=_PROBE_S if probing else 0.25)
                if done:
                    return _ending(process.returncode or 0)
                if probing and self.spec.probe is not None:
                    found = self.spec.probe(process.pid)
                    if found is not None:
                        self._told({"READY": "1", ADDRESS_KEY: found})
                silent_s = time.monotonic() - self._beat_s
                if not self._ready.is_set() and silent_s > self.spec.ready_s:
                    return f"not ready after {self.spec.ready_s:.0f} s"
                watched = self.spec.probe is None or self.spec.answers is not None
                if watched and silent_s > self._patience_s():
                    raise _Silent(f"no sign of life for {silent_s:.0f} s")
        finally:
            ended.cancel()

    async def _ask(self, pid: int) -> None:
        """Whether it serves or is about to, for who does not say so by itself."""
        while self.spec.answers is not None:
            await asyncio.sleep(self.spec.watchdog_s / 4)
            if await asyncio.to_thread(self.spec.answers, pid):
                self._beat_s = time.monotonic()

    def _patience_s(self) -> float:
        asked = self.spec.answers is not None
        return self.spec.watchdog_s if asked or self._ready.is_set() else self.spec.ready_s

    def _told(self, news: dict[str, str]) -> None:
        self._beat_s = time.monotonic() if self._ready.is_set() or "READY" in news else self._beat_s
        if ADDRESS_KEY in news:
            self.address = news[ADDRESS_KEY]
        if news.get("READY") == "1":
            self._ready.set()

    async def _stop(self, process: Process, stop_s: float) -> None:
        for how, patience_s in ((self.spec.stop, stop_s), (signal.SIGKILL, 5.0)):
            if process.returncode is not None:
                break
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, how) if how is signal.SIGKILL else process.send_signal(how)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(patience_s):
                    await process.wait()
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # what it started and left behind

    async def _pump(self, process: Process) -> None:
        if process.stdout is None:
            return
        while True:
            try:
                line = await process.stdout.readline()
            except ValueError:
                line = b"(a line longer than 1 MiB)\n"
            if not line:
                return
            text = line.decode(errors="replace").rstrip()
            self._last.append(text)
            self._log(self.spec.name, text)


class _Silent(Exception):
    """A child gave no sign of life."""


def _ending(code: int) -> str:
    if code >= 0:
        return f"ended with status {code}"
    with contextlib.suppress(ValueError):
        return f"killed by {signal.Signals(-code).name}"
    return f"killed by signal {-code}"
