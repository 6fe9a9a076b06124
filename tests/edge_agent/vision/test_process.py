"""The real vision process on a replayed film of the demo candidate."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from edge_agent.errors import CameraError, ModelError, ReplayError
from edge_agent.flow import DeviceEvent, DeviceState
from edge_agent.models.places import FACE
from edge_agent.vision import VisionSettings
from edge_agent.vision.inference import cuda_offered
from tests.fakes.films import film
from tests.fakes.watch import Watch

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("films") / "x.mp4", 2.0)


def settings(models: Path, file: Path, **more: float) -> VisionSettings:
    return VisionSettings(
        replay_file=str(file),
        replay_start_mono_ns=time.monotonic_ns(),
        model=str(models / FACE),
        **more,  # type: ignore[arg-type] # any setting
    )


async def test_every_frame_that_comes_is_read(models: Path, file: Path) -> None:
    room = Watch(settings(models, file))
    async with room.running():
        await room.has(45)
        vision = room.vision
        assert vision.ready.is_set()
        assert (vision.camera_name, vision.provider) == ("replay x.mp4", "mediapipe-cpu")
        assert (vision.profile, vision.fallback) == ("cpu", "")
        assert vision.counts.analysed == len(room.readings)
        assert vision.counts.captured - vision.counts.analysed <= 4 + vision.counts.dropped
        assert vision.fps == pytest.approx(30.0, abs=3.0)
    numbers = [reading.frame_index for reading in room.readings]
    assert numbers == sorted(set(numbers))
    assert room.events[0] == DeviceEvent("camera", DeviceState.READY, "replay x.mp4")


@pytest.mark.skipif(cuda_offered(), reason="this machine may have a card that works")
async def test_a_room_that_wants_a_card_and_has_none_says_why(models: Path, file: Path) -> None:
    room = Watch(replace(settings(models, file), profile="gpu", models=str(models)))
    async with room.running():
        await room.has(5)
        vision = room.vision
        assert (vision.provider, vision.profile) == ("mediapipe-cpu", "cpu")
        assert "daedam[edge-gpu]" in vision.fallback


async def test_a_killed_process_is_restarted_and_the_counts_go_on(models: Path, file: Path) -> None:
    room = Watch(settings(models, file))
    async with room.running():
        await room.has(20)
        assert room.vision.pid is not None
        os.kill(room.vision.pid, signal.SIGKILL)
        before = len(room.readings)
        await room.has(before + 20)
        assert room.vision.counts.restarts == 1
        assert room.vision.counts.analysed == len(room.readings)
    numbers = [reading.frame_index for reading in room.readings]
    assert numbers == sorted(set(numbers))
    states = [(event.device, event.state) for event in room.events]
    assert states == [
        ("camera", DeviceState.READY),
        ("vision", DeviceState.LOST),
        ("camera", DeviceState.RESTARTED),
    ]


async def test_a_process_that_hangs_is_killed_after_the_stall_time(
    models: Path, file: Path
) -> None:
    room = Watch(settings(models, file))
    async with room.running():
        await room.has(10)
        assert room.vision.pid is not None
        os.kill(room.vision.pid, signal.SIGSTOP)
        stopped = time.monotonic()
        await room.until(lambda: any(event.device == "vision" for event in room.events))
        assert 0.7 <= time.monotonic() - stopped <= 2.0
        await room.has(len(room.readings) + 5)


async def test_nothing_is_left_when_the_room_stops(models: Path, file: Path) -> None:
    room = Watch(settings(models, file))
    async with room.running():
        await room.has(5)
        pid = room.vision.pid
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_camera_that_goes_is_told_and_tried_again(models: Path, file: Path) -> None:
    """OpenCV opens a file like a device; at its end the "device" is gone."""
    room = Watch(VisionSettings(camera=str(file), model=str(models / FACE)))
    async with room.running():
        await room.until(lambda: len(room.events) >= 3)
    lost, again = room.events[1], room.events[2]
    assert (lost.device, lost.state) == ("camera", DeviceState.LOST)
    assert "gives no more pictures" in lost.detail
    assert again.state is DeviceState.RESTARTED


async def test_a_missing_camera_ends_the_run_with_its_name(models: Path) -> None:
    with pytest.raises(CameraError, match="camera 77"):
        await Watch(VisionSettings(camera="77", model=str(models / FACE))).vision.run()


async def test_a_service_waits_for_a_camera_that_is_not_there_at_the_start(
    models: Path, file: Path, tmp_path: Path
) -> None:
    """A file stands in for the device, as above: it is "plugged in" by a link."""
    place = tmp_path / "video0.mp4"
    room = Watch(VisionSettings(camera=str(place), model=str(models / FACE)), patient=True)
    async with room.running():
        await room.until(room.vision.settled.is_set)
        assert not room.vision.ready.is_set()
        assert [(one.device, one.state) for one in room.events] == [("camera", DeviceState.LOST)]
        place.symlink_to(file)
        await room.until(room.vision.ready.is_set)
        await room.has(3)
    assert room.events[1].state is DeviceState.READY


async def test_a_missing_model_says_how_to_build_it(file: Path, tmp_path: Path) -> None:
    wanted = VisionSettings(replay_file=str(file), model=str(tmp_path / "none.task"))
    with pytest.raises(ModelError, match=r"none\.task"):
        await Watch(wanted).vision.run()


async def test_a_damaged_film_ends_the_run(models: Path, tmp_path: Path) -> None:
    (tmp_path / "x.mp4").write_text("nothing")
    with pytest.raises(ReplayError, match="cannot be opened"):
        await Watch(settings(models, tmp_path / "x.mp4")).vision.run()
