"""A camera that is not there."""

from __future__ import annotations

import threading
from collections import deque
from pathlib import Path

import pytest

from edge_agent.capture.camera import Camera, camera_name, present_cameras
from edge_agent.errors import CameraError
from tests.fakes.films import film

pytestmark = pytest.mark.integration


def test_pictures_are_red_first_and_the_end_of_them_is_an_error(tmp_path: Path) -> None:
    """OpenCV opens a file as it opens a device, which stands in for one here."""
    camera = Camera(str(film(tmp_path / "x.mp4", 0.2, rgb=(200, 90, 20))), 640, 480, 30.0)
    frames = camera.frames(threading.Event())
    first = next(frames)
    with pytest.raises(CameraError, match="gives no more pictures"):
        deque(frames, maxlen=0)
    assert first.image.flags.c_contiguous
    assert first.image.mean(axis=(0, 1)) == pytest.approx((200, 90, 20), abs=12)


def test_a_missing_camera_says_what_to_do() -> None:
    with pytest.raises(CameraError, match="camera 77: cannot be opened"):
        Camera(77, 640, 480, 30.0)


def test_the_cameras_that_are_there_are_named(tmp_path: Path) -> None:
    for number, name in ((0, "Integrated Camera"), (2, "USB Kamera")):
        (tmp_path / f"video{number}").mkdir()
        (tmp_path / f"video{number}" / "name").write_text(name + "\n")
    assert present_cameras(tmp_path) == (
        "/dev/video0 (Integrated Camera)",
        "/dev/video2 (USB Kamera)",
    )
    assert camera_name(2, tmp_path) == "USB Kamera"
    assert camera_name("/dev/video0", tmp_path) == "Integrated Camera"
    assert camera_name(5, tmp_path) == "5"
