"""The interview that is open, on disk beside the spool: a killed agent goes on with it.

One file, replaced as a whole and synced before the interview goes on. Its time of change says when the
room was last alive: who sits there after a long absence is not known, and nobody is recorded then.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import structlog

from edge_agent.config import Spool as SpoolSettings
from edge_agent.interview.memory import Memory, decode
from edge_agent.interview.steps import Resumed
from edge_agent.service import clock
from edge_agent.telemetry.registry import TimedFiles
from edge_agent.uplink.durable.places import UNFINISHED
from edge_agent.uplink.durable.spool import DurableSpool, Now, real_now

FILE = "interview.json"
AWAY_S = 180.0
"""A room that was away for longer does not go on: a PC has started again in half of that."""
ALIVE_S = 1.0
"""How often the file says that the room is alive."""

log = structlog.get_logger(__name__)


class MemoryFile:
    """`recalled` is the interview to go on with; None where there is none."""

    def __init__(self, folder: Path, away_s: float = AWAY_S) -> None:
        """`away_s`: an agent that was away for longer does not go on."""
        self._file = folder / FILE
        self._away_s = away_s
        self._kept: Memory | None = None
        self._alive_s = 0.0
        self._from_ns = clock.mono_ns()
        self.recalled = self._recall()

    def keep(self, memory: Memory | None) -> None:
        """Durable when it returns; a few milliseconds at each step of an interview. A disk that does not
        keep it costs no interview: the spool has the last word on disks.
        """
        try:
            if memory != self._kept:
                self._write(memory)
                self._kept = memory
            elif memory is not None and time.monotonic() - self._alive_s > ALIVE_S:
                os.utime(self._file)
                self._alive_s = time.monotonic()
        except OSError as error:
            log.warning("a killed agent could not go on with this interview", why=error.strerror)

    def resume(self, tell: Callable[[Resumed], None]) -> None:
        """Tell the runner where to go on, where there is something to go on with."""
        memory, self.recalled = self.recalled, None
        if memory is None:
            self._write(None)
            return
        log.warning("going on with an interview", interview=memory.plan.interview_id)
        self._kept = memory
        tell(Resumed(memory, self._from_ns, clock.mono_ns()))

    def _recall(self) -> Memory | None:
        try:
            away_s = time.time() - self._file.stat().st_mtime
            memory = decode(self._file.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            log.warning("the open interview cannot be read; it is closed", why=str(error))
            return None
        if not 0 <= away_s <= self._away_s:
            log.warning("the room was away for too long; the interview is closed", away_s=away_s)
            return None
        self._from_ns = max(0, clock.mono_ns() - int(away_s * 1e9))
        return memory

    def _write(self, memory: Memory | None) -> None:
        if memory is None:
            with suppress(FileNotFoundError):
                self._file.unlink()
                self._sync_folder()
            return
        new = self._file.with_name(FILE + UNFINISHED)
        fd = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            os.write(fd, memory.encode())
            os.fsync(fd)
        finally:
            os.close(fd)
        new.replace(self._file)
        self._sync_folder()

    def _sync_folder(self) -> None:
        folder = os.open(self._file.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def open_spool(
    settings: SpoolSettings, *, away_s: float = AWAY_S, now: Now | None = None
) -> tuple[DurableSpool, MemoryFile]:
    """The spool, which closes interviews that a killed agent left open, but for the one that goes on;
    raises what `DurableSpool` raises. `now`: what time records are said to be of.
    """
    memory = MemoryFile(settings.folder, away_s)
    open_id = memory.recalled.plan.interview_id if memory.recalled else ""
    spool = DurableSpool(
        settings.folder,
        settings.limit_bytes,
        files=TimedFiles(),
        goes_on=open_id,
        now=now or real_now,
    )
    return spool, memory
