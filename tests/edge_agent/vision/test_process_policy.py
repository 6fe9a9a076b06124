"""What policy switches off, in the real vision process: not loaded, not computed, and back again."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest
import structlog.testing

from edge_agent.flow import (
    ALL_BUT_EMOTION,
    EVERYTHING,
    Channels,
    PeopleLook,
    PostureLook,
)
from edge_agent.models.places import EMOTION, FACE
from edge_agent.vision import VisionSettings
from tests.fakes.footage import astronaut, lively, sized, video
from tests.fakes.watch import Watch

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

NOTHING = Channels(gaze=False, expression=False, posture=False, hands=False, people=False)


class Measured(Watch):
    """Also what a policy changes, and the libraries that the process has in its memory."""

    async def measured(self, channels: Channels) -> None:
        """Until what was under way before `channels` is through."""
        self.vision.measure(channels)
        seen = len(self.readings)
        await self.until(lambda: len(self.readings) > seen + 30)

    def forget(self) -> None:
        for kept in (self.readings, self.looks, self.glances):
            kept.clear()

    def has_loaded(self, library: str) -> bool:
        return library in Path(f"/proc/{self.vision.pid}/maps").read_text()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("films")
    return video(folder / "x.mp4", lively(sized(astronaut(), 640, 480), 60))


def settings(models: Path, file: Path) -> VisionSettings:
    return VisionSettings(
        replay_file=str(file),
        replay_start_mono_ns=time.monotonic_ns(),
        model=str(models / FACE),
        models=str(models),
        posture=True,
        people=True,
    )


async def test_emotion_is_loaded_when_it_is_allowed_and_not_a_moment_before(
    models: Path, file: Path
) -> None:
    """The network's runtime is in the process's memory only from then on; so is no glance before."""
    room = Measured(settings(models, file))
    async with room.running():
        await room.until(lambda: len(room.readings) > 60)
        assert not room.has_loaded("onnxruntime_pybind11_state")
        assert room.glances == []
        room.vision.measure(EVERYTHING)
        await room.until(lambda: len(room.glances) > 3)
        assert room.has_loaded("onnxruntime_pybind11_state")
        await room.measured(ALL_BUT_EMOTION)
        room.forget()
        await room.until(lambda: len(room.readings) > 30)
        assert room.glances == []


async def test_what_is_switched_off_is_not_computed_and_comes_back(
    models: Path, file: Path
) -> None:
    room = Measured(settings(models, file))
    async with room.running():
        await room.until(lambda: bool(room.readings and room.readings[-1].gaze and room.looks))
        await room.measured(NOTHING)
        room.forget()
        await room.until(lambda: len(room.readings) > 30)
        assert {(one.gaze, one.mouth, one.brows) for one in room.readings} == {(None, None, None)}
        assert all(one.faces and one.head and one.eyes for one in room.readings)
        assert room.looks == []
        room.vision.measure(ALL_BUT_EMOTION)
        await room.until(lambda: {type(look) for look in room.looks} >= {PostureLook, PeopleLook})
        await room.until(lambda: room.readings[-1].gaze is not None)


async def test_a_process_that_is_started_anew_measures_no_more_than_before(
    models: Path, file: Path
) -> None:
    room = Measured(settings(models, file))
    async with room.running():
        await room.until(lambda: len(room.readings) > 5)
        await room.measured(NOTHING)
        before = room.vision.counts.restarts
        room.vision._kill()
        await room.until(lambda: room.vision.counts.restarts > before)
        room.forget()
        await room.until(lambda: len(room.readings) > 10)
        assert {one.gaze for one in room.readings} == {None}
        assert room.looks == []


@pytest.fixture
def without_emotion(models: Path, tmp_path: Path) -> Path:
    for one in models.iterdir():
        if one.name != EMOTION:
            (tmp_path / one.name).symlink_to(one)
    return tmp_path


async def test_a_model_that_is_missing_costs_its_own_looks_and_no_others(
    models: Path, file: Path, without_emotion: Path
) -> None:
    room = Measured(replace(settings(models, file), models=str(without_emotion)))
    with structlog.testing.capture_logs() as told:
        async with room.running():
            await room.until(lambda: len(room.readings) > 5)
            room.vision.measure(EVERYTHING)
            await room.until(lambda: any(line["event"] == "not measured" for line in told))
            room.forget()
            await room.until(lambda: len(room.looks) > 5)
    (line,) = [line for line in told if line["event"] == "not measured"]
    assert line["what"] == "emotion"
    assert "edge-agent models build" in line["why"]
    assert room.glances == []
    assert room.vision.counts.restarts == 0
