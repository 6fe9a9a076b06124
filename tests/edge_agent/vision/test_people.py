"""One box for each face, in whatever part of the picture it was found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.vision.people import Box, apart, corner

pytestmark = pytest.mark.unit


def box(x: float, y: float, side: float, score: float = 0.9) -> Box:
    return Box(x, y, side, side, score)


def test_a_face_that_is_found_twice_is_one() -> None:
    whole, part = box(100, 100, 40, 0.6), box(104, 98, 42, 0.8)
    assert apart([whole, part]) == [part]


def test_a_face_cut_by_the_edge_of_a_corner_is_the_whole_one() -> None:
    assert len(apart([Box(300, 50, 100, 100, 0.9), Box(300, 50, 45, 100, 0.6)])) == 1


def test_neighbours_are_two() -> None:
    assert len(apart([box(100, 100, 40), box(135, 100, 40)])) == 2


@pytest.mark.parametrize(("width", "height"), [(640, 480), (1280, 720), (480, 640), (320, 240)])
def test_the_corners_cover_the_width_and_overlap_by_a_distant_face(width: int, height: int) -> None:
    left, right = corner(width, height, 0), corner(width, height, 1)
    assert left[0] == 0
    assert right[0] + right[2] == width
    assert left[0] + left[2] - right[0] >= 0.09 * width
    assert left[2] <= height


@given(st.lists(st.builds(box, st.integers(0, 600), st.integers(0, 400), st.integers(1, 200))))
def test_nobody_is_counted_twice_and_nobody_vanishes(boxes: list[Box]) -> None:
    kept = apart(boxes)
    assert apart(kept) == kept
    assert bool(kept) == bool(boxes)
