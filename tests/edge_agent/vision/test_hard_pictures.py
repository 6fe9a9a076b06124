"""What cameras do: another size in mid-stream, darkness, company, pictures on their side."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from edge_agent.capture.film import Film
from edge_agent.capture.timeline import Timeline
from edge_agent.flow import CameraHealth, FrameReading, PeopleLook, PostureLook, Rgb
from edge_agent.vision.finders import Finders
from edge_agent.vision.looks import Looker, LookValue, lookers
from edge_agent.vision.reader import FrameReader
from edge_agent.vision.settings import VisionSettings
from tests.fakes.footage import astronaut, put, sight, sized, video

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]


class Eyes:
    """Every model over one picture after the other, without threads."""

    def __init__(self, reader: FrameReader, looking: list[Looker]) -> None:
        self._reader, self._looking, self._count = reader, looking, 0

    def see(self, image: Rgb, frames: int = 4) -> tuple[FrameReading, dict[type, LookValue]]:
        """The picture for so many frames; what the last of them said."""
        for _ in range(frames):
            self._count += 1
            one = sight(image, self._count)
            reading = self._reader.read(one.frame)
            looks = [
                looker.look(sight(image, self._count, reading.faces)) for looker in self._looking
            ]
        return reading, {type(look): look for look in looks}


@pytest.fixture
def eyes(finders: Finders, models: Path) -> Iterator[Eyes]:
    wanted = VisionSettings(models=str(models), posture=True, hands=True, people=True)
    finder, looking = finders.faces(), lookers(wanted, finders)
    yield Eyes(FrameReader(finder, 60.0), looking)
    finder.close()
    for one in looking:
        one.close()


def test_another_resolution_in_mid_stream_changes_no_reading(eyes: Eyes) -> None:
    found = []
    for width, height in ((640, 480), (1280, 720), (320, 240), (640, 480)):
        reading, looks = eyes.see(sized(astronaut(), width, height))
        assert reading.head is not None, (width, height)
        posture, people = looks[PostureLook], looks[PeopleLook]
        assert isinstance(posture, PostureLook)
        assert posture.posture is not None, (width, height)
        assert isinstance(people, PeopleLook)
        assert people.people == 1, (width, height)
        found.append((reading.head.yaw_deg, reading.head.roll_deg, reading.face_height_ratio))
    yaws, rolls, heights = (np.array(column, float) for column in zip(*found, strict=True))
    assert np.ptp(yaws) < 6.0
    assert np.ptp(rolls) < 3.0
    assert np.ptp(heights) < 0.05


def test_in_the_dark_nobody_is_seen_and_the_light_brings_them_back(eyes: Eyes) -> None:
    lit, dark = sized(astronaut(), 640, 480), np.zeros((480, 640, 3), np.uint8)
    for image, there in ((lit, 1), (dark, 0), (lit, 1)):
        reading, looks = eyes.see(image, frames=5)
        posture, people, health = (looks[kind] for kind in (PostureLook, PeopleLook, CameraHealth))
        assert reading.faces == there
        assert (reading.head is not None) == bool(there)
        assert isinstance(posture, PostureLook)
        assert (posture.posture is not None) == bool(there)
        assert isinstance(people, PeopleLook)
        assert people.people == there
        assert isinstance(health, CameraHealth)
        assert health.black == (not there)


def test_of_two_people_the_larger_is_the_candidate(eyes: Eyes) -> None:
    other = np.ascontiguousarray(sized(astronaut(), 200, 200))
    near = put(np.full((480, 640, 3), 90, np.uint8), sized(astronaut(), 420, 420), 210, 60)
    alone, _ = eyes.see(near)
    reading, looks = eyes.see(put(near, other, 5, 20))
    people = looks[PeopleLook]
    assert isinstance(people, PeopleLook)
    assert people.people == 2
    assert reading.face_height_ratio == pytest.approx(alone.face_height_ratio, abs=0.03)


def test_a_portrait_picture_is_read_as_any(eyes: Eyes) -> None:
    upright, _ = eyes.see(sized(astronaut(), 640, 480))
    reading, _ = eyes.see(sized(astronaut(), 480, 640))
    assert upright.head is not None
    assert reading.head is not None
    assert reading.head.yaw_deg == pytest.approx(upright.head.yaw_deg, abs=6.0)


@pytest.mark.parametrize("turned_deg", [90, -90, 180])
def test_a_film_on_its_side_is_set_upright(turned_deg: int, tmp_path: Path, eyes: Eyes) -> None:
    """Telephones store what their sensor saw, and by how much to turn it."""
    upright = sized(np.ascontiguousarray(astronaut()[:320, 130:310]), 360, 640)
    stored = np.ascontiguousarray(np.rot90(upright, -turned_deg // 90))
    file = video(tmp_path / "x.mp4", [stored] * 5, turned_deg=turned_deg)
    shown = next(
        Film(file, lambda: Timeline((), (), time.monotonic_ns())).frames(threading.Event())
    ).image
    assert shown.shape == upright.shape
    assert float(np.abs(shown.astype(int) - upright).mean()) < 6.0
    reading, _ = eyes.see(shown)
    assert reading.faces == 1
    assert reading.head is not None
    assert abs(reading.head.roll_deg) < 20.0
