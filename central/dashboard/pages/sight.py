"""A calibration of the gaze as a drawing: the screen, the points on it, and where the looks fell."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from central.interview.facts import CalibrationPoint
from central.storage.calibrations import CalibrationView

WIDTH: Final = 160.0
HEIGHT: Final = 90.0
BESIDE: Final = 18.0
"""How far beside the screen a look is drawn at most."""


@dataclass(frozen=True, slots=True)
class Target:
    """A point of the contract, numbered as it is drawn; `held_out` ones prove the fit."""

    name: str
    number: int
    x_ratio: float
    y_ratio: float
    held_out: bool = False

    @property
    def x(self) -> float:
        """In the drawing."""
        return round(self.x_ratio * WIDTH, 1)

    @property
    def y(self) -> float:
        """In the drawing."""
        return round(self.y_ratio * HEIGHT, 1)


TARGETS: Final = (
    Target("top_left", 1, 0.12, 0.14),
    Target("top_right", 2, 0.88, 0.14),
    Target("bottom_left", 3, 0.12, 0.86),
    Target("bottom_right", 4, 0.88, 0.86),
    Target("center", 5, 0.5, 0.5),
    Target("check_1", 6, 0.3, 0.32, held_out=True),
    Target("check_2", 7, 0.7, 0.68, held_out=True),
    Target("check_3", 8, 0.3, 0.68, held_out=True),
    Target("check_4", 9, 0.7, 0.32, held_out=True),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """One point and what came of it; `look` is where the looks fell, in the drawing."""

    target: Target
    frames: int | None = None
    kept: int | None = None
    spread_deg: float | None = None
    error_deg: float | None = None
    look: tuple[float, float] | None = None


def marks(made: CalibrationView | None) -> tuple[Mark, ...]:
    """All points, with what one calibration says of them; bare where there is none."""
    found = {one.name: one for one in made.points} if made else {}
    return tuple(_mark(target, found) for target in TARGETS)


def _mark(target: Target, found: dict[str, CalibrationPoint]) -> Mark:
    one = found.get(target.name)
    if one is None:
        return Mark(target)
    look = None
    if one.look_x_ratio is not None and one.look_y_ratio is not None:
        look = (_near(one.look_x_ratio * WIDTH, WIDTH), _near(one.look_y_ratio * HEIGHT, HEIGHT))
    return Mark(target, one.frames, one.kept, one.spread_deg, one.error_deg, look)


def _near(place: float, size: float) -> float:
    return round(min(max(place, -BESIDE), size + BESIDE), 1)
