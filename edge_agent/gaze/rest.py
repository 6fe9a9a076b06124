"""A candidate at rest: medians of face and voice, with what stands behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median

from edge_agent.flow import FrameReading, Neutral, VoiceFrame

VOICED_P = 0.5
VOICE_FRAME_MS = 32
LEAST_RATE_MS = 1_000
"""Of voice, for a rate of syllables."""
LEAST_PITCHES = 10


class Rest:
    """Fed while a candidate looks at still points, and while they read aloud."""

    def __init__(self) -> None:
        self._frames: list[FrameReading] = []
        self._levels: list[float] = []
        self._pitches: list[float] = []
        self._syllables = 0

    @property
    def voiced_ms(self) -> int:
        """How much voice was heard."""
        return len(self._levels) * VOICE_FRAME_MS

    def see(self, reading: FrameReading) -> None:
        """A frame with a face and open eyes counts."""
        if reading.faces and not (reading.eyes and reading.eyes.closed):
            self._frames.append(reading)

    def hear(self, voice: VoiceFrame) -> None:
        """32 ms of sound; what is no voice does not count, but for the syllables that it completes."""
        said = voice.delivery
        self._syllables += said.syllables if said else 0
        if voice.probability < VOICED_P:
            return
        self._levels.append(voice.level_dbfs)
        if said is not None and said.pitch_hz is not None:
            self._pitches.append(said.pitch_hz)

    def neutral(self) -> Neutral | None:
        """None where nothing was measured."""
        if not self._frames and not self._levels:
            return None
        return Neutral(
            smile_ratio=self._median(lambda one: one.mouth.smile_ratio if one.mouth else None),
            brow_raise_ratio=self._median(lambda one: one.brows.raise_ratio if one.brows else None),
            brow_gap_ratio=self._median(lambda one: one.brows.gap_ratio if one.brows else None),
            eye_openness_ratio=self._median(_openness),
            frames=len(self._frames),
            voice_level_dbfs=median(self._levels) if self._levels else None,
            voiced_ms=self.voiced_ms,
            voice_pitch_hz=median(self._pitches) if len(self._pitches) >= LEAST_PITCHES else None,
            syllable_rate_hz=self._syllable_rate_hz(),
        )

    def _syllable_rate_hz(self) -> float | None:
        """None of too little voice, and where nobody looked for syllables."""
        if self.voiced_ms < LEAST_RATE_MS or not self._syllables:
            return None
        return self._syllables * 1_000 / self.voiced_ms

    def _median(self, read: Callable[[FrameReading], float | None]) -> float | None:
        known = _known(map(read, self._frames))
        return median(known) if known else None


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _openness(reading: FrameReading) -> float | None:
    eyes = reading.eyes
    return (eyes.left_openness + eyes.right_openness) / 2 if eyes else None
