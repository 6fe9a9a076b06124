"""Reads a résumé in a process of its own, which is confined and ends with the file."""

from __future__ import annotations

import asyncio
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

import msgspec
import structlog

import central
from central.errors import ResumeError
from central.resumes.flow import Reading, Unreadable, problem_of
from central.resumes.limits import Limits

_PIECE: Final = 65_536
_OURS: Final = str(Path(central.__file__).resolve().parents[1])
_CPU_SIGNALS: Final = frozenset({-24, -9})
"""SIGXCPU, and SIGKILL of a kernel that wants memory back."""
_answer: msgspec.json.Decoder[Reading | Unreadable] = msgspec.json.Decoder(Reading | Unreadable)
_log = structlog.get_logger(__name__)


class ResumeReader(Protocol):
    """Understands files."""

    async def read(self, content: bytes) -> Reading:
        """What is in the file. Raises `ResumeError` saying why it cannot be read."""


class ConfinedReader:
    """A process for each file: whatever becomes of it, this one goes on."""

    def __init__(self, limits: Limits | None = None) -> None:
        self._limits = limits or Limits()

    async def read(self, content: bytes) -> Reading:
        """Raises `ResumeError`."""
        if len(content) > self._limits.most_bytes:
            raise ResumeError("too_long")
        answer = await self._answer_of(content)
        if isinstance(answer, Unreadable):
            raise ResumeError(answer.code)
        problem = problem_of(answer)
        if problem is not None:
            _log.error("what was read of a résumé does not hold", problem=problem)
            raise ResumeError("altered")
        return answer

    async def _answer_of(self, content: bytes) -> Reading | Unreadable:
        process = await _started(self._limits)
        try:
            async with asyncio.timeout(self._limits.wall_s):
                said = await _exchange(process, content, self._limits.most_answer_bytes)
                if said is None:
                    raise ResumeError("too_long")
                status = await process.wait()
        except TimeoutError as error:
            raise ResumeError("time") from error
        finally:
            await _end(process)
        if status in _CPU_SIGNALS:
            raise ResumeError("time")
        if status != 0:
            _log.warning("the process that read a résumé failed", status=status)
            raise ResumeError("crashed")
        try:
            return _answer.decode(said)
        except msgspec.DecodeError as error:
            raise ResumeError("altered") from error


async def _started(limits: Limits) -> Process:
    """With nothing of this process' surroundings, secrets of the environment among them."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-s", "-m", "central.resumes.child"),
        msgspec.json.encode(limits).decode(),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        cwd="/",
        env={
            "PYTHONPATH": _OURS,
            "PYTHONDONTWRITEBYTECODE": "1",
            "OPENBLAS_NUM_THREADS": "1",
            "OMP_NUM_THREADS": "1",
        },
    )


async def _exchange(process: Process, content: bytes, most_bytes: int) -> bytes | None:
    """Gives it the file and takes what it says; None: too much. It reads all before it says a word."""
    assert process.stdin is not None
    assert process.stdout is not None
    with suppress(ConnectionError):
        process.stdin.write(content)
        await process.stdin.drain()
        process.stdin.close()
    said = bytearray()
    while piece := await process.stdout.read(_PIECE):
        said += piece
        if len(said) > most_bytes:
            return None
    return bytes(said)


async def _end(process: Process) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
