"""Steadier landmarks: the One-Euro filter (Casiez, Roussel and Vogel 2012), with MediaPipe's constants.

MediaPipe smooths the body's landmarks in VIDEO mode; the same is done here, so that postures of both
profiles move alike. Speeds are in body sizes a second.
"""

from __future__ import annotations

import math

import numpy as np

from edge_agent.vision.canonical import Points

_LEAST_CUTOFF_HZ = 0.05
_BETA = 80.0
_SPEED_CUTOFF_HZ = 1.0
_VISIBILITY_ALPHA = 0.1


class Smoother:
    """`step` in the order of time; `reset` where the body was lost."""

    def __init__(self) -> None:
        self._value: Points | None = None
        self._raw = self._speed = self._visibility = np.zeros(0)
        self._at_ns = 0

    def reset(self) -> None:
        """The next value is taken as it is."""
        self._value = None

    def step(
        self, points: Points, visibility: Points, size_px: float, at_ns: int
    ) -> tuple[Points, Points]:
        """Points in pixels (n, 2) and visibilities (n,), smoothed. A time that does not increase, as
        in a replay that begins anew, resets.
        """
        if self._value is None or at_ns <= self._at_ns:
            self._value, self._visibility = points, visibility
            self._speed = np.zeros_like(points)
        else:
            passed_s = (at_ns - self._at_ns) / 1e9
            speed = (points - self._raw) / max(size_px, 1e-6) / passed_s
            self._speed = _mixed(self._speed, speed, _alpha(_SPEED_CUTOFF_HZ, passed_s))
            cutoff_hz = _LEAST_CUTOFF_HZ + _BETA * np.abs(self._speed)
            self._value = _mixed(self._value, points, _alpha(cutoff_hz, passed_s))
            self._visibility = _mixed(self._visibility, visibility, _VISIBILITY_ALPHA)
        self._raw, self._at_ns = points, at_ns
        return self._value, self._visibility


def _alpha(cutoff_hz: float | Points, passed_s: float) -> float | Points:
    """The share of the new value in a first-order low-pass."""
    return 1.0 / (1.0 + 1.0 / (2 * math.pi * cutoff_hz * passed_s))


def _mixed(before: Points, now: Points, alpha: float | Points) -> Points:
    return np.asarray(alpha * now + (1.0 - alpha) * before)
