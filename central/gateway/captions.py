"""Live captions of one room: its open utterance is read by whichever speech worker is free.

Nothing is kept for it anywhere else: the sound and the agreement live here, and a caption that comes
late or never costs nothing but itself.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final, Protocol

from central.bus.captions import CaptionReply, CaptionRequest
from central.bus.events import CaptionChanged
from central.gateway.open_utterance import OpenSound, OpenUtterance
from central.interview.facts import (
    AnswerEnded,
    AudioBlock,
    AudioFormat,
    Consent,
    Record,
    TurnEvent,
    Utterance,
)
from central.speech.agreement import Agreement

TIMEOUT_S: Final = 1.5


class CaptionReader(Protocol):
    """Reads open utterances; `central.bus.bus.Bus` in production."""

    async def request_caption(
        self, language: str, request: CaptionRequest, timeout_s: float
    ) -> CaptionReply | None:
        """What is said in it; None where nobody answers in time."""


class Captioner:
    """Follows one room's records as they arrive, before they are committed."""

    def __init__(
        self,
        room: str,
        reader: CaptionReader,
        language_of: Callable[[int], Awaitable[str | None]],
        publish: Callable[[CaptionChanged], Awaitable[None]],
    ) -> None:
        self._room = room
        self._reader = reader
        self._language_of = language_of
        self._publish = publish
        self._open = OpenUtterance()
        self._agreement = Agreement()
        self._interview_id = 0
        self._language: str | None = None
        self._turn_key = ""
        self._generation = 0
        self._due: OpenSound | None = None
        self._wake = asyncio.Event()

    def follow(self, record: Record) -> None:
        """Takes in a record; never waits."""
        match record.fact:
            case AudioFormat() as audio:
                self._open.use(audio)
            case AudioBlock() as block:
                self._open.hear(block)
                self._wake.set()
            case Utterance() as said:
                self._next_utterance()
                self._open.ended(said.end_sample)
                self._language = said.language or self._language
            case TurnEvent(kind="answer_opened") as event:
                self._begin(record.interview_id or 0, event.turn_key)
            case AnswerEnded() | TurnEvent(kind="interview_finished") | Consent(recording=False):
                self._next_utterance()
                self._open.listen(on=False)
            case _:
                return

    async def run(self) -> None:
        """Has the open utterance read, one request at a time, until cancelled."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            sound = self._open.due()
            if sound is not None:
                await self._read(sound)

    async def _read(self, sound: OpenSound) -> None:
        language = await self._known_language()
        if language is None:
            return
        generation, turn_key = self._generation, self._turn_key
        request = CaptionRequest(
            language=language,
            codec=sound.audio.codec,
            sample_rate_hz=sound.audio.sample_rate_hz,
            extradata=sound.audio.extradata,
            packets=sound.packets,
        )
        reply = await self._reader.request_caption(language, request, TIMEOUT_S)
        self._open.answered(in_time=reply is not None and not reply.busy)
        if reply is None or reply.busy or generation != self._generation:
            return
        stable, tail = self._agreement.update(reply.text)
        await self._publish(
            CaptionChanged(
                room=self._room,
                interview_id=str(self._interview_id),
                turn_id=turn_key,
                stable=stable,
                tail=tail,
                engine=reply.engine,
                wall_ns=time.time_ns(),
            )
        )

    async def _known_language(self) -> str | None:
        if self._language is None and self._interview_id:
            self._language = await self._language_of(self._interview_id)
        return self._language

    def _begin(self, interview_id: int, turn_key: str) -> None:
        self._next_utterance()
        if interview_id != self._interview_id:
            self._language = None
        self._interview_id = interview_id
        self._turn_key = turn_key
        self._open.listen(on=True)

    def _next_utterance(self) -> None:
        self._generation += 1
        self._agreement.reset()
