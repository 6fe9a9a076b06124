"""The display scale of scores: applied last, and only to what was measured."""

from __future__ import annotations

FLOOR_POINTS, TOP_POINTS = 40.0, 100.0
"""What `daedam.v1.Channel` says of points; part of the contract with central, so no setting."""


def points(quality: float | None) -> float | None:
    """A quality from 0 (worst) to 1 (best) as 40 to 100 points; None stays None: a floor under what was
    not measured would pass for a measurement.
    """
    if quality is None:
        return None
    return FLOOR_POINTS + (TOP_POINTS - FLOOR_POINTS) * min(max(quality, 0.0), 1.0)


def less_is_better(value: float, best: float, worst: float) -> float:
    """1 at `best` and below, 0 at `worst` and above, a line between: it never rises with `value`."""
    return min(max((worst - value) / (worst - best), 0.0), 1.0)


def more_is_better(value: float, worst: float, best: float) -> float:
    """0 at `worst` and below, 1 at `best` and above, a straight line between."""
    return min(max((value - worst) / (best - worst), 0.0), 1.0)
