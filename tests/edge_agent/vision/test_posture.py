"""Shoulders, from joints whose place is known."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from edge_agent.flow import Posture
from edge_agent.vision.posture import LEFT_SHOULDER, RIGHT_SHOULDER, Joint, posture

pytestmark = pytest.mark.unit


def joints(left: tuple[float, float, float], right: tuple[float, float, float]) -> list[Joint]:
    """33 joints with these shoulders (x, y, visibility)."""
    found = [Joint(0.5, 0.5, 0.0)] * 33
    found[LEFT_SHOULDER], found[RIGHT_SHOULDER] = Joint(*left), Joint(*right)
    return found


def test_level_shoulders_have_no_tilt() -> None:
    found = posture(joints((0.7, 0.8, 1.0), (0.3, 0.8, 1.0)), 640, 480)
    assert found is not None
    assert found.shoulder_width_ratio == pytest.approx(0.4)
    assert replace(found, shoulder_width_ratio=0.4) == Posture(0.0, 0.4, 0.5, 0.8)


def test_the_tilt_is_positive_where_the_candidates_right_shoulder_is_lower() -> None:
    """Seen from the camera their right is on the left; a pixel is as wide as high."""
    found = posture(
        joints((0.75, 0.5, 1.0), (0.25, 0.5 + 320 * math.tan(0.1) / 480, 1.0)), 640, 480
    )
    assert found is not None
    assert found.shoulder_tilt_deg == pytest.approx(math.degrees(0.1))
    assert found.shoulder_width_ratio == pytest.approx(0.5 / math.cos(0.1))


def test_leaning_forward_widens_the_shoulders() -> None:
    far = posture(joints((0.6, 0.8, 1.0), (0.4, 0.8, 1.0)), 640, 480)
    near = posture(joints((0.7, 0.9, 1.0), (0.3, 0.9, 1.0)), 640, 480)
    assert far
    assert near
    assert near.shoulder_width_ratio > far.shoulder_width_ratio


@pytest.mark.parametrize(
    "right",
    [(0.3, 0.8, 0.4), (-0.01, 0.8, 1.0), (0.3, 1.02, 1.0)],
    ids=["hidden", "beside", "below"],
)
def test_a_shoulder_that_is_not_seen_is_not_guessed(right: tuple[float, float, float]) -> None:
    assert posture(joints((0.7, 0.8, 1.0), right), 640, 480) is None
