"""A calibration that goes on, as staff see it: ten times a second, so a few bytes a point."""

from __future__ import annotations

from typing import Any

from edge_agent.flow import CalibrationPlace, CalibrationProgress, PointQuality

MOST = 255
"""Of a count in a byte."""
NO_SPREAD = 255
NO_LOOK = -1000
FARTHEST = 999
"""Hundredths of the screen: a look farther off is shown at this distance."""


def progress_fields(found: CalibrationProgress) -> dict[str, Any]:
    """Fields of `daedam.v1.CalibrationProgress`."""
    points = found.points
    looks = (ratio for one in points for ratio in (one.look_x_ratio, one.look_y_ratio))
    return {
        "stage": int(found.stage),
        "place": _place(found.name),
        "position": found.position,
        "count": found.count,
        "attempt": found.attempt,
        "unseen": not found.seen,
        "left_ms": found.left_ms,
        "missed": found.missed,
        "places": bytes(_place(one.name) for one in points),
        "frames": bytes(min(one.frames, MOST) for one in points),
        "kept": bytes(min(one.kept, MOST) for one in points),
        "spread_ddeg": bytes(_spread(one) for one in points),
        "look_centi": [_centi(one) for one in looks],
    }


def _place(name: str) -> int:
    return int(CalibrationPlace[name.upper()]) if name else 0


def _spread(one: PointQuality) -> int:
    if one.spread_deg is None:
        return NO_SPREAD
    return min(round(one.spread_deg * 10), NO_SPREAD - 1)


def _centi(ratio: float | None) -> int:
    return NO_LOOK if ratio is None else min(max(round(ratio * 100), -FARTHEST), FARTHEST)
