"""How many frames are looked at."""

from __future__ import annotations

from enum import Enum


class Preset(Enum):
    """Every so manyth frame is looked at, the first one first."""

    HIGH_ACCURACY = "high_accuracy"
    BALANCED = "balanced"
    HIGH_PERFORMANCE = "high_performance"

    @property
    def every(self) -> int:
        """1 of so many frames."""
        return _EVERY[self]

    @property
    def looks_share(self) -> float:
        """How often shoulders, hands and people are looked at, as a share of a room's rates."""
        return _LOOKS_SHARE[self]


_EVERY = {Preset.HIGH_ACCURACY: 3, Preset.BALANCED: 10, Preset.HIGH_PERFORMANCE: 20}
_LOOKS_SHARE = {Preset.HIGH_ACCURACY: 0.5, Preset.BALANCED: 0.2, Preset.HIGH_PERFORMANCE: 0.1}
"""A look at hands costs three faces: as often as in a room, they would take most of the time."""
