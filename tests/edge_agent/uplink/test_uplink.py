"""The room's stream against a gateway over real mTLS, with cuts."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from daedam.v1 import interview_pb2, live_pb2, room_pb2
from edge_agent.config import Central
from edge_agent.errors import IdentityError
from edge_agent.flow import (
    Capabilities,
    Caption,
    Command,
    DeviceEvent,
    DeviceState,
    Feedback,
    Health,
    LinkState,
    LiveReading,
    Phase,
    SkipQuestion,
    VisionCounts,
)
from edge_agent.uplink.uplink import Facts, Uplink
from tests.fakes.certificates import Authority, write_room
from tests.fakes.memory_spool import MemorySpool
from tests.fakes.room_gateway import RoomGateway

pytestmark = pytest.mark.integration

FACTS = Facts("0.1.0", "boot", Capabilities("replay", "replay", "", "mediapipe"))


class Room:
    """What the tests drive: a spool, an uplink, and what it heard."""

    def __init__(self, folder: Path, gateway: RoomGateway) -> None:
        self.spool = MemorySpool(100_000_000)
        self.commands: list[Command] = []
        self.feedback: list[Feedback] = []
        self.links: list[LinkState] = []
        self.uplink = Uplink(
            settings(folder, gateway.address),
            self.spool,
            facts=FACTS,
            on_command=self.commands.append,
            on_feedback=self.feedback.append,
            on_link=self.links.append,
        )

    def write(self, count: int, size: int = 10) -> None:
        for _ in range(count):
            self.spool.append(DeviceEvent("camera", DeviceState.READY, "x" * size))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self.uplink.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def drained(self) -> None:
        async with asyncio.timeout(20):
            await self.uplink.drained()


def settings(folder: Path, address: str) -> Central:
    tls = folder / "tls"
    return Central(
        address=address,
        ca=tls / "central-ca.crt",
        certificate=tls / "room.crt",
        private_key=tls / "room.key",
    )


async def until(condition: Callable[[], bool], timeout_s: float = 10) -> None:
    async with asyncio.timeout(timeout_s):
        while not condition():  # noqa: ASYNC110 - fakes keep lists, not events
            await asyncio.sleep(0.01)


@pytest.fixture
async def gateway(tmp_path: Path) -> AsyncIterator[RoomGateway]:
    authority = Authority()
    write_room(tmp_path, authority, authority.room())
    gateway = RoomGateway(authority)
    await gateway.start()
    yield gateway
    await gateway.stop()


@pytest.fixture
def room(tmp_path: Path, gateway: RoomGateway) -> Room:
    return Room(tmp_path, gateway)


async def test_what_is_written_arrives_once_and_in_order(room: Room, gateway: RoomGateway) -> None:
    async with room.running():
        room.write(500)
        await room.drained()
    assert list(gateway.records[room.spool.spool_id]) == list(range(1, 501))
    assert room.spool.waiting_bytes == 0
    assert room.uplink.room_name == "Room A"
    assert room.links[:2] == [LinkState.CONNECTING, LinkState.ONLINE]
    assert gateway.hellos[0].capabilities.vision_provider == "mediapipe"


async def test_a_cut_stream_resumes_where_central_stands_and_doubles_nothing(
    room: Room, gateway: RoomGateway
) -> None:
    async with room.running():
        for _ in range(4):
            room.write(200, size=500)
            await asyncio.sleep(0.05)
            gateway.cut()
            room.write(200, size=500)
            await room.drained()
    assert len(gateway.hellos) >= 4
    assert gateway.duplicates == 0
    assert list(gateway.records[room.spool.spool_id]) == list(range(1, 1601))
    assert LinkState.OFFLINE in room.links


async def test_a_gateway_that_restarts_is_found_again(room: Room, gateway: RoomGateway) -> None:
    async with room.running():
        room.write(10)
        await room.drained()
        port = gateway.port
        await gateway.stop()
        room.write(10)
        await asyncio.sleep(0.3)
        await gateway.start(port)
        await room.drained()
    assert list(gateway.records[room.spool.spool_id]) == list(range(1, 21))
    assert gateway.duplicates == 0


async def test_acknowledgements_lost_with_the_stream_are_told_again_at_welcome(
    room: Room, gateway: RoomGateway
) -> None:
    gateway.stalled = True
    async with room.running():
        room.write(20)
        await until(lambda: len(gateway.records.get(room.spool.spool_id, {})) == 20)
        assert room.uplink.acked == 0
        gateway.cut()
        await room.drained()
    assert gateway.duplicates == 0


async def test_without_acknowledgements_no_more_than_the_window_is_sent(
    room: Room, gateway: RoomGateway
) -> None:
    gateway.window_bytes = 100_000
    gateway.stalled = True
    room.write(1000, size=1000)
    async with room.running():
        await until(lambda: bool(gateway.batch_sizes))
        await asyncio.sleep(0.5)
    sent = sum(map(len, gateway.records[room.spool.spool_id].values()))
    assert 10_000 < sent <= 100_000  # it opens further as acknowledgements come


async def test_batches_keep_their_limit_however_small_their_records(
    room: Room, gateway: RoomGateway
) -> None:
    room.write(20_000, size=1)
    room.write(20, size=100_000)
    async with room.running():
        await room.drained()
    assert max(gateway.batch_sizes) <= 256 * 1024
    assert len(gateway.records[room.spool.spool_id]) == 20_020


async def test_a_refused_record_counts_as_acknowledged(room: Room, gateway: RoomGateway) -> None:
    gateway.rejects = {2}
    async with room.running():
        room.write(3)
        await room.drained()
    assert room.uplink.acked == 3


@pytest.mark.parametrize("memory", [(99, 1), (2, 12345)], ids=["ahead", "another crc"])
async def test_a_central_that_remembers_another_series_gets_a_new_one(
    room: Room, gateway: RoomGateway, memory: tuple[int, int]
) -> None:
    gateway.resume_override = memory
    before = room.spool.spool_id
    room.write(5)
    async with room.running():
        await room.drained()
    assert room.spool.spool_id != before
    assert len(gateway.records[room.spool.spool_id]) == 5


async def test_what_central_forgot_is_named_by_a_gap(room: Room, gateway: RoomGateway) -> None:
    async with room.running():
        room.write(5)
        await room.drained()
        gateway.records.clear()
        gateway.crcs.clear()
        room.write(1)
        gateway.cut()
        await until(lambda: len(gateway.records.get(room.spool.spool_id, {})) >= 2)
    payloads = gateway.records[room.spool.spool_id].values()
    assert any(b"central lost acknowledged records" in payload for payload in payloads)


async def test_central_is_told_why_a_series_is_new_until_it_has_welcomed_it(
    room: Room, gateway: RoomGateway
) -> None:
    gateway.resume_override = (99, 1)
    before = room.spool.spool_id
    room.write(5)
    async with room.running():
        await room.drained()
        gateway.cut()
        await until(lambda: len(gateway.hellos) == 3)
    first, second, third = gateway.hellos
    assert not first.HasField("replaces")
    told = second.replaces
    assert (told.spool_id, told.central_seq, told.room_seq) == (before, 99, 5)
    assert told.reason == room_pb2.REPLACEMENT_REASON_CENTRAL_AHEAD
    assert not third.HasField("replaces")


async def test_a_wrong_clock_is_a_fault_of_the_room_until_it_is_right(
    room: Room, gateway: RoomGateway
) -> None:
    gateway.clock_ahead_ns = 90_000_000_000
    health = Health(5, VisionCounts(9, 8, 1, 2), 30.0, 3, 2, 10, ("no camera",))
    async with room.running():
        await until(lambda: LinkState.ONLINE in room.links)
        room.uplink.report(health)
        await until(lambda: bool(gateway.heartbeats))
        gateway.clock_ahead_ns = 0
        gateway.cut()
        await until(lambda: room.links.count(LinkState.ONLINE) == 2)
        room.uplink.report(health)
        await until(lambda: len(gateway.heartbeats) == 2)
    wrong, right = gateway.heartbeats
    assert wrong.faults[0] == "no camera"
    assert "s behind central" in wrong.faults[1]
    assert list(right.faults) == ["no camera"]
    assert abs(gateway.hellos[0].wall_ns - time.time_ns()) < 60_000_000_000


async def test_a_record_that_central_cannot_take_is_refused_and_ends_no_stream(
    room: Room, gateway: RoomGateway
) -> None:
    """Whole it would be larger than any message that a gateway reads."""
    async with room.running():
        room.write(1, size=700_000)
        room.write(1)
        await room.drained()
    sent = gateway.records[room.spool.spool_id]
    assert [len(payload) > 128 * 1024 for payload in sent.values()] == [True, False]
    assert max(gateway.batch_sizes) < 256 * 1024


async def test_commands_and_feedback_reach_the_room(room: Room, gateway: RoomGateway) -> None:
    async with room.running():
        await until(lambda: bool(gateway.hellos))
        await until(lambda: LinkState.ONLINE in room.links)
        skip = interview_pb2.SkipQuestion(reason="late", turn_id="t")
        gateway.command(interview_pb2.Command(command_id="7", skip_question=skip))
        caption = live_pb2.Caption(turn_id="t", stable="a", tail="b", engine="e")
        gateway.say(room_pb2.SessionResponse(feedback=live_pb2.Feedback(caption=caption)))
        await until(lambda: bool(room.commands and room.feedback))
    assert room.commands == [Command("7", 0, SkipQuestion("late", "t"))]
    assert room.feedback == [Caption("t", "a", "b", "e")]


async def test_drain_moves_the_room_to_a_new_stream(room: Room, gateway: RoomGateway) -> None:
    async with room.running():
        await until(lambda: LinkState.ONLINE in room.links)
        gateway.say(room_pb2.SessionResponse(drain=room_pb2.Drain(after_ms=100)))
        await until(lambda: len(gateway.hellos) == 2)
        room.write(3)
        await room.drained()


def reading(position: int) -> LiveReading:
    return LiveReading(1, 2, "1", Phase.ANSWERING, "t", "q", position, 3, 10, (), speaking=True)


async def test_of_live_readings_only_the_latest_counts(room: Room, gateway: RoomGateway) -> None:
    async with room.running():
        await until(lambda: LinkState.ONLINE in room.links)
        for position in range(1000):
            room.uplink.show(reading(position))
        room.uplink.report(Health(5, VisionCounts(9, 8, 1, 2), 30.0, 3, 2, 10, ("no camera",)))
        await until(lambda: bool(gateway.lives and gateway.heartbeats))
    assert [live.position for live in gateway.lives] == [999]
    assert gateway.heartbeats[0].faults == ["no camera"]
    assert gateway.heartbeats[0].vision_restarts == 2


async def test_a_foreign_ca_is_no_way_in(tmp_path: Path, gateway: RoomGateway) -> None:
    other = Authority("other")
    write_room(tmp_path, other, other.room())
    room = Room(tmp_path, gateway)
    async with room.running():
        await until(lambda: LinkState.OFFLINE in room.links)
    assert not gateway.hellos
    assert "unavailable" in room.uplink.trouble


async def test_a_certificate_that_is_gone_later_does_not_end_the_room(
    tmp_path: Path, room: Room, gateway: RoomGateway
) -> None:
    async with room.running():
        await until(lambda: LinkState.ONLINE in room.links)
        certificate = tmp_path / "tls/room.crt"
        pem = certificate.read_bytes()
        certificate.unlink()
        gateway.cut()
        await until(lambda: "cannot be read" in room.uplink.trouble)
        certificate.write_bytes(pem)
        room.write(3)
        await room.drained()


async def test_a_central_that_is_not_there_is_tried_again(tmp_path: Path) -> None:
    authority = Authority()
    write_room(tmp_path, authority, authority.room())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    gateway = RoomGateway(authority)
    gateway.port = port
    room = Room(tmp_path, gateway)
    room.write(3)
    async with room.running():
        await until(lambda: LinkState.OFFLINE in room.links)
        await gateway.start(port)
        began = time.monotonic()
        await room.drained()
        assert time.monotonic() - began < 6
    await gateway.stop()


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda tls: (tls / "room.crt").unlink(), r"room's certificate cannot be read.*admin"),
        (lambda tls: (tls / "room.key").unlink(), r"private key cannot be read"),
        (lambda tls: (tls / "central-ca.crt").write_text("x"), r"no PEM certificate"),
        (lambda tls: (tls / "room.key").write_text("x"), r"no usable PEM key"),
        (
            lambda tls: (tls / "room.key").write_bytes(Authority().room().key_pem),
            r"is not the key of",
        ),
        (
            lambda tls: write_room(tls.parent, Authority(), Authority().room(timedelta(hours=-1))),
            r"expired on",
        ),
    ],
    ids=["no certificate", "no key", "no ca", "bad key", "other key", "expired"],
)
def test_an_unusable_identity_says_which_file_and_what_to_do(
    tmp_path: Path, gateway: RoomGateway, spoil: Callable[[Path], object], message: str
) -> None:
    spoil(tmp_path / "tls")
    with pytest.raises(IdentityError, match=message):
        Room(tmp_path, gateway)
