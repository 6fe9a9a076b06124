"""The place on the screen as people are shown it: without the jitter of frames. Scores are computed from
what was measured, never from this.
"""

from __future__ import annotations

import math

from edge_agent.flow import FrameReading, ScreenGaze
from edge_agent.gaze.one_euro import OneEuro
from edge_agent.gaze.screen import Screen

VIEWED_FROM_CM = 60.0
"""A candidate at a desk: makes degrees of places, so that one speed means the same on every screen."""
FRESH_NS = 300_000_000
"""An older look is not shown: the eyes are closed or away."""


class ShownGaze:
    """Frames in, in order of capture; the smoothed place out."""

    def __init__(self, screen: Screen) -> None:
        self._x_deg = math.degrees(math.atan(screen.width_cm / VIEWED_FROM_CM))
        self._y_deg = math.degrees(math.atan(screen.height_cm / VIEWED_FROM_CM))
        self._x, self._y = OneEuro(), OneEuro()
        self._latest: tuple[int, ScreenGaze] | None = None

    def see(self, reading: FrameReading) -> None:
        """A frame without a place on the screen changes nothing."""
        seen = reading.screen
        if seen is None:
            return
        x_ratio = self._x.smooth(seen.x_ratio * self._x_deg, reading.mono_ns) / self._x_deg
        y_ratio = self._y.smooth(seen.y_ratio * self._y_deg, reading.mono_ns) / self._y_deg
        self._latest = (reading.mono_ns, ScreenGaze(x_ratio, y_ratio, seen.on_screen))

    def at(self, now_ns: int) -> ScreenGaze | None:
        """The newest; None where it is not of now."""
        if self._latest is None or now_ns - self._latest[0] > FRESH_NS:
            return None
        return self._latest[1]
