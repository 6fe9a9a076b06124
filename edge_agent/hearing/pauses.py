"""Pauses of somebody who speaks: silence with voice before and after it.

From 250 ms on, as F. Goldman-Eisler (Psycholinguistics, 1968) drew the line: shorter ones belong to
consonants. Silence before the first word and after the last one is no pause. The voice model lets go of
a voice about 120 ms late, so pauses are found that much too short.
"""

from __future__ import annotations

from edge_agent.hearing.turns import EXIT_PROBABILITY, PER_MS, START_PROBABILITY, START_SAMPLES
from edge_agent.hearing.vad import FRAME_SAMPLES

LEAST_PAUSE_MS = 250
_START_FRAMES = START_SAMPLES // FRAME_SAMPLES


class PauseMeter:
    """Follows one answer."""

    def __init__(self) -> None:
        self.begin()

    def begin(self) -> None:
        """An answer begins, or one ends: what was heard belongs to no pause."""
        self._at = 0
        self._voiced_frames = 0
        self._spoken = False
        self._silent_from: int | None = None

    def take(self, probability: float) -> int:
        """Milliseconds of the pause that this frame makes known to be over; 0 where it does not."""
        self._at += 1
        if probability < START_PROBABILITY:
            self._voiced_frames = 0
            if probability < EXIT_PROBABILITY and self._spoken and self._silent_from is None:
                self._silent_from = self._at
            return 0
        self._voiced_frames += 1
        return self._voice_is_back() if self._voiced_frames == _START_FRAMES else 0

    def _voice_is_back(self) -> int:
        silent_from, self._silent_from = self._silent_from, None
        self._spoken = True
        if silent_from is None:
            return 0
        began = self._at - _START_FRAMES + 1
        pause_ms = (began - silent_from) * FRAME_SAMPLES // PER_MS
        return pause_ms if pause_ms >= LEAST_PAUSE_MS else 0
