"""How loud a room is while nobody speaks in it."""

from __future__ import annotations

from collections import deque
from statistics import median

from edge_agent.flow import SAMPLE_RATE_HZ
from edge_agent.hearing.vad import FRAME_SAMPLES

FRAMES_PER_S = SAMPLE_RATE_HZ / FRAME_SAMPLES
REMEMBERED_FRAMES = round(10 * FRAMES_PER_S)
LEAST_FRAMES = round(0.5 * FRAMES_PER_S)
"""Of silence that make a floor."""
QUIET_PROBABILITY = 0.35
AFTER_VOICE_FRAMES = round(0.2 * FRAMES_PER_S)
"""Not counted after a voice: words fade, and rooms echo."""


class NoiseFloor:
    """Median level of the last 10 s that held no voice: a door that slams once does not move it."""

    def __init__(self) -> None:
        self._levels: deque[float] = deque(maxlen=REMEMBERED_FRAMES)
        self._since_voice = AFTER_VOICE_FRAMES

    def take(self, probability: float, level_dbfs: float) -> None:
        """The next 32 ms of sound that the room itself does not make."""
        if probability >= QUIET_PROBABILITY:
            self._since_voice = 0
            return
        self._since_voice += 1
        if self._since_voice > AFTER_VOICE_FRAMES:
            self._levels.append(level_dbfs)

    @property
    def dbfs(self) -> float | None:
        """None where too little silence was heard."""
        return median(self._levels) if len(self._levels) >= LEAST_FRAMES else None
