"""A candidate at rest: medians of face and voice, with what stands behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from statistics import median

from edge_agent.flow import FrameReading, Neutral

VOICED_P = 0.5
VOICE_FRAME_MS = 32


class Rest:
    """Fed while a candidate looks at still points, and while they read aloud."""

    def __init__(self) -> None:
        self._frames: list[FrameReading] = []
        self._levels: list[float] = []

    @property
    def voiced_ms(self) -> int:
        """How much voice was heard."""
        return len(self._levels) * VOICE_FRAME_MS

    def see(self, reading: FrameReading) -> None:
        """A frame with a face and open eyes counts."""
        if reading.faces and not (reading.eyes and reading.eyes.closed):
            self._frames.append(reading)

    def hear(self, probability: float, level_dbfs: float) -> None:
        """32 ms of sound; what is no voice does not count."""
        if probability >= VOICED_P:
            self._levels.append(level_dbfs)

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
        )

    def _median(self, read: Callable[[FrameReading], float | None]) -> float | None:
        known = _known(map(read, self._frames))
        return median(known) if known else None


def _known(values: Iterable[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def _openness(reading: FrameReading) -> float | None:
    eyes = reading.eyes
    return (eyes.left_openness + eyes.right_openness) / 2 if eyes else None
