"""The One-Euro filter: steady at rest, quick in motion.

Casiez, Roussel and Vogel 2012, "1 Euro filter: a simple speed-based low-pass filter for noisy input in
interactive systems", CHI 2012, equations 1 to 6.
"""

from __future__ import annotations

import math

SPEED_CUTOFF_HZ = 1.0
"""Of the speed itself, as the paper leaves it."""
MOST_GAP_S = 0.5
"""After a longer pause it begins anew."""


class OneEuro:
    """One value over time, in any unit: the cut-off is `min_cutoff_hz + beta * speed`, with `beta` per
    unit a second.
    """

    def __init__(self, min_cutoff_hz: float = 1.0, beta: float = 0.02) -> None:
        self._min_cutoff_hz, self._beta = min_cutoff_hz, beta
        self._last: tuple[float, float, float] | None = None

    def smooth(self, value: float, mono_ns: int) -> float:
        """The filtered value; those of no later time than the last change nothing."""
        at_s = mono_ns / 1e9
        if self._last is None or at_s - self._last[0] > MOST_GAP_S:
            self._last = (at_s, value, 0.0)
            return value
        before_s, before, speed = self._last
        gap_s = at_s - before_s
        if gap_s <= 0:
            return before
        speed = _mixed((value - before) / gap_s, speed, SPEED_CUTOFF_HZ, gap_s)
        cutoff_hz = self._min_cutoff_hz + self._beta * abs(speed)
        found = _mixed(value, before, cutoff_hz, gap_s)
        self._last = (at_s, found, speed)
        return found


def _mixed(new: float, old: float, cutoff_hz: float, gap_s: float) -> float:
    """Exponential smoothing with the time constant of a cut-off frequency."""
    weight = 1 / (1 + 1 / (2 * math.pi * cutoff_hz * gap_s))
    return weight * new + (1 - weight) * old
