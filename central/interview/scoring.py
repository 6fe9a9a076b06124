"""How marks become points. Pure; what they weigh in a total is a scheme's (`schemes.py`).

A level 1 to 5 is 0 to 100 points. What was not assessed is None and takes no part: weights are
renormalised over what was. A score is advice; a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

DIMENSIONS: Final = ("technical", "communication", "cultural_fit", "depth")


@dataclass(frozen=True, slots=True)
class WeightedLevel:
    """One mark: level 1 to 5 (None: abstained) and its criterion's weight."""

    dimension: str
    level: float | None
    weight: float


def points(level: float) -> float:
    """Level 1 to 5 as 0 to 100."""
    return (level - 1) * 25


def by_dimension(marks: Iterable[WeightedLevel]) -> dict[str, float | None]:
    """Points of every dimension, None where nothing was assessed."""
    known = tuple(marks)
    return {
        dimension: mean(
            (points(mark.level), mark.weight)
            for mark in known
            if mark.dimension == dimension and mark.level is not None
        )
        for dimension in DIMENSIONS
    }


def mean(weighted: Iterable[tuple[float, float]]) -> float | None:
    """Weighted mean to one decimal; None of nothing, or where all weights are 0."""
    values = tuple(weighted)
    total = sum(weight for _, weight in values)
    if total <= 0:
        return None
    return round(sum(value * weight for value, weight in values) / total, 1)
