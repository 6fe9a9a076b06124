"""The known sentences said and heard by a running room, with what it has open already: its voice, its
loudspeaker, its microphone, its certificate.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final, Protocol, TypeAlias

import numpy as np

from edge_agent.doctor.apart import Unseen
from edge_agent.doctor.packed import packed
from edge_agent.doctor.sentence import (
    AFTER_S,
    BEFORE_S,
    SENTENCES,
    Heard,
    at_16_khz,
    compare,
    error_ratio,
)
from edge_agent.errors import DeviceError, EdgeError
from edge_agent.flow import SAMPLE_RATE_HZ, AudioChunk, Pcm, SentenceHeard
from edge_agent.kiosk.speaker import Played

MOST_S: Final = 40.0
"""Of sound that is listened to."""
SOUND_WITHIN_S: Final = 5.0
"""A microphone that gives less than this while it should is not one that hears."""
READ_WITHIN_S: Final = 20.0

Recognise: TypeAlias = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]
"""What central's recogniser reads, as `way.recognise`; raises `Unseen`, `EdgeError`."""


class Sounding(Protocol):
    """What is asked of the room's speaker."""

    async def sound(self, text: str, language: str) -> tuple[Pcm, int]:
        """A text as sound, and its rate. Raises `DeviceError`."""
        ...

    async def play(self, pcm: Pcm, rate_hz: int) -> Played | None:
        """Raises `DeviceError`; None where it was hushed before it sounded."""
        ...


class Ear:
    """Keeps what channel 0 of the room's microphone gives, from now on."""

    def __init__(self) -> None:
        self._parts: list[Pcm] = []
        self._samples = 0
        self._zero_ns: int | None = None
        self._more = asyncio.Event()

    def hear(self, chunk: AudioChunk) -> None:
        """The next sound of any channel; what comes after `MOST_S` is left out."""
        if chunk.channel or self._samples > MOST_S * SAMPLE_RATE_HZ:
            return
        self._zero_ns = chunk.mono_ns if self._zero_ns is None else self._zero_ns
        self._parts.append(chunk.pcm)
        self._samples += len(chunk.pcm)
        self._more.set()

    async def seconds(self, more_s: float) -> None:
        """Returns when so much more has come. Raises `DeviceError` where it does not."""
        until = self._samples + more_s * SAMPLE_RATE_HZ
        try:
            async with asyncio.timeout(more_s + SOUND_WITHIN_S):
                while self._samples < until:
                    self._more.clear()
                    await self._more.wait()
        except TimeoutError as error:
            raise DeviceError("microphone", "gives no sound.") from error

    def pcm(self) -> Pcm:
        """All of it."""
        return np.concatenate(self._parts) if self._parts else np.zeros(0, dtype=np.int16)

    def sample_at(self, mono_ns: int) -> int:
        """Which sample was taken then."""
        zero_ns = mono_ns if self._zero_ns is None else self._zero_ns
        return max(0, (mono_ns - zero_ns) * SAMPLE_RATE_HZ // 1_000_000_000)


async def hear_sentence(
    language: str, speaker: Sounding, ear: Ear, recognise: Recognise
) -> SentenceHeard:
    """Says the sentence of `language`, listens, and has it read. Raises `DeviceError`."""
    pcm, rate_hz = await speaker.sound(SENTENCES[language], language)
    await ear.seconds(BEFORE_S)
    played = await speaker.play(pcm, rate_hz)
    if played is None:
        raise DeviceError("speaker", "was hushed.")
    await ear.seconds(2 * AFTER_S)
    given_at = ear.sample_at(played.from_mono_ns)
    heard = ear.pcm()
    found = await asyncio.to_thread(compare, at_16_khz(pcm, rate_hz), heard, given_at)
    seen = _seen(language, found)
    if found.latency_ms is None:
        return seen
    return await _read(seen, heard[given_at:], recognise)


def _seen(language: str, found: Heard) -> SentenceHeard:
    return SentenceHeard(
        language=language,
        match=found.match,
        level_dbfs=found.level_dbfs,
        snr_db=found.snr_db,
        latency_ms=found.latency_ms,
    )


async def _read(seen: SentenceHeard, pcm: Pcm, recognise: Recognise) -> SentenceHeard:
    sound = await asyncio.to_thread(packed, pcm)
    try:
        async with asyncio.timeout(READ_WITHIN_S):
            read = await recognise(seen.language, sound)
    except TimeoutError:
        return replace(seen, unread="central did not answer in time")
    except (Unseen, EdgeError) as error:
        return replace(seen, unread=str(error))
    if not read["answered"]:
        return replace(seen, unread="no recogniser of this language answered")
    wrong = error_ratio(SENTENCES[seen.language], read["text"])
    return replace(seen, error_ratio=round(wrong, 3), engine=read["engine"])
