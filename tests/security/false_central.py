"""The other way round: what a room believes of whoever answers where central should. The status is the
room's own: it stays OFFLINE, says why, and lets go of nothing that it has.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import grpc

from central.fleet.authority import Issued
from central.fleet.root import create_authority
from daedam.v1 import interview_pb2, room_pb2
from edge_agent.config import Central
from edge_agent.flow import Capabilities, Command, DeviceEvent, DeviceState, LinkState
from edge_agent.uplink.uplink import Facts, Uplink
from tests.fakes.memory_spool import MemorySpool
from tests.fakes.room_gateway import RoomGateway
from tests.security.scene import PATIENCE_S, Answer, Attempt, Mallory, Row, Scene

RECORDS = 3


@dataclass
class Shown:
    """What a false gateway shows, and whom it lets in."""

    certificate_pem: bytes
    key_pem: bytes
    pem: bytes

    def server(self) -> Shown:
        return self


class Pc:
    """A room with records to deliver."""

    def __init__(self, mallory: Mallory, address: str) -> None:
        self.spool = MemorySpool(1_000_000)
        for _ in range(RECORDS):
            self.spool.append(DeviceEvent("camera", DeviceState.READY, "x"))
        self.links: list[LinkState] = []
        self.commands: list[Command] = []
        files = mallory.agent
        settings = Central(
            address=address,
            ca=files.authority,
            certificate=files.certificate,
            private_key=files.private_key,
        )
        self.uplink = Uplink(
            settings,
            self.spool,
            facts=Facts("1", "boot", Capabilities("", "", "", "")),
            on_command=self.commands.append,
            on_feedback=lambda _: None,
            on_link=self.links.append,
        )

    @asynccontextmanager
    async def running(self) -> Any:
        task = asyncio.create_task(self.uplink.run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def trouble(self) -> Answer:
        """What it says of a central that it does not believe."""
        async with asyncio.timeout(PATIENCE_S):
            while not self.uplink.trouble:  # noqa: ASYNC110 - a line of text, no event
                await asyncio.sleep(0.02)
        assert self.spool.acked_seq == 0
        assert self.spool.next_seq == RECORDS + 1
        return Answer(self.links[-1].name, self.uplink.trouble)


def shows(make: Callable[[Scene, Mallory], Issued]) -> Attempt:
    """A gateway with this certificate: it is told nothing, not even who knocks."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        issued = make(scene, mallory)
        shown: Any = Shown(
            issued.certificate, issued.private_key or b"", scene.authority.certificate
        )
        gateway = RoomGateway(shown)
        await gateway.start()
        pc = Pc(mallory, gateway.address)
        try:
            async with pc.running():
                answer = await pc.trouble()
        finally:
            await gateway.stop()
        assert gateway.hellos == []
        assert LinkState.ONLINE not in pc.links
        return answer

    return attempt


def another_authority(_: Scene, mallory: Mallory) -> Issued:
    return create_authority(mallory.folder / "false").issue_server(["127.0.0.1"])


def another_name(scene: Scene, _: Mallory) -> Issued:
    return scene.authority.issue_server(["elsewhere.example"])


def a_rooms(scene: Scene, _: Mallory) -> Issued:
    return scene.authority.issue_room(scene.site.room, scene.site.agent.agent_uuid)


async def plain_text(_: Scene, mallory: Mallory) -> Answer:
    """Speaks HTTP/2 without TLS."""
    server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
    port = server.add_insecure_port("127.0.0.1:0")
    await server.start()
    pc = Pc(mallory, f"127.0.0.1:{port}")
    try:
        async with pc.running():
            return await pc.trouble()
    finally:
        await server.stop(0)


async def refused_at_once(scene: Scene, mallory: Mallory) -> Answer:
    """The real central, which does not let this one in: said from the first attempt."""
    await scene.site.fetch("update agents set revoked_at = now() where uuid = %s", _uuid(mallory))
    pc = Pc(mallory, scene.address)
    async with pc.running():
        return await pc.trouble()


def says(words: Callable[[RoomGateway, Pc], Awaitable[None]], told: str) -> Attempt:
    """A gateway with a certificate of ours that has been taken over, and says this once a room is
    there. The answer is what the room logs as its trouble, or OK where it shrugs.
    """

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        issued = scene.authority.issue_server(["127.0.0.1"])
        shown: Any = Shown(
            issued.certificate, issued.private_key or b"", scene.authority.certificate
        )
        gateway = RoomGateway(shown)
        gateway.stalled = True
        await gateway.start()
        pc = Pc(mallory, gateway.address)
        try:
            async with pc.running():
                await _until(lambda: LinkState.ONLINE in pc.links)
                await words(gateway, pc)
                if told:
                    answer = await pc.trouble()
                else:
                    answer = Answer(pc.links[-1].name, pc.uplink.trouble)
                    gateway.stalled = False
                    gateway.cut()
                    async with asyncio.timeout(PATIENCE_S):
                        await pc.uplink.drained()
        finally:
            await gateway.stop()
        return answer

    return attempt


async def acknowledges_the_future(gateway: RoomGateway, _: Pc) -> None:
    gateway.say(room_pb2.SessionResponse(ack=room_pb2.Ack(up_to=2**64 - 1)))


async def nonsense(gateway: RoomGateway, pc: Pc) -> None:
    """Unknown reasons, empty commands, a second Welcome: none of it ends the room."""
    reason: Any = 77
    reject = room_pb2.Reject(seq=2**64 - 1, reason=reason, detail="x" * 9_000)
    gateway.say(room_pb2.SessionResponse(reject=reject))
    gateway.say(room_pb2.SessionResponse(welcome=room_pb2.Welcome(resume_after=2**64 - 1)))
    gateway.say(room_pb2.SessionResponse())
    gateway.command(interview_pb2.Command(command_id="\0" * 900, expires_wall_ns=-(2**63)))
    await _until(lambda: bool(pc.commands))
    assert [one.body for one in pc.commands] == [None]


async def forgets(gateway: RoomGateway, pc: Pc) -> None:
    """Claims to stand further than the room ever wrote: the room begins a new series and tells why."""
    before = pc.spool.spool_id
    gateway.resume_override = (2**64 - 1, 7)
    gateway.cut()
    await _until(lambda: pc.spool.spool_id != before)
    await _until(lambda: any(hello.HasField("replaces") for hello in gateway.hellos))


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - fakes keep lists, not events
            await asyncio.sleep(0.01)


def _uuid(mallory: Mallory) -> str:
    return mallory.agent.agent_uuid


NAMED = "central's certificate is for another name; set central.server_name"
ROWS = [
    Row(
        "false gateway",
        "of another authority",
        shows(another_authority),
        "OFFLINE",
        "central is not signed by the authority in ",
    ),
    Row("false gateway", "with another name", shows(another_name), "OFFLINE", NAMED),
    Row(
        "false gateway",
        "a room's certificate",
        shows(a_rooms),
        "OFFLINE",
        "central is not signed by the authority in ",
    ),
    Row(
        "false gateway", "plain text", plain_text, "OFFLINE", "stops, or does not accept|handshake"
    ),
    Row(
        "false gateway",
        "acknowledges what was not sent",
        says(acknowledges_the_future, "yes"),
        "OFFLINE",
        "central acknowledged 18446744073709551615",
    ),
    Row("false gateway", "says nonsense", says(nonsense, ""), "ONLINE", "^$"),
    Row(
        "false gateway",
        "claims records that never were",
        says(forgets, ""),
        "ONLINE|OFFLINE",
        "new series|^$",
    ),
    Row(
        "revoked",
        "the room says why from the first attempt",
        refused_at_once,
        "OFFLINE",
        "central does not let .*agent.crt in; .*is revoked in room",
        alarms=frozenset({"agent_refused"}),
    ),
]
