"""Head pose against renders of the canonical face at known angles."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.flow import HeadPose
from edge_agent.vision.head_pose import HeadPoseReader, angles, rotation
from edge_agent.vision.optics import Optics
from tests.fakes.faces import landmarks, placed

pytestmark = pytest.mark.unit

OPTICS = Optics.from_fov(640, 480, 60.0)
YAWS = st.floats(-80, 80)
PITCHES = st.floats(-70, 70)


@given(YAWS, PITCHES, PITCHES)
def test_angles_undo_rotation(yaw: float, pitch: float, roll: float) -> None:
    found = angles(rotation(HeadPose(yaw, pitch, roll)))
    assert (found.yaw_deg, found.pitch_deg, found.roll_deg) == pytest.approx((yaw, pitch, roll))


def test_mean_error_on_noisy_renders_is_at_most_two_degrees() -> None:
    random = np.random.default_rng(1)
    errors = []
    for _ in range(200):
        yaw, pitch, roll = random.uniform((-40, -25, -20), (40, 25, 20))
        head = placed(HeadPose(yaw, pitch, roll), tuple(random.uniform((-10, -8, 45), (10, 8, 80))))
        points = landmarks(head, OPTICS)
        points[:, :2] += random.normal(0, 0.7, (478, 2))
        found = HeadPoseReader(OPTICS).read(points)
        assert found is not None
        pose = found.pose
        errors.append(
            np.abs((pose.yaw_deg - yaw, pose.pitch_deg - pitch, pose.roll_deg - roll)).mean()
        )
    assert float(np.mean(errors)) <= 2.0


def test_the_nose_in_the_right_half_of_the_picture_is_a_turn_to_the_candidates_left() -> None:
    straight = landmarks(placed(HeadPose(0, 0, 0)), OPTICS)
    left = landmarks(placed(HeadPose(20, 0, 0)), OPTICS)
    up = landmarks(placed(HeadPose(0, 20, 0)), OPTICS)
    tilted = landmarks(placed(HeadPose(0, 0, 20)), OPTICS)
    nose, top = 4, 10
    assert left[nose, 0] > straight[nose, 0]
    assert up[nose, 1] < straight[nose, 1]
    # Towards the candidate's right shoulder, which is on the picture's left.
    assert tilted[top, 0] < straight[top, 0]


def test_a_lost_face_does_not_mislead_the_next_one() -> None:
    reader = HeadPoseReader(OPTICS)
    reader.read(landmarks(placed(HeadPose(40, 10, 0)), OPTICS))
    reader.reset()
    found = reader.read(landmarks(placed(HeadPose(-40, -10, 5)), OPTICS))
    assert found is not None
    assert found.pose.yaw_deg == pytest.approx(-40, abs=0.5)
