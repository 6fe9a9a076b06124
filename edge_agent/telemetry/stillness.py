"""Tells a camera that hangs from a candidate who sits still. Pure.

A sensor's noise changes every picture, so two that are the same to the bit come from a buffer that is no
longer filled. A camera that gives none at all is frozen too.
"""

from __future__ import annotations

import zlib

from edge_agent.flow import Rgb

STEP = 12
"""Every twelfth row and column is looked at: 2,160 pixels of 640x480, some 20 microseconds."""


def fingerprint(image: Rgb) -> int:
    """A number that differs where two pictures do, in the pixels that are looked at."""
    return zlib.crc32(image[::STEP, ::STEP].tobytes())


class Stillness:
    """Fed with the fingerprint of every picture; times are CLOCK_MONOTONIC."""

    def __init__(self) -> None:
        self._fingerprint: int | None = None
        self._changed_ns: int | None = None

    def see(self, fingerprint: int, now_ns: int) -> None:
        """One picture."""
        if fingerprint != self._fingerprint:
            self._fingerprint, self._changed_ns = fingerprint, now_ns

    def frozen_ms(self, now_ns: int) -> int | None:
        """Since when the picture is the same; None before any."""
        if self._changed_ns is None:
            return None
        return max(0, now_ns - self._changed_ns) // 1_000_000
