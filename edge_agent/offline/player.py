"""The agent's side of one file: starts the process that looks at it, and believes nothing that it says
without a bound.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import stat
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from edge_agent.errors import EdgeError
from edge_agent.framing import packed
from edge_agent.offline.limits import Limits
from edge_agent.offline.messages import (
    About,
    Begin,
    Ended,
    Heard,
    Refused,
    Seen,
    Taken,
    Up,
    Working,
    receive_up,
)
from edge_agent.offline.preset import Preset
from edge_agent.vision.settings import VisionSettings

_KEPT_ENVIRONMENT = ("PATH", "PYTHONPATH", "HOME", "LANG", "DAEDAM_MODELS", "LD_LIBRARY_PATH")
_MOST_LOOKS = 8
"""Of one frame: kinds of looks, with room to grow."""
_RATE_HZ = 16_000


class VideoRefused(EdgeError):
    """This file cannot be looked at, or only up to a point. `code` is stable, `why` one sentence."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(f"the video is refused: {why}")
        self.code, self.why = code, why


class Player:
    """One file, once."""

    def __init__(
        self,
        file: Path,
        settings: VisionSettings,
        *,
        preset: Preset,
        limits: Limits,
        from_ns: int = 0,
        confine: bool = True,
    ) -> None:
        """Nothing is opened yet. `from_ns`: frames before this media time are left out."""
        self._file, self._limits = file, limits
        self._begin = Begin(settings, limits, preset.every, preset.looks_share, from_ns, confine)
        self._taken = self._seen = self._looked = 0
        self._samples = 0
        self.pid: int | None = None

    async def messages(self) -> AsyncIterator[Up]:
        """What the process says, in the order of media time; `Ended` is the last.

        Raises `VideoRefused`: it is no video, or the process died or stood still (crashed, stuck).
        """
        fd = _handle(self._file, self._limits)
        ours, theirs = socket.socketpair()
        try:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "edge_agent.offline", str(theirs.fileno()), str(fd)),
                pass_fds=(theirs.fileno(), fd),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=None
                if os.environ.get("DAEDAM_VISION_STDERR")
                else asyncio.subprocess.DEVNULL,
                env=_environment(),
                start_new_session=True,
            )
        finally:
            theirs.close()
            os.close(fd)
        self.pid = process.pid
        reader, writer = await asyncio.open_connection(sock=ours)
        try:
            writer.write(packed(self._begin))
            async for message in self._watched(reader):
                yield message
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            writer.close()

    async def _watched(self, reader: asyncio.StreamReader) -> AsyncIterator[Up]:
        patience_s = self._limits.start_timeout_s
        while True:
            try:
                async with asyncio.timeout(patience_s):
                    message = await receive_up(reader)
            except TimeoutError:
                why = f"it was looked at for {patience_s:g} s without getting anywhere"
                raise VideoRefused("stuck", why) from None
            except EOFError:
                why = "what looked at it came to an end: it is damaged, or wants too much memory or time"
                raise VideoRefused("crashed", why) from None
            if isinstance(message, Refused):
                raise VideoRefused(message.code[:40], message.why[:300])
            self._check(message)
            if isinstance(message, Taken) and message.last:
                patience_s = self._limits.patience_s
            if not isinstance(message, Working):
                yield message
            if isinstance(message, Ended):
                return

    def _check(self, message: Up) -> None:
        """A process that was taken over may say anything; no more than a file that long can hold."""
        match message:
            case About():
                good = 0 <= message.span_ns <= self._limits.longest_s * 1e9 + 1e9
            case Taken():
                self._taken += len(message.at_us)
                good = self._taken <= self._limits.most_frames
            case Seen():
                self._seen += 1
                good = self._seen <= self._taken and 0 <= message.reading.frame_index < self._taken
            case Heard():
                good = message.at_sample >= self._samples and len(message.pcm) % 2 == 0
                self._samples = message.at_sample + len(message.pcm) // 2
                good = good and self._samples <= (self._limits.longest_s + 60) * _RATE_HZ
            case Working() | Ended() | Refused():
                good = True
            case _:
                self._looked += 1
                good = self._looked <= self._seen * _MOST_LOOKS
        if not good:
            raise VideoRefused("crashed", "what looked at it says what cannot be")


def _handle(file: Path, limits: Limits) -> int:
    """Opened for reading. Raises `VideoRefused`."""
    try:
        fd = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise VideoRefused("not_readable", f"it cannot be opened ({error.strerror})") from error
    found = os.fstat(fd)
    if stat.S_ISREG(found.st_mode) and 0 < found.st_size <= limits.most_bytes:
        return fd
    os.close(fd)
    if not stat.S_ISREG(found.st_mode):
        raise VideoRefused("not_a_video", "it is no file")
    if not found.st_size:
        raise VideoRefused("not_a_video", "it is empty")
    most = limits.most_bytes // 1_000_000
    raise VideoRefused(
        "file_too_large", f"it has {found.st_size / 1e6:.0f} MB; {most} are the most"
    )


def _environment() -> dict[str, str]:
    """No more of ours than it needs: no credentials, no addresses."""
    kept = {name: os.environ[name] for name in _KEPT_ENVIRONMENT if name in os.environ}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "OPENBLAS_NUM_THREADS": "1"}
