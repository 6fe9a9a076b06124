"""Captions of the practice answer: heard, read by central, shown, and forgotten.

Nothing of it is a record, and nothing waits for it: where no words come, the practice goes on without.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import count
from typing import Final, Protocol

import structlog

from edge_agent.errors import EdgeError
from edge_agent.flow import (
    SAMPLE_RATE_HZ,
    AudioChunk,
    Caption,
    Codec,
    Feedback,
    FinalText,
    Pcm,
    Phase,
    VoiceFrame,
)
from edge_agent.hearing.codec import BLOCK_SAMPLES, FlacCodec
from edge_agent.hearing.practice import Due, PracticeSound
from edge_agent.interview import RunnerView
from edge_agent.kiosk.words import PRACTICE
from edge_agent.uplink.reading import Read

LOOK_S: Final = 0.1
CANDIDATE: Final = 0
"""Channel of the microphone before the candidate."""

log = structlog.get_logger(__name__)


class Reader(Protocol):
    """Central's recogniser; `edge_agent.uplink.reading.ReadingDoor` in a room."""

    async def read(
        self,
        language: str,
        codec: Codec,
        sample_rate_hz: int,
        extradata: bytes,
        packets: tuple[bytes, ...],
    ) -> Read | None:
        """What is said in it; None where nobody answers in time. Raises `EdgeError`."""
        ...


class Speaking(Protocol):
    """Who knows whether the room itself speaks, which is no answer; `edge_agent.hearing.ears.Ears`."""

    @property
    def playing(self) -> bool: ...


class Practice:
    """Listens while the practice answer is open, and only then."""

    def __init__(
        self,
        reader: Reader,
        room: Speaking,
        *,
        view: Callable[[], RunnerView],
        show: Callable[[Feedback], None],
    ) -> None:
        self._reader, self._room, self._view, self._show = reader, room, view, show
        self._sound = PracticeSound()
        self._ids = count(1)

    def hear(self, chunk: AudioChunk) -> None:
        """The next sound of the room's microphones."""
        if chunk.channel == CANDIDATE and self._open():
            self._sound.hear(chunk.pcm)

    def voice(self, frame: VoiceFrame) -> None:
        """Voice of the candidate's microphone."""
        if self._open():
            self._sound.voice(frame.probability)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(LOOK_S)
            if not self._open():
                self._sound.forget()
            elif due := self._sound.due():
                await self._read(due)

    def _open(self) -> bool:
        """From the end of the question on."""
        view = self._view()
        trying = view.trying if view.phase is Phase.PRACTISING else None
        return trying is not None and trying.listening_ms is not None and not self._room.playing

    async def _read(self, due: Due) -> None:
        view = self._view()
        language = view.language_chosen or view.language
        extradata, packets = await asyncio.to_thread(_packed, due.pcm)
        try:
            read = await self._reader.read(language, Codec.FLAC, SAMPLE_RATE_HZ, extradata, packets)
        except EdgeError as error:
            log.info("a practice answer has no captions", why=str(error))
            read = None
        self._sound.answered(in_time=read is not None)
        if read is None or not self._open():
            return
        if due.final:
            self._show(FinalText(PRACTICE, str(next(self._ids)), read.text, read.engine))
        else:
            self._show(Caption(PRACTICE, "", read.text, read.engine))


def _packed(pcm: Pcm) -> tuple[bytes, tuple[bytes, ...]]:
    """What a decoder needs, and the packets."""
    codec = FlacCodec()
    blocks = range(0, len(pcm), BLOCK_SAMPLES)
    packets = [one for at in blocks for one in codec.encode(pcm[at : at + BLOCK_SAMPLES])]
    return codec.extradata, tuple(packets)
