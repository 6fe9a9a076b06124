"""Gaze on eyes that look in known directions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.flow import HeadPose
from edge_agent.vision.gaze import gaze
from edge_agent.vision.head_pose import direction
from edge_agent.vision.optics import Optics
from tests.fakes.faces import landmarks, looking, placed

pytestmark = pytest.mark.unit

OPTICS = Optics.from_fov(640, 480, 60.0)


def unit(yaw_deg: float, pitch_deg: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    yaw, pitch = math.radians(yaw_deg), math.radians(pitch_deg)
    return np.array(
        [math.sin(yaw) * math.cos(pitch), -math.sin(pitch), -math.cos(yaw) * math.cos(pitch)]
    )


@given(st.floats(-25, 25), st.floats(-15, 15), st.floats(-20, 20), st.floats(-15, 15))
def test_the_direction_of_the_eyes_is_found_whatever_the_head_does(
    yaw: float, pitch: float, head_yaw: float, head_pitch: float
) -> None:
    head = placed(HeadPose(head_yaw, head_pitch, 3.0))
    points = looking(landmarks(head, OPTICS), head, OPTICS, unit(yaw, pitch))
    found = gaze(points, head, OPTICS)
    assert found is not None
    assert (found.yaw_deg, found.pitch_deg) == pytest.approx((yaw, pitch), abs=0.5)


@pytest.mark.parametrize(
    ("moved", "sign"),
    [((2.0, 0.0), (1, 0)), ((-2.0, 0.0), (-1, 0)), ((0.0, -2.0), (0, 1)), ((0.0, 2.0), (0, -1))],
)
def test_an_iris_that_moves_in_the_picture_moves_gaze_the_same_way(
    moved: tuple[float, float], sign: tuple[int, int]
) -> None:
    """To the picture's right is the candidate's left, which is positive; up is positive."""
    head = placed(HeadPose(0, 0, 0))
    rest = looking(landmarks(head, OPTICS), head, OPTICS, unit(0, 0))
    points = rest.copy()
    points[[468, 473], :2] += moved
    before, after = gaze(rest, head, OPTICS), gaze(points, head, OPTICS)
    assert before is not None
    assert after is not None
    change = (after.yaw_deg - before.yaw_deg, after.pitch_deg - before.pitch_deg)
    assert [round(math.copysign(1, c)) if abs(c) > 1 else 0 for c in change] == list(sign)


def test_an_iris_off_its_eyeball_gives_no_gaze() -> None:
    head = placed(HeadPose(0, 0, 0))
    points = landmarks(head, OPTICS)
    points[[468, 473], :2] = (5, 5)
    assert gaze(points, head, OPTICS) is None


def test_looking_into_the_camera_is_no_angle() -> None:
    assert direction(np.array([0.0, 0.0, -1.0])) == (0.0, 0.0)
