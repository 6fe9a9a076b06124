"""What the looks see of devices, disks, names and the way to central."""

from __future__ import annotations

import asyncio
import fcntl
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from daedam.v1 import room_pb2, room_pb2_grpc
from edge_agent.config import Central, parse
from edge_agent.doctor import way
from edge_agent.doctor.apart import Unseen
from edge_agent.doctor.checks import (
    camera,
    clock,
    disk,
    gpu,
    kiosk,
    microphone,
    names,
    speaker,
    spool,
)
from edge_agent.doctor.checks.gateway import GatewayCheck
from edge_agent.doctor.checks.systemd import SystemdCheck
from edge_agent.doctor.finding import Status, Visit
from edge_agent.errors import CameraError, MicrophoneError
from edge_agent.flow import VideoFrame
from tests.fakes.certificates import Authority, write_room
from tests.fakes.portaudio import FakeAudio, FakeStream
from tests.fakes.room_gateway import RoomGateway

pytestmark = pytest.mark.integration


class CountingGateway(RoomGateway):
    """Knows how often it was probed."""

    probes = 0

    async def Probe(  # noqa: N802 - the generated class names it
        self, request: room_pb2.ProbeRequest, context: Any
    ) -> room_pb2.ProbeResponse:
        self.probes += 1
        return await super().Probe(request, context)


class OlderGateway(RoomGateway):
    """Of a release that knew no probes."""

    Probe = room_pb2_grpc.RoomServiceServicer.Probe  # type: ignore[assignment]  # it aborts


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[CountingGateway]:
    authority = Authority()
    write_room(tmp_path, authority, authority.room())
    gateway = CountingGateway(authority)
    await gateway.start()
    yield gateway
    await gateway.stop()


def central(folder: Path, address: str) -> Central:
    return parse({"central": {"address": address}}, folder).central


async def test_the_way_is_measured_in_both_directions(
    tmp_path: Path, gateway: CountingGateway
) -> None:
    gateway.clock_ahead_ns = 5 * 10**9
    seen = await way.measure(way.told(central(tmp_path, gateway.address)), 5, 65_536)
    assert seen["connect_ms"] >= seen["round_trip_ms"] > 0
    assert seen["round_trip_p95_ms"] >= seen["round_trip_ms"]
    assert seen["up_kb_s"] > 0
    assert seen["down_kb_s"] > 0
    assert seen["clock_ahead_ms"] == pytest.approx(-5_000, abs=500)
    assert gateway.probes <= 1 + 5 + 2 * len(way.LOADS_BYTES)
    assert gateway.hellos == [], "the room's stream is not touched"


async def test_a_quick_look_loads_nothing(tmp_path: Path, gateway: CountingGateway) -> None:
    seen = await way.measure(way.told(central(tmp_path, gateway.address)), 2, 0)
    assert seen["up_kb_s"] is None
    assert gateway.probes == 3


async def test_the_check_runs_it_apart(tmp_path: Path, gateway: CountingGateway) -> None:
    config = parse({"central": {"address": gateway.address}}, tmp_path)
    found = await GatewayCheck().run(Visit(config, quick=True))
    assert found.status is Status.OK, found
    assert found.figures["round_trip_ms"] > 0
    without = await GatewayCheck().run(
        Visit(parse({"central": {"address": "a:1"}}, tmp_path / "x"))
    )
    assert without.status is Status.SKIPPED


async def test_a_gateway_that_is_not_there_is_named(
    tmp_path: Path, gateway: CountingGateway
) -> None:
    await gateway.stop()
    with pytest.raises(Unseen, match="nobody answers at"):
        await way.measure(way.told(central(tmp_path, gateway.address)), 1, 0)


async def test_an_older_gateway_is_no_obstacle(tmp_path: Path) -> None:
    authority = Authority()
    write_room(tmp_path, authority, authority.room())
    gateway = OlderGateway(authority)
    await gateway.start()
    try:
        with pytest.raises(Unseen, match="central answers, but is too old"):
            await way.measure(way.told(central(tmp_path, gateway.address)), 1, 0)
    finally:
        await gateway.stop()


async def test_a_microphone_is_heard_for_a_second() -> None:
    audio = FakeAudio("Built-in", "USB Audio")
    looking = asyncio.create_task(microphone.look("usb", audio.audio))
    await asyncio.to_thread(audio.opened.acquire)
    while not looking.done():
        audio.streams[-1].give(3_277)
        await asyncio.sleep(0.001)
    seen = await looking
    assert seen == {"name": "USB Audio", "seconds": 1.0, "level_dbfs": -20.0, "clipped_ratio": 0.0}


async def test_a_microphone_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(MicrophoneError, match="Found here: Built-in"):
        await microphone.look("usb", FakeAudio("Built-in").audio)


class Loop(FakeAudio):
    """A loudspeaker whose sound comes into the microphone, `gain` as loud."""

    def __init__(self, gain: float) -> None:
        super().__init__("Mic", outputs=("HDMI",))
        self._gain, self._noise = gain, np.random.default_rng(1)

    def open(self, **settings: Any) -> FakeStream:
        stream = super().open(**settings)
        if stream.callback is not None:
            stream.callback(self._room(8_000).tobytes(), 8_000, {}, 0)
        else:
            ear = next((one for one in self.streams if one.callback is not None), None)
            stream.write = lambda data: self._carry(ear, data)  # type: ignore[method-assign]
        return stream

    def _carry(self, ear: FakeStream | None, data: bytes) -> None:
        if ear is not None and ear.callback is not None:
            heard = np.frombuffer(data, "<i2") * self._gain
            mixed = (heard + self._room(len(heard))).astype("<i2")
            ear.callback(mixed.tobytes(), len(mixed), {}, 0)

    def _room(self, size: int) -> Any:
        return self._noise.normal(0, 50, size).astype("<i2")


@pytest.mark.parametrize(("gain", "heard"), [(0.5, True), (0.05, True), (0.0, False)])
def test_a_tone_is_found_in_what_the_microphone_hears(gain: float, heard: bool) -> None:
    seen = speaker.look(True, "mic", Loop(gain).audio)
    assert seen["played"]
    assert (seen["rise_db"] >= speaker.HEARD_DB) is heard, seen


def test_nothing_is_played_unless_asked() -> None:
    audio = Loop(1.0)
    assert speaker.look(False, None, audio.audio) == {
        "outputs": ["HDMI"],
        "played": False,
        "rise_db": None,
    }
    assert audio.streams == []


async def test_both_languages_have_a_voice() -> None:
    assert await speaker.look_at_voices() == {"ko": "", "en": ""}


class Pictures:
    """A camera that gives 100 pictures a second: noise around `level`, or always the same one."""

    name = "fake"

    def __init__(self, level: float, *, same: bool = False) -> None:
        self._level, self._same = level, same

    def frames(self, stop: threading.Event) -> Iterator[VideoFrame]:
        random = np.random.default_rng(1)
        image = np.full((48, 64, 3), self._level, np.uint8)
        for index in count():
            if stop.is_set():
                return
            time.sleep(0.01)
            if not self._same:
                image = random.normal(self._level, 2, (48, 64, 3)).clip(0, 255).astype(np.uint8)
            yield VideoFrame(index, time.monotonic_ns(), image)


def test_a_camera_is_looked_at_picture_by_picture() -> None:
    seen = camera.look_at(Pictures(100), 0.1)
    assert seen["frames"] > 5
    assert 10 < seen["fps"] <= 101
    assert (seen["width"], seen["height"]) == (64, 48)
    assert seen["mean_level"] == pytest.approx(100, abs=2)
    assert seen["same_frames"] == 0


def test_a_picture_that_stands_still_is_seen_to() -> None:
    seen = camera.look_at(Pictures(0, same=True), 0.1)
    assert seen["same_frames"] == seen["frames"] - 1
    assert seen["mean_level"] == 0


def test_a_camera_that_is_not_there_is_an_error_that_says_so() -> None:
    with pytest.raises(CameraError, match="camera 77"):
        camera.look("77", 640, 480, 30.0, 0.1)


def test_a_disk_is_timed_in_the_nearest_folder_that_exists(tmp_path: Path) -> None:
    seen = disk.look(str(tmp_path / "not" / "yet"), 5)
    assert seen["folder"] == str(tmp_path)
    assert 0 < seen["sync_ms"] <= seen["sync_p95_ms"] <= seen["sync_max_ms"]
    assert seen["free_bytes"] > 0
    assert list(tmp_path.iterdir()) == [], "nothing is left behind"


def test_who_holds_the_spool_is_seen_by_its_open_files(tmp_path: Path) -> None:
    segment = tmp_path / "000001" / "x.seg"
    segment.parent.mkdir()
    with segment.open("w"):
        assert spool.holders(tmp_path) == (), "the one who looks does not count"
        proc = tmp_path / "proc"
        for pid in ("7", "8", "9"):
            (proc / pid / "fd").mkdir(parents=True)
        (proc / "7" / "fd" / "3").symlink_to(segment)
        (proc / "8" / "fd" / "3").symlink_to(f"{tmp_path}/000001/gone.seg (deleted)")
        (proc / "9" / "fd" / "3").symlink_to("/dev/null")
        assert spool.holders(tmp_path, proc) == (7, 8)


def test_a_spool_that_another_locked_is_seen_to_be(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    assert spool.look(str(tmp_path))["locked"] is False
    with (tmp_path / "lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert spool.look(str(tmp_path))["locked"] is True


def test_a_port_that_somebody_has_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = int(taken.getsockname()[1])
        assert "in use" in kiosk.port_problem("127.0.0.1", port)
    assert kiosk.port_problem("127.0.0.1", port) == ""


def test_this_pc_resolves_its_own_name_and_tells_its_clock_and_processor() -> None:
    assert "127.0.0.1" in names.look("localhost", 1)["addresses"]
    assert clock.look()["synchronised"] in {True, False, None}
    assert gpu.look_at_providers()["CPUExecutionProvider"] == ""


def test_the_profile_that_the_agent_will_take_is_looked_at() -> None:
    assert gpu.look_at_vision("cpu", "") == {"wanted": "cpu", "profile": "cpu", "fallback": ""}


async def test_without_systemd_its_check_is_skipped_with_a_sentence(tmp_path: Path) -> None:
    visit = Visit(parse({"central": {"address": "a:1"}}, tmp_path))
    found = await SystemdCheck(booted=tmp_path / "none").run(visit)
    assert found.status is Status.SKIPPED
    assert "not started by systemd" in found.seen
