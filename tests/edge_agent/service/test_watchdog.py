"""Systemd is fed while loop, spool and camera move, and not one datagram longer."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.flow import DeviceEvent, DeviceState, LinkState, Phase, VisionCounts
from edge_agent.interview import Runner
from edge_agent.service.faults import Faults
from edge_agent.service.liveness import Liveness
from edge_agent.service.notify import Notify
from edge_agent.service.status import BUSY, status_line
from edge_agent.service.watchdog import LIMITS_S, LOOK_S, Watchdog
from edge_agent.uplink.durable.files import RealFiles
from edge_agent.uplink.durable.spool import DurableSpool

pytestmark = pytest.mark.unit

WATCHDOG_SEC = 15
SECONDS = 180


@dataclass
class FakeSpool:
    next_seq: int = 1
    durable_seq: int = 0


@dataclass
class FakeVision:
    counts: VisionCounts = VisionCounts(0, 0, 0, 0)  # noqa: RUF009 - it is frozen


class Scene:
    """A room second by second, and a systemd that listens."""

    def __init__(self, address: Path) -> None:
        self.systemd = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.systemd.bind(str(address))
        self.systemd.setblocking(False)
        self.spool, self.vision, self.faults = FakeSpool(), FakeVision(), Faults()
        notify = Notify(str(address), str(WATCHDOG_SEC * 1_000_000))
        self.watchdog = Watchdog(
            notify, self.spool, self.vision, self.faults, lambda: "all is well"
        )
        self.fed_s: list[int] = []
        self.said: list[str] = []

    def live(self, seconds: int = SECONDS, *, but: str = "") -> None:
        """Everything moves for a minute; then all `but` that."""
        start = self.now_s = getattr(self, "now_s", 0)
        for self.now_s in range(start, start + seconds):
            broken = but if self.now_s >= start + 60 else ""
            self.step(broken)
            if broken != "looking":
                self.watchdog.look(self.now_s * LOOK_S)
            self.listen()

    def step(self, broken: str) -> None:
        if broken != "loop":
            self.watchdog.tick()
        self.spool.next_seq += 2
        if broken != "disk":
            self.spool.durable_seq = self.spool.next_seq - 1
        frames, restarts = self.vision.counts.captured, self.vision.counts.restarts
        if broken == "unplugged":
            self.faults.take(DeviceEvent("camera", DeviceState.LOST, "gives no more pictures"))
            restarts += self.now_s % 37 == 0
        elif broken not in {"camera", "attempts"}:
            frames += 30
        elif broken == "attempts":
            restarts += 1
        self.vision.counts = VisionCounts(frames, frames, 0, restarts)

    def listen(self) -> None:
        while True:
            try:
                told = self.systemd.recv(4096).decode()
            except BlockingIOError:
                return
            if told == "WATCHDOG=1":
                self.fed_s.append(self.now_s)
            else:
                self.said.append(told.removeprefix("STATUS="))


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    scene = Scene(tmp_path / "notify")
    yield scene
    scene.systemd.close()


def test_a_room_that_works_is_fed_three_times_in_what_systemd_waits(scene: Scene) -> None:
    scene.live()
    assert scene.fed_s == list(range(0, SECONDS, WATCHDOG_SEC // 3))
    assert scene.said == ["all is well"]


@pytest.mark.parametrize(
    ("but", "part", "limit_s"),
    [
        ("loop", "loop", LIMITS_S["loop"]),
        ("disk", "spool", LIMITS_S["spool"]),
        ("camera", "camera", LIMITS_S["camera"]),
        ("attempts", "camera", LIMITS_S["camera"]),  # of which nobody was told
    ],
)
def test_each_part_that_stands_still_stops_the_feeding_and_is_named(
    scene: Scene, but: str, part: str, limit_s: float
) -> None:
    scene.live(but=but)
    assert scene.fed_s
    assert 59 <= scene.fed_s[-1] <= 60 + limit_s
    assert SECONDS - scene.fed_s[-1] > WATCHDOG_SEC  # systemd has killed it by now
    assert scene.said[-1].startswith(f"{part} has not moved for ")
    assert scene.said[-1].endswith("waiting for a restart")


def test_a_loop_that_is_blocked_feeds_nobody(scene: Scene) -> None:
    scene.live(but="looking")
    assert max(scene.fed_s) < 60


def test_an_unplugged_camera_is_a_fault_and_no_reason_to_kill_the_room(scene: Scene) -> None:
    scene.live(but="unplugged")
    assert scene.fed_s == list(range(0, SECONDS, WATCHDOG_SEC // 3))


def test_a_part_that_moves_again_in_time_is_forgiven(scene: Scene) -> None:
    scene.live(95, but="disk")
    scene.live(60)
    assert scene.said == ["all is well", "spool has not moved for 31 s; waiting for a restart",
                          *scene.said[2:-1], "all is well"]  # fmt: skip
    assert scene.fed_s[-1] > 95


def test_a_spool_without_records_has_nothing_to_do(scene: Scene) -> None:
    for scene.now_s in range(100):
        scene.watchdog.tick()
        scene.vision.counts = VisionCounts(scene.now_s, scene.now_s, 0, 0)
        scene.watchdog.look(scene.now_s)
        scene.listen()
    assert scene.fed_s[-1] == 95


@given(
    moves=st.lists(st.tuples(st.sampled_from("ab"), st.booleans()), max_size=60),
    limit_s=st.floats(0.5, 10),
)
def test_a_part_stands_exactly_when_its_mark_is_older_than_its_limit(
    moves: list[tuple[str, bool]], limit_s: float
) -> None:
    liveness = Liveness({"a": limit_s, "b": limit_s}, 0.0)
    marks, last = {"a": 0, "b": 0}, {"a": 0.0, "b": 0.0}
    seen: set[str] = set()
    for now, (part, moved) in enumerate(moves, start=1):
        marks[part] += moved
        liveness.mark(part, marks[part], now)
        if moved or part not in seen:
            last[part] = now
        seen.add(part)
        expected = [one for one in "ab" if now - last[one] > limit_s]
        assert [one.part for one in liveness.still(now)] == expected


def test_a_part_that_nobody_named_is_a_mistake() -> None:
    with pytest.raises(KeyError, match="spol"):
        Liveness({"spool": 1.0}, 0.0).beat("spol", 0.0)


@pytest.mark.parametrize(
    ("usec", "every_s"), [("15000000", 5.0), ("3000000", 1.0), ("", 5.0), ("x", 5.0)]
)
def test_how_often_is_what_systemd_asks_for(usec: str, every_s: float) -> None:
    assert Notify("", usec).feed_every_s == every_s


@pytest.mark.parametrize(
    ("waiting", "faults", "line"),
    [
        (0, (), "waiting for an interview; link online"),
        (99, (), "waiting for an interview; link online"),
        (
            1234,
            ("camera: gone",),
            (
                "waiting for an interview; link online; "
                "more than 1200 records wait for central; fault: camera: gone"
            ),
        ),
    ],
)
def test_the_status_says_what_the_room_does(
    waiting: int, faults: tuple[str, ...], line: str
) -> None:
    view = Runner(lambda: "id").view(0)
    assert view.phase is Phase.IDLE
    assert status_line(view, LinkState.ONLINE, waiting, faults) == line


def test_the_status_names_no_candidate_and_no_question() -> None:
    view = replace(
        Runner(lambda: "id").view(0),
        phase=Phase.ANSWERING,
        candidate_name="Kim",
        question_text="Why?",
        position=2,
        question_count=8,
    )
    line = status_line(view, LinkState.OFFLINE, 0, ())
    assert line == f"{BUSY}: answering, question 3 of 8; link offline"


class StuckFiles(RealFiles):
    """A disk that takes writes and, once told so, ends no sync before `go_on`."""

    def __init__(self) -> None:
        super().__init__()
        self.go_on = threading.Event()
        self.go_on.set()

    def sync(self, path: str) -> None:
        assert self.go_on.wait(30)
        super().sync(path)


@pytest.mark.integration
async def test_a_disk_that_is_stuck_stops_the_feeding_of_a_real_spool(tmp_path: Path) -> None:
    files, said = StuckFiles(), []
    spool = DurableSpool(tmp_path / "spool", 1_000_000, files=files)
    notify = Notify(str(tmp_path / "nobody"), "15000000")
    vision = FakeVision()
    watchdog = Watchdog(notify, spool, vision, Faults(), lambda: "well")

    def look(now_s: float) -> bool:
        watchdog.tick()
        vision.counts = VisionCounts(int(now_s), int(now_s), 0, 0)
        before = watchdog.fed_s
        watchdog.look(now_s)
        said.append(watchdog.still)
        return watchdog.fed_s != before

    def kept() -> bool:
        return spool.durable_seq == spool.next_seq - 1

    async def settled() -> None:
        async with asyncio.timeout(20):
            while not kept():  # noqa: ASYNC110 - a thread writes
                await asyncio.sleep(0.01)

    try:
        spool.append(DeviceEvent("camera", DeviceState.READY, "a"))
        await settled()
        assert look(10)
        files.go_on.clear()
        spool.append(DeviceEvent("camera", DeviceState.READY, "b"))
        assert look(20)
        assert not look(60)
        assert said[-1] == ("spool",)
        files.go_on.set()
        await settled()
        assert look(70)
    finally:
        files.go_on.set()
        await asyncio.to_thread(spool.close)
