"""People anywhere in the picture, by a detector of small faces.

The detector sees 192 x 192 pixels of whatever it is given, so a face three metres away is too small
for it in the whole picture. Each look takes the whole picture and one of its upper corners, in turn;
faces of the other corner are those of the look before. Who is farther away is higher in the picture,
so the lower corners need no look of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from edge_agent.flow import PeopleLook, Rgb, VideoFrame
from edge_agent.vision.looks import Sight

SURE = 0.5
_SURE_IN_CORNER = 0.6
"""Enlarged, more things look like a small face."""
_CORNER = 0.55
"""A corner's side over the picture's width: the two overlap by more than a distant face."""
_SAME = 0.3
_CORNERS = 2
_STALE_NS = 2_000_000_000
_DISTANT = 0.1
"""A face wider than this share of the picture is found in the whole: it is not taken from the look
before, where it may have been elsewhere."""


@dataclass(frozen=True, slots=True)
class Box:
    """A face in pixels of the whole picture, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    score: float


def corner(width: int, height: int, number: int) -> tuple[int, int, int]:
    """Left, top and side in pixels of the upper left (0) or upper right (1) corner."""
    side = min(round(width * _CORNER), height)
    return (0 if number == 0 else width - side), 0, side


def apart(boxes: Iterable[Box]) -> list[Box]:
    """One box for each face: the surest of those that cover each other."""
    kept: list[Box] = []
    for box in sorted(boxes, key=lambda one: one.score, reverse=True):
        if all(_shared(box, other) < _SAME for other in kept):
            kept.append(box)
    return kept


def _shared(a: Box, b: Box) -> float:
    """The common area over the smaller of the two: a face may be cut by its corner's edge."""
    width = min(a.x + a.width, b.x + b.width) - max(a.x, b.x)
    height = min(a.y + a.height, b.y + b.height) - max(a.y, b.y)
    smaller = min(a.width * a.height, b.width * b.height)
    return max(width, 0.0) * max(height, 0.0) / max(smaller, 1e-6)


class BoxFinder(Protocol):
    """Finds faces in one picture, however small."""

    def find(self, image: Rgb) -> Sequence[Box]:
        """Each at least `SURE`, in pixels of this picture."""
        ...

    def close(self) -> None:
        """Gives the model back."""
        ...


class PeopleLooker:
    """Four looks a second."""

    kind = "people"
    rate_hz = 4.0

    def __init__(self, finder: BoxFinder) -> None:
        """Warms the finder."""
        self._finder = finder
        self._next, self._size = 0, (0, 0)
        self._corners: dict[int, tuple[int, list[Box]]] = {}
        self.look(Sight(VideoFrame(0, 0, np.zeros((480, 640, 3), np.uint8)), None, 0, 0))

    def look(self, sight: Sight) -> PeopleLook:
        """Never fewer than the faces that the frame's own reading has."""
        image, mono_ns = sight.frame.image, sight.frame.mono_ns
        height, width = image.shape[:2]
        if (width, height) != self._size:
            self._size, self._corners = (width, height), {}
        boxes = self._boxes(image, 0, 0)
        left, top, side = corner(width, height, self._next)
        found = self._boxes(image[top : top + side, left : left + side], left, top)
        sure = [box for box in found if box.score >= _SURE_IN_CORNER]
        self._corners[self._next] = (mono_ns, sure)
        self._next = (self._next + 1) % _CORNERS
        for seen_ns, known in self._corners.values():
            if seen_ns == mono_ns:
                boxes += known
            elif mono_ns - seen_ns <= _STALE_NS:
                boxes += [box for box in known if box.width < _DISTANT * width]
        return PeopleLook(mono_ns, max(len(apart(boxes)), sight.faces))

    def close(self) -> None:
        self._finder.close()

    def _boxes(self, image: Rgb, left: int, top: int) -> list[Box]:
        return [replace(box, x=box.x + left, y=box.y + top) for box in self._finder.find(image)]
