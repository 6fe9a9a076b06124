"""How well two lists of levels agree. Pure; None where a figure does not exist."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Final

LEVELS: Final = 5


def qwk(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Cohen's kappa with quadratic weights over levels 1 to 5, each rounded to the nearest. None where
    either side knows a single level, as then there is nothing to agree about.
    """
    pairs = [(_nearest(a), _nearest(b)) for a, b in zip(one, other, strict=True)]
    if not pairs:
        return None
    left = [sum(a == level for a, _ in pairs) for level in range(1, LEVELS + 1)]
    right = [sum(b == level for _, b in pairs) for level in range(1, LEVELS + 1)]
    seen = sum((a - b) ** 2 for a, b in pairs)
    expected = sum(
        count * other_count * (level - other_level) ** 2
        for level, count in enumerate(left)
        for other_level, other_count in enumerate(right)
    ) / len(pairs)
    return None if expected == 0 else 1 - seen / expected


def pearson(one: Sequence[float], other: Sequence[float]) -> float | None:
    """None of fewer than two pairs, or where one side never changes."""
    if len(one) < 2 or len(set(one)) == 1 or len(set(other)) == 1:
        return None
    return statistics.correlation(one, other)


def within_one(one: Sequence[float], other: Sequence[float]) -> float | None:
    """The share of pairs at most one level apart."""
    near = [abs(a - b) <= 1 for a, b in zip(one, other, strict=True)]
    return statistics.fmean(near) if near else None


def exact(one: Sequence[float], other: Sequence[float]) -> float | None:
    """The share of pairs whose nearest levels are the same."""
    same = [_nearest(a) == _nearest(b) for a, b in zip(one, other, strict=True)]
    return statistics.fmean(same) if same else None


def bias(one: Sequence[float], other: Sequence[float]) -> float | None:
    """How much higher the first is on average, in levels."""
    apart = [a - b for a, b in zip(one, other, strict=True)]
    return statistics.fmean(apart) if apart else None


def _nearest(level: float) -> int:
    return max(1, min(LEVELS, int(level + 0.5)))
