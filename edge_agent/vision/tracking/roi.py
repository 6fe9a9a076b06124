"""Turned rectangles in a picture: where the next crop is taken."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from edge_agent.vision.canonical import Points

UPRIGHT_RAD = math.pi / 2


@dataclass(frozen=True, slots=True)
class Roi:
    """Centre, size in pixels, and how far it is turned clockwise."""

    x: float
    y: float
    width: float
    height: float
    turn_rad: float = 0.0

    def grown(self, scale: float, *, up: float = 0.0, square: bool = False) -> Roi:
        """Larger about its centre, which first moves `up` by a share of its height along its own axis.
        `square`: of its longer side.
        """
        x = self.x + self.height * up * math.sin(self.turn_rad)
        y = self.y - self.height * up * math.cos(self.turn_rad)
        width, height = self.width, self.height
        if square:
            width = height = max(width, height)
        return replace(self, x=x, y=y, width=width * scale, height=height * scale)

    def shared(self, other: Roi) -> float:
        """Intersection over union, as if neither were turned."""
        width = _overlap(self.x, self.width, other.x, other.width)
        height = _overlap(self.y, self.height, other.y, other.height)
        both = width * height
        either = self.width * self.height + other.width * other.height - both
        return both / either if either > 0 else 0.0


def turn_rad(start: Points, end: Points, target_rad: float) -> float:
    """By how much the line from `start` to `end` is turned from `target_rad`, -pi to pi. Angles are
    counted anticlockwise from the right, as on paper; pictures have y downwards.
    """
    line = math.atan2(-(float(end[1]) - float(start[1])), float(end[0]) - float(start[0]))
    return math.remainder(target_rad - line, 2 * math.pi)


def around(points: Points, turned_rad: float) -> Roi:
    """The tight upright box of points (n, >=2), to be turned about its centre."""
    low, high = points[:, :2].min(axis=0), points[:, :2].max(axis=0)
    (x, y), (width, height) = (low + high) / 2, high - low
    return Roi(float(x), float(y), float(width), float(height), turned_rad)


def around_turned(points: Points, turned_rad: float) -> Roi:
    """The tight box of points (n, >=2) that is turned itself."""
    cos, sin = math.cos(turned_rad), math.sin(turned_rad)
    turn = np.array([[cos, -sin], [sin, cos]])
    box = around(points[:, :2] @ turn, turned_rad)
    x, y = turn @ np.array([box.x, box.y])
    return replace(box, x=float(x), y=float(y))


def apart(first: Iterable[Roi], then: Iterable[Roi], most_shared: float) -> list[Roi]:
    """Those of `first`, and of `then` who share less with each of them."""
    kept = list(first)
    for one in then:
        if all(one.shared(other) <= most_shared for other in kept):
            kept.append(one)
    return kept


def _overlap(a: float, a_size: float, b: float, b_size: float) -> float:
    return max(0.0, min(a + a_size / 2, b + b_size / 2) - max(a - a_size / 2, b - b_size / 2))
