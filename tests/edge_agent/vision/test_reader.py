"""A frame's reading, with a finder that is told what is there."""

from __future__ import annotations

import numpy as np
import pytest

from edge_agent.flow import FrameReading, HeadPose, VideoFrame
from edge_agent.vision.canonical import Points
from edge_agent.vision.optics import Optics
from edge_agent.vision.reader import FrameReader
from tests.fakes.faces import ToldFaces, landmarks, placed

pytestmark = pytest.mark.unit

FACE = landmarks(placed(HeadPose(12, 0, 0)), Optics.from_fov(320, 240, 60.0))


def read(answers: list[tuple[Points, ...]]) -> list[FrameReading]:
    reader = FrameReader(ToldFaces(answers), 60.0)
    picture = np.zeros((240, 320, 3), np.uint8)
    return [reader.read(VideoFrame(n, n * 33_000_000, picture)) for n in range(len(answers))]


def test_a_frame_without_a_face_is_a_reading_without_parts() -> None:
    (reading,) = read([()])
    assert reading == FrameReading(0, 0, 0)


def test_the_first_face_is_the_candidate_and_all_are_counted() -> None:
    (reading,) = read([(FACE, FACE * 0.5)])
    assert reading.faces == 2
    assert reading.head is not None
    assert reading.head.yaw_deg == pytest.approx(12, abs=0.1)


def test_a_face_that_comes_back_is_read_again() -> None:
    readings = read([(FACE,), (), (FACE,)])
    assert [reading.head is not None for reading in readings] == [True, False, True]


def test_what_policy_switches_off_is_not_computed() -> None:
    reader = FrameReader(ToldFaces([(FACE,), (FACE,)]), 60.0)
    picture = np.zeros((240, 320, 3), np.uint8)
    with np.errstate(all="ignore"):  # a told face has no lids
        assert reader.read(VideoFrame(0, 0, picture)).mouth is not None
    reader.with_gaze = reader.with_expression = False
    reading = reader.read(VideoFrame(1, 33_000_000, picture))
    assert (reading.gaze, reading.mouth, reading.brows) == (None, None, None)
    assert reading.head is not None
    assert reading.eyes is not None
