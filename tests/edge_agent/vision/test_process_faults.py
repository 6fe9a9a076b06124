"""What cameras do, through the real vision process: each is told as it is, and the process goes on.

A camera that is unplugged, and one of five frames a second, are in `test_process_looks`.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from edge_agent.flow import DeviceState, FrameReading, PeopleLook, Rgb
from edge_agent.models.places import FACE
from edge_agent.vision import VisionSettings
from tests.fakes.footage import astronaut, put, scenes, sized
from tests.fakes.watch import Watch

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

FPS = 15
SCENE_S = 2.0
SETTLED_S = 0.8
"""Looks of four a second have been taken by then, and the coder's first pictures are over."""
LEAST = 3
"""Readings of a scene: a machine that is busy elsewhere drops frames, and that is no fault here."""
ORDER = ("alone", "black", "lit again", "large", "two", "portrait")


def _pictures() -> dict[str, Rgb]:
    alone = put(np.full((480, 640, 3), 90, np.uint8), sized(astronaut(), 420, 420), 210, 60)
    return {
        "alone": alone,
        "black": np.zeros((480, 640, 3), np.uint8),
        "lit again": alone,
        "large": sized(astronaut(), 1280, 720),
        "two": put(alone, sized(astronaut(), 200, 200), 5, 20),
        "portrait": sized(astronaut(), 480, 640),
    }


@dataclass(frozen=True)
class Course:
    """One process that saw all of them, one after the other."""

    room: Watch
    began_ns: int

    def during(self, scene: str) -> range:
        """Nanoseconds in which it was shown, without its beginning."""
        from_s = ORDER.index(scene) * SCENE_S
        low, high = from_s + SETTLED_S, from_s + SCENE_S - 1 / FPS
        return range(self.began_ns + round(low * 1e9), self.began_ns + round(high * 1e9))

    def readings(self, scene: str) -> list[FrameReading]:
        span = self.during(scene)
        found = [one for one in self.room.readings if one.mono_ns in span]
        assert len(found) >= LEAST
        return found

    def people(self, scene: str) -> set[int]:
        span, looks = self.during(scene), self.room.looks
        return {one.people for one in looks if isinstance(one, PeopleLook) and one.mono_ns in span}


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pictures, count = _pictures(), round(SCENE_S * FPS)
    # Never twice the same to the bit: a camera that does that is told as frozen.
    parts = [[pictures[scene] + np.uint8(n % 2) for n in range(count)] for scene in ORDER]
    return scenes(tmp_path_factory.mktemp("films") / "all.ts", parts, FPS)


@pytest.fixture(scope="module")
def course(models: Path, film: Path) -> Course:
    return asyncio.run(_watch(models, film))


async def _watch(models: Path, film: Path) -> Course:
    room = Watch(
        VisionSettings(
            replay_file=str(film),
            replay_holds_s=(0.0,),  # the film waits until the models are warm
            replay_start_mono_ns=time.monotonic_ns(),
            model=str(models / FACE),
            models=str(models),
            people=True,
        )
    )
    async with room.running():
        await room.vision.ready.wait()
        began_ns = time.monotonic_ns()
        room.vision.release_hold(began_ns)
        end_ns = began_ns + round((len(ORDER) * SCENE_S + 0.2) * 1e9)
        await room.until(lambda: bool(room.readings) and room.readings[-1].mono_ns > end_ns)
    return Course(room, began_ns)


@pytest.mark.parametrize("scene", [one for one in ORDER if one != "black"])
def test_a_face_is_read_whatever_the_size_of_the_picture(course: Course, scene: str) -> None:
    readings = course.readings(scene)
    whole = [one for one in readings if one.faces and one.head and one.eyes and one.gaze]
    assert len(whole) / len(readings) >= 0.9


def test_in_a_black_picture_nobody_is_there_and_the_camera_is_told_as_black(course: Course) -> None:
    assert {one.faces for one in course.readings("black")} == {0}
    seen = [(one.mono_ns, one.black) for one in course.room.healths]
    assert any(black for at_ns, black in seen if at_ns in course.during("black"))
    assert not any(black for at_ns, black in seen if at_ns in course.during("lit again"))


def test_a_second_person_is_counted_and_the_larger_one_is_the_candidate(course: Course) -> None:
    assert course.people("two") == {2}
    assert course.people("alone") == {1}
    alone, two = (_height(course.readings(scene)) for scene in ("alone", "two"))
    assert two == pytest.approx(alone, abs=0.03)


def test_none_of_it_restarts_the_process_or_passes_for_a_lost_camera(course: Course) -> None:
    assert course.room.states() == [DeviceState.READY]
    assert course.room.vision.counts.restarts == 0
    numbers = [one.frame_index for one in course.room.readings]
    assert numbers == sorted(set(numbers))


def _height(readings: list[FrameReading]) -> float:
    return float(np.median([one.face_height_ratio for one in readings if one.face_height_ratio]))
