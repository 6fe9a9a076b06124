"""A source process with its network, started again whenever it dies, and its promises."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path

from tests.fakes.fault_proxy import FaultProxy
from tests.faults.promises import Promises
from tests.faults.source import BROKEN, Orders
from tests.story.processes import ROOT

RESTART_S = 0.2
AFTER_BROKEN_S = 1.0
LONGEST_LINE = 1 << 22


class SourceRoom:
    """`promises` holds what was read from the process: what it printed and we did not read, it never
    told.
    """

    def __init__(self, code: str, folder: Path, proxy: FaultProxy) -> None:
        self.code, self.folder, self.proxy = code, folder, proxy
        self.promises = Promises(code)
        self.log = folder.parent / f"{code}.log"  # beside: the folder's disk may be full
        self.broken = 0
        """How often it ended because the disk did not keep records."""
        self.pid = 0
        self._progress = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[SourceRoom]:
        """Lives inside the block, one life after the other."""
        lives = asyncio.create_task(self._lives())
        try:
            yield self
        finally:
            lives.cancel()
            await asyncio.gather(lives, return_exceptions=True)

    def kill(self, how: signal.Signals = signal.SIGKILL) -> bool:
        """Whether there was a process to signal."""
        if not self.pid:
            return False
        with suppress(ProcessLookupError):
            os.kill(self.pid, how)
            return True
        return False

    async def delivered(self, goal: int) -> float:
        """Wait until central has everything up to `goal`; when that was (time.monotonic)."""
        while self.promises.acked < goal:
            self._progress.clear()
            await self._progress.wait()
        return time.monotonic()

    async def told(self, goal: int) -> None:
        """Wait until it has told records up to `goal`."""
        while self.promises.last < goal:
            self._progress.clear()
            await self._progress.wait()

    async def rest(self) -> None:
        """Append nothing any more, and wait until central has all that is on disk: also what was made
        durable in the last instant and never told. Raises `TimeoutError`.
        """
        replace(Orders.read(self.folder), records_s=0).write(self.folder)
        began = self.promises.began
        self.kill()
        while self.promises.began == began:
            self._progress.clear()
            await self._progress.wait()
        await self.delivered(self.promises.held)

    async def _lives(self) -> None:
        with self.log.open("ab") as log:
            while True:
                process = await asyncio.create_subprocess_exec(
                    *(sys.executable, "-m", "tests.faults.source", str(self.folder)),
                    stdin=asyncio.subprocess.DEVNULL,
                    stdout=asyncio.subprocess.PIPE,
                    stderr=log,
                    cwd=ROOT,
                    limit=LONGEST_LINE,
                    env={**os.environ, "NO_COLOR": "1"},
                )
                self.pid = process.pid
                try:
                    await self._listen(process)
                    self._judge(await process.wait())
                finally:
                    self.pid = 0
                    with suppress(ProcessLookupError):
                        process.kill()
                    await process.wait()
                await asyncio.sleep(AFTER_BROKEN_S if process.returncode == BROKEN else RESTART_S)

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout is not None
        async for line in process.stdout:
            if line.endswith(b"\n"):  # a killed writer may leave half of one
                self.promises.take(line.decode())
                self._progress.set()

    def _judge(self, status: int) -> None:
        if status == BROKEN:
            self.broken += 1
        elif status != -signal.SIGKILL:
            self.promises.problems.append(f"{self.code}: its process ended with status {status}")
