"""A room's air in simulated time: what its loudspeaker plays, its microphone hears."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import numpy as np

from edge_agent.flow import AudioChunk, Pcm
from edge_agent.kiosk.speaker import Played

RATE_HZ = 16_000
CHUNK = 320
NS_PER_SAMPLE = 1_000_000_000 // RATE_HZ
START_NS = 7_000_000_000


class RoomAir:
    """A speaker to say things with, and `blow` to let time pass. What is played arrives `delay_ms`
    later, `gain` as loud.
    """

    def __init__(self, *, gain: float = 0.5, delay_ms: int = 120) -> None:
        self.can_be_heard = True
        self._gain, self._delay = gain, delay_ms * RATE_HZ // 1000
        self._rng = np.random.default_rng(1)
        self._air = np.zeros(60 * RATE_HZ, dtype=np.float64)
        self._now = 0
        self._hushed = False
        self._passed = asyncio.Event()
        self.played = 0

    async def sound(self, text: str, language: str) -> tuple[Pcm, int]:
        """Syllables of a rhythm that the text alone decides."""
        rng = np.random.default_rng(len(text))
        parts = []
        for length in rng.integers(600, 3_000, size=24):
            parts += [rng.normal(0, 6_000, size=length), np.zeros(int(length) // 2)]
        return np.concatenate(parts).astype(np.int16), RATE_HZ

    async def play(self, pcm: Pcm, rate_hz: int) -> Played | None:
        self.played += 1
        from_ns, at = self._mono_ns(), self._now + self._delay
        self._air[at : at + len(pcm)] += pcm * self._gain
        until = self._now + len(pcm)
        while self._now < until and not self._hushed:
            self._passed.clear()
            await self._passed.wait()
        return Played(from_ns, self._mono_ns(), not self._hushed)

    def hush(self) -> None:
        self._hushed = True
        self._passed.set()

    async def blow(self, hear: Callable[[AudioChunk], None], *, until: Callable[[], bool]) -> None:
        """Time passes until then."""
        while not until():
            assert self._now < len(self._air) - RATE_HZ, "nothing came of it in a minute"
            noise = self._rng.normal(0, 30, size=CHUNK)
            pcm = (self._air[self._now : self._now + CHUNK] + noise).astype(np.int16)
            hear(AudioChunk(0, self._now, self._mono_ns(), pcm, False))
            self._now += CHUNK
            self._passed.set()
            # compare() and the codec work in threads, which time does not wait for
            await asyncio.sleep(0 if self._now % (10 * CHUNK) else 0.001)

    def _mono_ns(self) -> int:
        return START_NS + self._now * NS_PER_SAMPLE
