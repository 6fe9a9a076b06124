"""A voice through a loudspeaker: one text at a time, in the order asked."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from threading import Event

import numpy as np

from edge_agent.config import Speaker
from edge_agent.flow import Pcm
from edge_agent.kiosk.ahead import SpeechAhead
from edge_agent.kiosk.playback import Player, SilentPlayer, choose_player
from edge_agent.kiosk.speaker import Played, SpeechVoice
from edge_agent.kiosk.voices import choose_voice

LEAST_PERCENT, MOST_PERCENT = 10, 100
"""Of the volume; a room never falls silent by a press."""


class RoomSpeaker:
    """A `Speaker`: renders with `voice`, plays through `player`."""

    def __init__(
        self,
        voice: SpeechVoice,
        player: Player,
        *,
        volume_percent: int = MOST_PERCENT,
        mono_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        self.name = f"{voice.name}, {player.name}"
        self._voice, self._player, self._mono_ns = voice, player, mono_ns
        self._turn = asyncio.Lock()
        self._stop = Event()
        self._volume_percent = MOST_PERCENT
        self.set_volume(volume_percent)

    @property
    def can_be_heard(self) -> bool:
        """Whether there is a loudspeaker behind it."""
        return not isinstance(self._player, SilentPlayer)

    @property
    def volume_percent(self) -> int:
        """How loud the next text is, `LEAST_PERCENT` to `MOST_PERCENT`."""
        return self._volume_percent

    def set_volume(self, percent: int) -> None:
        """From the next text on; what lies outside the range becomes its end."""
        self._volume_percent = min(max(percent, LEAST_PERCENT), MOST_PERCENT)

    async def say(self, text: str, language: str) -> Played | None:
        """See `Speaker.say`."""
        stop = self._stop  # what a hush from now on sets
        async with self._turn:
            if stop.is_set():
                return None
            pcm, rate_hz = await self._voice.render(text, language)
            return await self._play(pcm, rate_hz, stop)

    async def sound(self, text: str, language: str) -> tuple[Pcm, int]:
        """What `say` would play, and its rate in Hz. Raises `DeviceError`."""
        return await self._voice.render(text, language)

    async def play(self, pcm: Pcm, rate_hz: int) -> Played | None:
        """Sound in place of a text; else as `say`."""
        stop = self._stop
        async with self._turn:
            return await self._play(pcm, rate_hz, stop)

    async def _play(self, pcm: Pcm, rate_hz: int, stop: Event) -> Played | None:
        if stop.is_set():
            return None
        from_ns = self._mono_ns()
        await self._player.play(louder(pcm, self._volume_percent), rate_hz, _Either(stop))
        return Played(from_ns, self._mono_ns(), complete=not stop.is_set())

    def hush(self) -> None:
        """See `Speaker.hush`."""
        self._stop.set()
        self._stop = Event()


def room_speaker(settings: Speaker, ahead: SpeechAhead | None = None) -> RoomSpeaker:
    """As `[speaker]` has it; `ahead` holds what came from central."""
    voice, player = choose_voice(settings, ahead), choose_player(settings.output)
    return RoomSpeaker(voice, player, volume_percent=settings.volume_percent)


def louder(pcm: Pcm, percent: int) -> Pcm:
    """At so much of the full volume. By its square: half sounds about half as loud (-12 dB)."""
    if percent >= MOST_PERCENT:
        return pcm
    return np.round(pcm * (percent / MOST_PERCENT) ** 2).astype(np.int16)


class _Either(Event):
    """A stop of its own that also heeds the speaker's: a player may set it when it is through."""

    def __init__(self, other: Event) -> None:
        super().__init__()
        self._other = other

    def is_set(self) -> bool:
        return super().is_set() or self._other.is_set()
