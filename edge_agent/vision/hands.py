"""Hands in view and how fast the fastest moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np

from edge_agent.flow import HandsLook, VideoFrame
from edge_agent.vision.canonical import Points
from edge_agent.vision.looks import Sight

_WRIST, _MIDDLE_KNUCKLE = 0, 9
_PALM = (0, 5, 9, 13, 17)
_HAND_OF_PALM = 2.0
"""A hand is about twice its palm (wrist to middle knuckle); fingers may be bent, the palm is not."""
_FARTHEST_NS = 500_000_000
_FARTHEST_HANDS = 3.0
"""Two hands that are farther apart than this at two looks in a row are not the same hand."""


class HandSpeed:
    """Movement between looks, of each hand to the nearest one of the look before. Pure."""

    def __init__(self) -> None:
        self._before: list[Points] = []
        self._before_ns: int | None = None

    def step(self, hands: Sequence[Points], mono_ns: int) -> float | None:
        """Hand lengths a second of the fastest, from landmarks in pixels (21, >=2); None where no hand
        can be followed from the look before.
        """
        before, passed_ns = self._before, mono_ns - (self._before_ns or 0)
        fresh = self._before_ns is not None and 0 < passed_ns <= _FARTHEST_NS
        self._before, self._before_ns = [_middle(hand) for hand in hands], mono_ns
        if not before or not fresh:
            return None
        moved = [
            min(float(np.linalg.norm(_middle(hand) - old)) for old in before) / _length_px(hand)
            for hand in hands
        ]
        followed = [hands_moved for hands_moved in moved if hands_moved <= _FARTHEST_HANDS]
        return max(followed) / (passed_ns / 1e9) if followed else None


def _middle(hand: Points) -> Points:
    return np.asarray(hand[list(_PALM), :2].mean(axis=0))


def _length_px(hand: Points) -> float:
    palm = float(np.linalg.norm(hand[_MIDDLE_KNUCKLE, :2] - hand[_WRIST, :2]))
    return max(palm * _HAND_OF_PALM, 1.0)


class HandFinder(Protocol):
    """Finds up to two hands and follows them."""

    def find(self, frame: VideoFrame) -> Sequence[Points]:
        """Landmarks in pixels, (21, 2) each."""
        ...

    def close(self) -> None:
        """Gives the model back."""
        ...


class HandsLooker:
    """Five looks a second."""

    kind = "hands"
    rate_hz = 5.0

    def __init__(self, finder: HandFinder) -> None:
        """Warms the finder."""
        self._finder, self._speed = finder, HandSpeed()
        self.look(Sight(VideoFrame(0, 0, np.zeros((480, 640, 3), np.uint8)), None, 0, 0))

    def look(self, sight: Sight) -> HandsLook:
        mono_ns, hands = sight.frame.mono_ns, self._finder.find(sight.frame)
        return HandsLook(mono_ns, len(hands), self._speed.step(hands, mono_ns))

    def close(self) -> None:
        self._finder.close()
