"""The monotone curve from a machine's levels to people's: pool adjacent violators. Pure.

It never turns an order around: of two answers, the one that was marked higher stays at least as high.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Curve:
    """Rises through the points (`machine[i]`, `people[i]`); level beyond its ends."""

    machine: tuple[float, ...]
    people: tuple[float, ...]

    def at(self, level: float) -> float:
        """What people would give where the machine gives `level`; without any points, the same."""
        if not self.machine:
            return level
        right = bisect_right(self.machine, level)
        if right == 0:
            return self.people[0]
        if right == len(self.machine):
            return self.people[-1]
        before, after = self.machine[right - 1], self.machine[right]
        share = (level - before) / (after - before)
        return self.people[right - 1] + share * (self.people[right] - self.people[right - 1])


def fit(pairs: Iterable[tuple[float, float]]) -> Curve:
    """The least squares fit that never falls, over (machine, people)."""
    points: dict[float, list[float]] = {}
    for machine, people in pairs:
        points.setdefault(machine, []).append(people)
    blocks: list[_Block] = []
    for machine in sorted(points):
        blocks.append(_Block(machine, machine, sum(points[machine]), len(points[machine])))
        while len(blocks) > 1 and blocks[-2].mean >= blocks[-1].mean:
            last = blocks.pop()
            blocks[-1] = blocks[-1].with_next(last)
    corners = dict.fromkeys((at, one.mean) for one in blocks for at in (one.first, one.last))
    return Curve(tuple(at for at, _ in corners), tuple(mean for _, mean in corners))


@dataclass(frozen=True, slots=True)
class _Block:
    """Neighbours from `first` to `last` that share one value."""

    first: float
    last: float
    total: float
    count: int

    @property
    def mean(self) -> float:
        return self.total / self.count

    def with_next(self, other: _Block) -> _Block:
        return _Block(self.first, other.last, self.total + other.total, self.count + other.count)
