"""Looks beside the faces, in the real vision process."""

from __future__ import annotations

import asyncio
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from edge_agent.errors import ModelError
from edge_agent.flow import (
    DeviceState,
    FrameReading,
    HandsLook,
    PeopleLook,
    PostureLook,
)
from edge_agent.framing import packed
from edge_agent.models.places import FACE, PEOPLE
from edge_agent.vision import VisionSettings
from edge_agent.vision.messages import Opened, Read, looked
from tests.fakes.footage import astronaut, lively, sized, video
from tests.fakes.watch import Watch

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("films")
    return video(folder / "x.mp4", lively(sized(astronaut(), 640, 480), 60))


def settings(models: Path, file: Path, *, on: bool = True) -> VisionSettings:
    return VisionSettings(
        replay_file=str(file),
        replay_start_mono_ns=time.monotonic_ns(),
        model=str(models / FACE),
        models=str(models),
        posture=on,
        hands=on,
        people=on,
    )


async def test_every_kind_comes_with_the_time_of_a_frame(models: Path, file: Path) -> None:
    room = Watch(settings(models, file))
    async with room.running():
        await room.until(lambda: len(room.healths) >= 2)
    kinds = [type(look) for look in room.looks]
    assert {PostureLook, HandsLook, PeopleLook} == set(kinds)
    assert kinds.count(PostureLook) > kinds.count(HandsLook)
    frames = {reading.mono_ns for reading in room.readings}
    assert {look.mono_ns for look in room.looks} <= frames
    postures = [look.posture for look in room.looks if isinstance(look, PostureLook)]
    assert postures[-1] is not None
    assert {look.people for look in room.looks if isinstance(look, PeopleLook)} == {1}
    health = room.healths[0]
    assert {health.black, health.frozen, health.blurred, health.over_exposed} == {False}


async def test_what_is_off_is_not_looked_at(models: Path, file: Path, tmp_path: Path) -> None:
    """Its models are not even there."""
    room = Watch(replace(settings(models, file, on=False), models=str(tmp_path)))
    async with room.running():
        await room.until(lambda: len(room.healths) >= 2)
    assert room.looks == []
    assert len(room.readings) > 20


async def test_what_is_on_and_not_built_ends_the_run(
    models: Path, file: Path, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match=PEOPLE):
        await Watch(
            replace(settings(models, file, on=False), models=str(tmp_path), people=True)
        ).vision.run()


async def test_a_picture_that_stands_still_is_told_as_frozen(models: Path, tmp_path: Path) -> None:
    still = video(tmp_path / "still.mp4", [sized(astronaut(), 320, 240)] * 2)
    room = Watch(settings(models, still, on=False))
    async with room.running():
        await room.until(lambda: any(health.frozen for health in room.healths))
    assert not room.healths[0].frozen


async def test_a_slow_camera_is_no_stall(models: Path, tmp_path: Path) -> None:
    """Five frames a second: each is read, each kind goes on, nothing is restarted."""
    slow = video(tmp_path / "slow.mp4", lively(sized(astronaut(), 640, 480), 10), fps=5)
    room = Watch(settings(models, slow))
    async with room.running():
        await room.until(lambda: len(room.readings) >= 20)
        assert room.vision.fps == pytest.approx(5.0, abs=1.0)
    assert room.vision.counts.dropped == 0
    assert room.states() == [DeviceState.READY]
    assert all(reading.faces == 1 for reading in room.readings)
    assert {type(look) for look in room.looks} == {PostureLook, HandsLook, PeopleLook}


async def test_a_camera_that_is_unplugged_comes_back_when_it_is_plugged_in(
    models: Path, file: Path, tmp_path: Path
) -> None:
    """OpenCV opens a file like a device: at its end, and while it is away, the "device" is gone."""
    device = tmp_path / "video0.mp4"
    shutil.copy(file, device)
    room = Watch(VisionSettings(camera=str(device), model=str(models / FACE)))
    async with room.running():
        await room.until(lambda: len(room.readings) >= 10)
        device.rename(tmp_path / "unplugged")
        await room.until(lambda: "cannot be opened" in room.events[-1].detail)
        tries = room.vision.counts.restarts
        await room.until(lambda: room.vision.counts.restarts >= tries + 2)
        told = len(room.events)
        seen = len(room.readings)
        (tmp_path / "unplugged").rename(device)
        await room.until(lambda: len(room.readings) > seen)
        assert room.events[told - 1].state is DeviceState.LOST
        assert room.events[told].state is DeviceState.RESTARTED
    away = [event for event in room.events if "cannot be opened" in event.detail]
    assert len(away) == 1, "a camera that stays away is told once"
    numbers = [reading.frame_index for reading in room.readings]
    assert numbers == sorted(set(numbers))


async def test_looks_alone_do_not_pass_for_a_living_process(file: Path) -> None:
    """They come from a thread of their own: a face that hangs is found all the same."""
    room = Watch(VisionSettings(replay_file=str(file), stall_s=0.3))
    reader = asyncio.StreamReader()
    reader.feed_data(packed(Opened("x", "told", 30.0)))
    reader.feed_data(packed(Read(FrameReading(0, 0, 0), 1, 1, 0)))

    async def look_on() -> None:
        while True:
            reader.feed_data(packed(looked(PeopleLook(0, 1))))
            await asyncio.sleep(0.02)

    chatter = asyncio.create_task(look_on())
    async with asyncio.timeout(20.0):
        assert await room.vision._listen(reader) is None
    chatter.cancel()
    assert room.looks
    assert room.events[-1].device == "vision"
    assert "no reading for 0.3 s" in room.events[-1].detail
