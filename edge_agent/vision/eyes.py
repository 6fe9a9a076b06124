"""Eye openness and blinks.

Openness is the eye aspect ratio (Soukupova and Cech 2016): mean lid distance over corner distance.
A blink is a dip below a share of the candidate's own open eyes, and back up (hysteresis).
"""

from __future__ import annotations

from collections import deque

import numpy as np

from edge_agent.flow import Eyes
from edge_agent.vision.canonical import Points

# outer corner, two upper lid points, inner corner, the lower lid points under them
_RIGHT = (33, 160, 158, 133, 153, 144)
_LEFT = (263, 387, 385, 362, 380, 373)
_CLOSES, _OPENS = 0.65, 0.80
_LONGEST_NS = 500_000_000
_APART_NS = 80_000_000
_LOST_NS = 500_000_000
_MEMORY = 300
_WARM = 8
_EVERY = 6
_OPEN_PERCENTILE = 75


def openness(landmarks: Points) -> tuple[float, float]:
    """Eye aspect ratio of the candidate's left and right eye, from pixels (478, >=2)."""
    return _ratio(landmarks, _LEFT), _ratio(landmarks, _RIGHT)


def _ratio(landmarks: Points, eye: tuple[int, ...]) -> float:
    outer, up1, up2, inner, down2, down1 = landmarks[list(eye), :2]
    lids = float(np.linalg.norm(up1 - down1) + np.linalg.norm(up2 - down2))
    return lids / (2 * max(float(np.linalg.norm(outer - inner)), 1e-6))


class BlinkReader:
    """Turns openness over time into closed, and one `blink_ended` per blink.

    The baseline is an upper percentile of the last 300 open-eyed frames. A dip longer than 500 ms
    is closed eyes, not a blink; a blink within 80 ms of another is the same one.
    """

    def __init__(self) -> None:
        self._open: deque[float] = deque(maxlen=_MEMORY)
        self._baseline: float | None = None
        self._seen = 0
        self._closed_ns: int | None = None
        self._last_ns: int | None = None
        self._ended_ns: int | None = None

    def read(self, left: float, right: float, mono_ns: int) -> Eyes:
        """One frame; `mono_ns` increases."""
        if self._last_ns is not None and mono_ns - self._last_ns > _LOST_NS:
            self._closed_ns = None
        self._last_ns = mono_ns
        both = (left + right) / 2
        ended = self._step(both, mono_ns)
        if self._closed_ns is None:
            self._learn(both)
        return Eyes(left, right, self._closed_ns is not None, ended)

    def _step(self, both: float, mono_ns: int) -> bool:
        if self._baseline is None:
            return False
        if self._closed_ns is None:
            if both < _CLOSES * self._baseline:
                self._closed_ns = mono_ns
            return False
        if both <= _OPENS * self._baseline:
            return False
        lasted_ns, self._closed_ns = mono_ns - self._closed_ns, None
        apart_ns = _APART_NS + 1 if self._ended_ns is None else mono_ns - self._ended_ns
        if lasted_ns > _LONGEST_NS or apart_ns <= _APART_NS:
            return False
        self._ended_ns = mono_ns
        return True

    def _learn(self, both: float) -> None:
        self._open.append(both)
        self._seen += 1
        if len(self._open) >= _WARM and (self._baseline is None or self._seen % _EVERY == 0):
            self._baseline = float(np.percentile(self._open, _OPEN_PERCENTILE))
