"""What a seat lacks, in words; and that a good one is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edge_agent.flow import CameraHealth, FrameReading, HeadPose
from edge_agent.preview.advice import Seen, advice

pytestmark = pytest.mark.unit

HEALTHY = CameraHealth(0, 0.45, 0.0, 200.0, False, False, False, False)
READING = FrameReading(0, 0, 1, HeadPose(2.0, -4.0, 1.0), face_height_ratio=0.4)
GOOD = Seen(READING, (0.5, 0.45), 0.5)
EMPTY = Seen(FrameReading(0, 0, 0))


def told(
    seen: list[Seen], health: CameraHealth | None = HEALTHY, fps: float | None = 29.5
) -> tuple[str, ...]:
    return advice(seen, health, fps=fps, wanted_fps=30.0)


def turned(yaw: float = 0.0, pitch: float = 0.0, roll: float = 0.0) -> Seen:
    return replace(GOOD, reading=replace(READING, head=HeadPose(yaw, pitch, roll)))


def sized(height: float) -> Seen:
    return replace(GOOD, reading=replace(READING, face_height_ratio=height))


def test_a_good_seat_needs_nothing() -> None:
    assert told([GOOD] * 30) == ()


@pytest.mark.parametrize(
    ("seen", "begins"),
    [
        (EMPTY, "No face in view"),
        (replace(GOOD, face_brightness_ratio=0.1), "Too dark"),
        (replace(GOOD, face_brightness_ratio=0.95), "The face is too bright"),
        (sized(0.12), "Too far: the face has 12%"),
        (sized(0.8), "Too near: the face has 80%"),
        (replace(GOOD, middle=(0.2, 0.5)), "The face is at the picture's left"),
        (replace(GOOD, middle=(0.8, 0.5)), "The face is at the picture's right"),
        (replace(GOOD, middle=(0.5, 0.1)), "The face is at the picture's top"),
        (replace(GOOD, middle=(0.5, 0.9)), "The face is at the picture's bottom"),
        (turned(roll=-12.0), "Camera tilted: the head leans by 12 degrees"),
        (turned(yaw=40.0), "The head is turned by 40 degrees"),
        (turned(pitch=-30.0), "The head is bent by 30 degrees: the screen is too low"),
        (replace(GOOD, reading=replace(READING, faces=2)), "Several faces are in view"),
    ],
)
def test_each_lack_has_its_sentence_and_no_other(seen: Seen, begins: str) -> None:
    (only,) = told([seen] * 30)
    assert only.startswith(begins)


@pytest.mark.parametrize(
    ("given", "begins"),
    [
        ({"black": True}, "The picture is black"),
        ({"over_exposed": True}, "Too bright"),
        ({"blurred": True}, "Blurred"),
        ({"frozen": True}, "The picture stands still"),
    ],
)
def test_a_bad_picture_is_said_first(given: dict[str, bool], begins: str) -> None:
    health = replace(HEALTHY, **given)
    assert told([EMPTY] * 30, health)[0].startswith(begins)


def test_a_face_that_comes_and_goes_and_a_slow_camera_are_said() -> None:
    sentences = told([GOOD] * 20 + [EMPTY] * 10, fps=11.0)
    assert sentences[0].startswith("The face is lost at times (20 of 30 frames)")
    assert sentences[1].startswith("Slow: 11 of 30 frames a second")


def test_one_odd_frame_changes_nothing() -> None:
    assert told([GOOD] * 29 + [turned(roll=40.0)]) == ()


def test_what_was_not_measured_is_not_guessed_at() -> None:
    bare = Seen(FrameReading(0, 0, 1), None, None)
    assert told([bare] * 30, None, None) == ()
