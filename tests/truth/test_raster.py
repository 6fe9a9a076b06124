"""The renderer itself: what it puts where."""

from __future__ import annotations

import numpy as np
import pytest

from tests.truth.eyeballs import Eyeball, colours
from tests.truth.raster import rasterise

pytestmark = pytest.mark.unit

SQUARE = np.array([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]])
OFF_GRID = np.array([[-0.3, -0.2], [10.4, -0.2], [10.4, 10.3], [-0.3, 10.3]])
"""No pixel on an edge: whose such a one is, a processor's rounding decides."""
FRONT = np.array([[0, 3, 2], [0, 2, 1]])


def test_a_square_is_covered_once_and_what_lies_between_its_corners_is_theirs() -> None:
    shown = rasterise(OFF_GRID, np.ones(4), FRONT, OFF_GRID, (20, 20))
    assert len(shown.x) == 11 * 11
    assert len(set(zip(shown.x, shown.y, strict=True))) == 11 * 11
    assert shown.values == pytest.approx(np.stack([shown.x, shown.y], 1))


def test_a_back_is_not_seen_and_what_is_outside_the_picture_is_cut() -> None:
    assert len(rasterise(SQUARE, np.ones(4), FRONT[:, ::-1], SQUARE, (20, 20)).x) == 0
    assert len(rasterise(OFF_GRID - 5, np.ones(4), FRONT, OFF_GRID, (20, 20)).x) == 6 * 6


@pytest.mark.parametrize("first", [True, False])
def test_what_is_nearer_hides_what_is_behind_it(first: bool) -> None:
    depth = np.array([1.0] * 4 + [2.0] * 4) if first else np.array([2.0] * 4 + [1.0] * 4)
    both = np.concatenate([SQUARE, SQUARE])
    shown = rasterise(both, depth, np.concatenate([FRONT, FRONT + 4]), both, (20, 20))
    assert set(shown.triangle) == ({0, 1} if first else {2, 3})


def test_half_way_in_the_picture_is_not_half_way_in_depth() -> None:
    """A wall from one to three metres: its middle in the picture is at one and a half."""
    depth = np.array([1.0, 3.0, 3.0, 1.0])
    shown = rasterise(SQUARE, depth, FRONT, depth[:, None], (20, 20))
    middle = shown.values[(shown.x == 5) & (shown.y == 5), 0]
    assert middle == pytest.approx(1.5)


def test_an_eye_that_looks_into_the_camera_shows_its_pupil_and_one_that_looks_away_its_white() -> (
    None
):
    rays = np.array([[0.0, 0.0, 1.0]])
    centre = np.array([0.0, 0.0, 50.0])
    facing = colours(Eyeball(centre, np.array([0.0, 0.0, -1.0])), rays)
    aside = colours(Eyeball(centre, np.array([1.0, 0.0, 0.0])), rays)
    assert facing.max() < 30
    assert aside.min() > 150
