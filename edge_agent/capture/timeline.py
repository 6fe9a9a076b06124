"""Media time of a replay as a pure function of monotonic time.

The media clock runs at the speed of real time, stands at each hold until it is released, and at the
end of the file for ever. Picture and sound compute it from the same inputs, in two processes, and
so stay in step.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_NS = 1_000_000_000
_REST_S = 1.0


@dataclass(frozen=True, slots=True)
class Timeline:
    """`holds_s` are media times in order; release k lets hold k go.

    A hold that was released before the media got there is passed without a stop. `end_s` is the
    length of the file where it is known.
    """

    holds_s: tuple[float, ...]
    releases_mono_ns: tuple[int, ...]
    start_mono_ns: int
    end_s: float = math.inf

    def media_s(self, mono_ns: int) -> float:
        """Media time, never running backwards; 0 before the start."""
        return self._where(mono_ns)[0]

    def held_for_s(self, mono_ns: int) -> float:
        """How long the media clock has stood still; 0 while it runs."""
        return self._where(mono_ns)[1]

    def picture_s(self, mono_ns: int) -> float:
        """Media time of the picture to show: while held, back and forth over the last second, so
        that the candidate stays alive. A second before a hold belongs to the previous one only as
        far as that hold.
        """
        media_s, held_s = self._where(mono_ns)
        reach_s = min(_REST_S, media_s - self._previous_hold_s(media_s))
        if held_s == 0.0 or reach_s <= 0.0:
            return media_s
        phase_s = held_s % (2 * reach_s)
        return media_s - (phase_s if phase_s <= reach_s else 2 * reach_s - phase_s)

    def _where(self, mono_ns: int) -> tuple[float, float]:
        clock_ns, at_s = self.start_mono_ns, 0.0
        if mono_ns < clock_ns:
            return 0.0, (clock_ns - mono_ns) / _NS
        for k, hold_s in enumerate(self.holds_s):
            arrives_ns = clock_ns + round((hold_s - at_s) * _NS)
            if hold_s >= self.end_s or mono_ns < arrives_ns:
                break
            if k >= len(self.releases_mono_ns):
                return hold_s, (mono_ns - arrives_ns) / _NS
            clock_ns, at_s = max(arrives_ns, self.releases_mono_ns[k]), hold_s
            if mono_ns < clock_ns:
                return hold_s, (mono_ns - arrives_ns) / _NS
        media_s = at_s + (mono_ns - clock_ns) / _NS
        return min(media_s, self.end_s), max(0.0, media_s - self.end_s)

    def _previous_hold_s(self, media_s: float) -> float:
        return max((hold_s for hold_s in self.holds_s if hold_s < media_s), default=0.0)
