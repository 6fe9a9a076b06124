"""Questions as sound, for rooms that fetch it ahead: from a folder, or from a program that speaks.

In: a room's request for a question that it was given. Out: one file, in pieces. Few at a time, each
bounded, and those that were made are kept for the next room that asks the same.
"""

from __future__ import annotations

import asyncio
import hashlib
from asyncio.subprocess import DEVNULL, PIPE
from collections import OrderedDict
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import structlog

from central.config import Config
from central.storage.given_questions import given
from central.storage.pool import Pool
from central.storage.rooms import AgentRow
from daedam.v1 import room_pb2

PIECE_BYTES: Final = 64 * 1024
MOST_BYTES: Final = 8 << 20
"""Of one sound: three minutes of raw speech."""
KEPT_BYTES: Final = 64 << 20
AT_ONCE: Final = 2
"""Programs that speak beside a gateway's own work."""
ENDINGS: Final = (".wav", ".flac", ".ogg", ".opus")
MAGIC: Final = (b"RIFF", b"fLaC", b"OggS")

_log = structlog.get_logger(__name__)


class NoSound(Exception):
    """Central has no sound of it, and the room speaks itself."""


class QuestionSounds:
    """For agents that were admitted: each gets what its own room was given to ask."""

    def __init__(self, pool: Pool, config: Config) -> None:
        self._pool, self._voice = pool, config.voice
        self._folder = None if config.voice.prepared is None else config.path(config.voice.prepared)
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._making = asyncio.Semaphore(AT_ONCE)

    async def pieces(
        self, request: room_pb2.FetchSpeechRequest, agent: AgentRow
    ) -> AsyncIterator[room_pb2.FetchSpeechResponse]:
        """The sound of the question. Raises `NoSound`."""
        if not self._voice.command and self._folder is None:
            raise NoSound("central does not speak questions")
        language, text = await self._asked(request, agent)
        data = await self._sound(language, text)
        sha256 = hashlib.sha256(data).digest()
        for at in range(0, len(data), PIECE_BYTES):
            piece = room_pb2.FetchSpeechResponse(data=data[at : at + PIECE_BYTES])
            if not at:
                piece.size_bytes, piece.sha256 = len(data), sha256
            yield piece

    async def _asked(
        self, request: room_pb2.FetchSpeechRequest, agent: AgentRow
    ) -> tuple[str, str]:
        """Two letters of the language, and the text."""
        interview, question = _number(request.interview_id), _number(request.question_id)
        if interview is not None and question is not None:
            async with self._pool.connection() as conn:
                found = await given(conn, agent.room_id, interview, question)
            if found is not None:
                language = _letters(found.language)
                if bytes.fromhex(content_hash(found.text, language)) == request.text_sha256:
                    return language, found.text
        raise NoSound("this room was not given such a question")

    async def _sound(self, language: str, text: str) -> bytes:
        name = content_hash(text, language)
        data = self._kept.get(name) or await asyncio.to_thread(self._prepared, name)
        if not data:
            async with self._making:
                data = self._kept.get(name) or await self._rendered(language, text)
        self._kept[name] = data
        self._kept.move_to_end(name)
        while sum(map(len, self._kept.values())) > KEPT_BYTES:
            self._kept.popitem(last=False)
        return data

    def _prepared(self, name: str) -> bytes:
        for ending in ENDINGS if self._folder is not None else ():
            file = Path(self._folder or "", name + ending)
            if file.is_file() and file.stat().st_size <= MOST_BYTES:
                return file.read_bytes()
        return b""

    async def _rendered(self, language: str, text: str) -> bytes:
        if not self._voice.command:
            raise NoSound("no sound of this question was prepared")
        command = [one.replace("{language}", language) for one in self._voice.command]
        try:
            data = await _said(command, text, self._voice.timeout_s)
        except (OSError, TimeoutError, ValueError) as error:
            why = str(error) or "it did not end in time"
            _log.warning("voice.command does not speak", program=command[0], why=why)
            raise NoSound("central's voice failed; its log says how") from error
        return data


async def _said(command: list[str], text: str, timeout_s: float) -> bytes:
    """What the program writes. The text goes through standard input: it is only data."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, limit=MOST_BYTES
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        async with asyncio.timeout(timeout_s):
            process.stdin.write(text.encode())
            process.stdin.close()
            data = await _read(process.stdout)
            await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        raise ValueError(f"it ended with status {process.returncode}")
    if not data.startswith(MAGIC):
        raise ValueError("it wrote neither WAV, FLAC nor Ogg")
    return data


async def _read(stream: asyncio.StreamReader) -> bytes:
    data = bytearray()
    while piece := await stream.read(PIECE_BYTES):
        data += piece
        if len(data) > MOST_BYTES:
            raise ValueError(f"it wrote more than {MOST_BYTES} bytes")
    return bytes(data)


def content_hash(text: str, language: str) -> str:
    """As rooms name it: `FetchSpeechRequest.text_sha256` in hexadecimal."""
    return hashlib.sha256(f"{_letters(language)}\n{text}".encode()).hexdigest()


def _letters(language: str) -> str:
    first = language.split("-", maxsplit=1)[0].lower()
    return first if first.isascii() and first.isalpha() else "en"


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
