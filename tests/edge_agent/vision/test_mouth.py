"""Mouth geometry on points placed by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from edge_agent.vision.canonical import Points
from edge_agent.vision.mouth import mouth

pytestmark = pytest.mark.unit


def face(corner_rise: float, opened: float, turn_deg: float = 0.0) -> Points:
    points = np.zeros((478, 3))
    points[33, :2], points[263, :2] = (-50, 0), (50, 0)
    points[13, :2], points[14, :2] = (0, 80 - opened / 2), (0, 80 + opened / 2)
    points[61, :2], points[291, :2] = (-25, 80 - corner_rise), (25, 80 - corner_rise)
    turn = math.radians(turn_deg)
    c, s = math.cos(turn), math.sin(turn)
    points[:, :2] = points[:, :2] @ np.array([[c, s], [-s, c]])
    return points


@pytest.mark.parametrize("turn_deg", [0.0, 25.0, -40.0])
@pytest.mark.parametrize(("rise", "smile"), [(6.0, 0.06), (0.0, 0.0), (-4.0, -0.04)])
def test_rising_corners_are_a_smile_however_the_head_is_tilted(
    rise: float, smile: float, turn_deg: float
) -> None:
    assert mouth(face(rise, 0.0, turn_deg)).smile_ratio == pytest.approx(smile)


def test_opening_and_width_are_over_the_distance_of_the_eyes() -> None:
    found = mouth(face(0.0, 20.0))
    assert (found.open_ratio, found.width_ratio) == pytest.approx((0.2, 0.5))
