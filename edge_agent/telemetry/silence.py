"""Tells a microphone that hears nothing from a room in which nobody speaks. Pure."""

from __future__ import annotations

MUTED_DBFS = -80.0
"""An open microphone in a silent room gives its own noise, -75 dBFS and more; muted or unplugged behind
its amplifier it gives digital silence or a few bits of dither.
"""
OPEN_FOR_NS = 2_000_000_000
"""A device that brought nothing for this long is not open: that is a loss, not silence."""


class Silence:
    """Fed with every level; times are CLOCK_MONOTONIC."""

    def __init__(self) -> None:
        self._heard_ns: int | None = None
        self._last_ns: int | None = None
        self._loudest_dbfs: float | None = None

    def hear(self, level_dbfs: float, now_ns: int) -> None:
        """One level. The first after a loss begins anew."""
        if self._heard_ns is None or not self._is_open(now_ns) or level_dbfs > MUTED_DBFS:
            self._heard_ns = now_ns
        self._last_ns = now_ns
        if self._loudest_dbfs is None or level_dbfs > self._loudest_dbfs:
            self._loudest_dbfs = level_dbfs

    def silent_ms(self, now_ns: int) -> int | None:
        """For how long nothing was heard; 0 while something is, None while no device is open."""
        if self._heard_ns is None or self._last_ns is None or not self._is_open(now_ns):
            return None
        return max(0, self._last_ns - self._heard_ns) // 1_000_000

    def take_loudest(self) -> float | None:
        """The loudest level since the last call, None where there was none."""
        loudest, self._loudest_dbfs = self._loudest_dbfs, None
        return loudest

    def _is_open(self, now_ns: int) -> bool:
        return self._last_ns is not None and now_ns - self._last_ns <= OPEN_FOR_NS
