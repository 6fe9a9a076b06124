"""Commands pass the gate in order; a start waits for the disk and carries what stands against it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from edge_agent.config import Config, parse
from edge_agent.doctor.encryption import Shelter
from edge_agent.doctor.gate import WAITING, Gate, life_of
from edge_agent.errors import ReserveRefused
from edge_agent.flow import (
    Command,
    DeviceEvent,
    DeviceState,
    EndInterview,
    InterviewPlan,
    Phase,
    PlannedQuestion,
    StartInterview,
)
from edge_agent.interview import Runner, RunnerView
from edge_agent.service.faults import Faults
from edge_agent.telemetry.stillness import Stillness
from tests.fakes.certificates import Authority, write_room

pytestmark = pytest.mark.unit

NOW_NS = 10**12
PLAN = InterviewPlan(
    "1", "Kim", "en", (PlannedQuestion("q", "Why?", 0, 60_000, "t"),), 3_000, 8_000, "1", False
)
START = Command("start", 2**62, StartInterview(PLAN))
END = Command("end", 2**62, EndInterview("over"))


class Disk:
    """Reserves slowly, or not at all."""

    def __init__(self) -> None:
        self.asked: list[int] = []
        self.released = 0
        self.full = False
        self.go = asyncio.Event()
        self.go.set()

    async def reserve(self, size_bytes: int) -> None:
        await self.go.wait()
        self.asked.append(size_bytes)
        if self.full:
            raise ReserveRefused(size_bytes, 1_000_000, "free some space")

    def release(self) -> None:
        self.released += 1


class Eyes:
    def __init__(self) -> None:
        self.stillness = Stillness()
        self.stillness.see(1, NOW_NS)
        self.fps = 30.0


class Scene:
    """A gate with everything around it; `told` is what came through."""

    def __init__(self, folder: Path, *, shelter: Shelter = Shelter.ENCRYPTED) -> None:
        self.disk, self.eyes, self.faults = Disk(), Eyes(), Faults()
        self.phase = Phase.IDLE
        self.told: list[tuple[str, tuple[str, ...]]] = []
        self.gate = Gate(
            settings(folder),
            self.disk,
            self.eyes,
            self.faults,
            self,
            shelter=lambda _: shelter,
            mono_ns=lambda: NOW_NS,
        )
        self.gate.hear(-50.0)

    def command(self, command: Command, not_ready: Sequence[str] = ()) -> None:
        self.told.append((command.command_id, tuple(not_ready)))
        if command is START and not not_ready:
            self.phase = Phase.WAITING

    def view(self) -> RunnerView:
        return replace(Runner(str).view(0), phase=self.phase)

    async def until(self, count: int) -> None:
        async with asyncio.timeout(5):
            while len(self.told) < count:  # noqa: ASYNC110 - a list, not an event
                await asyncio.sleep(0)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.gate.run())
        yield
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def settings(folder: Path, more: dict[str, object] | None = None) -> Config:
    return parse({"central": {"address": "a:1"}, **(more or {})}, folder)


async def test_a_start_reserves_the_disk_and_begins(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    async with scene.running():
        scene.gate.command(START)
        await scene.until(1)
    assert scene.told == [("start", ())]
    assert scene.disk.asked == [13_800_000]
    assert scene.disk.released == 0


async def test_a_room_that_is_not_ready_passes_its_reasons_on_and_gives_the_disk_back(
    tmp_path: Path,
) -> None:
    scene = Scene(tmp_path, shelter=Shelter.CLEAR)
    scene.faults.take(DeviceEvent("camera", DeviceState.LOST, "unplugged"))
    scene.disk.full = True
    async with scene.running():
        scene.gate.command(START)
        await scene.until(1)
        await asyncio.sleep(0)
    ((_, against),) = scene.told
    assert [one.partition(":")[0] for one in against] == ["camera", "disk", "disk"]
    assert scene.disk.released == 1


async def test_nothing_overtakes_a_start_that_waits(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.disk.go.clear()
    async with scene.running():
        scene.gate.command(END)
        scene.gate.command(START)
        await asyncio.sleep(0.01)
        scene.gate.command(END)
        assert [name for name, _ in scene.told] == ["end"]
        scene.disk.go.set()
        await scene.until(3)
    assert [name for name, _ in scene.told] == ["end", "start", "end"]


async def test_a_disk_that_does_not_answer_holds_no_command_up_for_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge_agent.doctor.gate.RESERVE_S", 0.01)
    scene = Scene(tmp_path)
    scene.disk.go.clear()
    async with scene.running():
        scene.gate.command(START)
        await scene.until(1)
    assert scene.told == [("start", ("disk: the disk did not give the space within 0.01 s",))]


async def test_a_start_during_an_interview_touches_no_disk(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    scene.phase = Phase.ANSWERING
    async with scene.running():
        scene.gate.command(START)
        await scene.until(1)
    assert scene.disk.asked == []
    assert scene.disk.released == 0


async def test_commands_behind_a_start_are_bounded(tmp_path: Path) -> None:
    scene = Scene(tmp_path)
    for _ in range(WAITING + 5):
        scene.gate.command(START)
    async with scene.running():
        await scene.until(WAITING)
        await asyncio.sleep(0.01)
    assert len(scene.told) == WAITING


async def test_what_stands_against_an_interview_is_a_fault_before_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge_agent.doctor.gate.LOOK_S", 0.01)
    scene = Scene(tmp_path, shelter=Shelter.CLEAR)
    async with scene.running(), asyncio.timeout(5):
        while not scene.faults.now():  # noqa: ASYNC110 - faults are looked at, not waited for
            await asyncio.sleep(0.01)
    assert scene.faults.now() == (
        "disk: the disk under the spool is not encrypted; see `edge-agent doctor`",
    )
    assert not scene.faults.lost()


def test_a_fault_of_a_device_is_told_once() -> None:
    faults = Faults()
    faults.take(DeviceEvent("camera", DeviceState.LOST, "unplugged"))
    faults.stand(("camera: no picture has come yet", "disk: full"))
    assert faults.now() == ("camera: unplugged", "disk: full")


def test_a_certificate_tells_its_life(tmp_path: Path) -> None:
    authority = Authority()
    pair = authority.room(timedelta(days=2))
    write_room(tmp_path, authority, pair)
    central = settings(tmp_path).central
    begins, ends = pair.certificate.not_valid_before_utc, pair.certificate.not_valid_after_utc
    now = ends - timedelta(days=1)
    left_s, spent = life_of(central, now)
    assert left_s == pytest.approx(86_400)
    assert spent == pytest.approx((now - begins) / (ends - begins))
    assert life_of(central, ends + timedelta(days=1)) == (None, 1.0)
