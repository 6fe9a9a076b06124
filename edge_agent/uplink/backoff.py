"""How long to wait before the next attempt: 0.2 s doubling to 5 s, and up to half of it off by chance.

The chance spreads rooms that lost the same gateway at the same instant.
"""

from __future__ import annotations

from collections.abc import Callable

FIRST_S = 0.2
LONGEST_S = 5.0
STEADY_S = 5.0
"""A stream that held this long begins the row anew."""


class Backoff:
    """Pure: what is left to chance comes from `chance`, in [0, 1)."""

    def __init__(self, chance: Callable[[], float]) -> None:
        self._chance = chance
        self._next_s = FIRST_S

    def after(self, held_s: float) -> float:
        """Seconds to wait after a stream that was open for `held_s` (0: it never was)."""
        if held_s > STEADY_S:
            self._next_s = FIRST_S
        delay_s = self._next_s
        self._next_s = min(delay_s * 2, LONGEST_S)
        return delay_s * (1 - self._chance() / 2)
