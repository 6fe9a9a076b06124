"""Where the rows of the table happen: a real gateway with both ports over real PostgreSQL and NATS, an
honest room with an open stream, and for each row a room of its own that misbehaves.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import grpc

from central.fleet.authority import Authority, Issued
from central.fleet.rooms import AgentFiles
from daedam.v1 import record_pb2, room_pb2
from tests.fakes.enrolling import Enrolling, enrolling
from tests.fakes.room_client import RoomClient, gap, room, stream
from tests.fakes.site import Site

Request = room_pb2.SessionRequest
STREAM_REFUSED = frozenset({"stream_refused"})

PATIENCE_S = 25.0
KNOCKS = 120
"""How often one address may knock at the enrolment port at once in these tests."""


class Answer(NamedTuple):
    """What the attempt got: a gRPC status, or OK, and the sentence that came with it."""

    status: str
    sentence: str


@dataclass(slots=True)
class Mallory:
    """A room that was admitted, and what it has."""

    code: str
    room_id: int
    agent: AgentFiles
    folder: Path


@dataclass(slots=True)
class Scene:
    """`mallory` makes a new misbehaving room."""

    central: Enrolling
    honest: RoomClient
    _seq: Any = field(default_factory=lambda: count(1))

    @property
    def site(self) -> Site:
        return self.central.site

    @property
    def address(self) -> str:
        return self.central.address

    @property
    def authority(self) -> Authority:
        return Authority.load(self.site.config.data_dir / "authority")

    async def mallory(self) -> Mallory:
        code = f"m{uuid.uuid4().hex[:12]}"
        folder = self.central.folder / code
        agent = await self.site.add_agent(code, folder / "agent")
        rows = await self.site.fetch("select id from rooms where code = %s", code)
        return Mallory(code, rows[0][0], agent, folder)

    async def honest_goes_on(self) -> None:
        """The room beside is acknowledged, and nothing that it sends is refused."""
        seq = next(self._seq)
        await self.honest.records([gap(seq)])
        assert await self.honest.acked(seq) == []

    async def stored(self, mallory: Mallory) -> int:
        """Records of mallory's agents that central keeps as believed."""
        rows = await self.site.fetch(
            "select count(*) from records r join ingest_watermark w on w.id = r.watermark_id"
            " join agents a on a.id = w.agent_id where a.room_id = %s",
            mallory.room_id,
        )
        return int(rows[0][0])

    async def alarms(self, mallory: Mallory) -> set[str]:
        """Kinds that are open in mallory's room."""
        rows = await self.site.fetch(
            "select kind from alarms where room_id = %s and cleared_at is null", mallory.room_id
        )
        return {row[0] for row in rows}


Attempt = Callable[[Scene, Mallory], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Row:
    """One way to misbehave. `covers`: words of the last list of the design's faults, or what is beside
    it; `says`: a pattern that the sentence holds; `stored`: records that were good before it;
    `alarms`: what an admin gets to see.
    """

    covers: str
    name: str
    attempt: Attempt
    status: str
    says: str
    stored: int = 0
    alarms: frozenset[str] = frozenset()


@asynccontextmanager
async def scene(database_url: str, nats_url: str, folder: Path) -> AsyncIterator[Scene]:
    """A running central with its honest room."""
    async with (
        enrolling(database_url, nats_url, folder) as central,
        room(central.address, central.site.agent) as (honest, _),
    ):
        yield Scene(central, honest)


def batch(*records: record_pb2.Record) -> Request:
    return Request(batch=room_pb2.Batch(records=records))


async def ended(client: RoomClient) -> Answer:
    """How the gateway ended the stream, however late."""
    async with asyncio.timeout(PATIENCE_S):
        try:
            while isinstance(await client.call.read(), room_pb2.SessionResponse):
                pass
        except (grpc.aio.AioRpcError, asyncio.CancelledError):
            pass
        return Answer((await client.call.code()).name, await client.call.details())


async def knock(scene: Scene, agent: AgentFiles) -> Answer:
    """Hello with this certificate, and how that ends; OK where it does not."""
    async with stream(scene.address, agent) as client:
        try:
            await client.send(hello=room_pb2.Hello(spool_id=str(uuid.uuid4())))
            async with asyncio.timeout(PATIENCE_S):
                answer = await client.call.read()
        except (grpc.aio.AioRpcError, asyncio.InvalidStateError):
            return await ended(client)
        if isinstance(answer, room_pb2.SessionResponse):
            return Answer("OK", answer.WhichOneof("message") or "")
        return await ended(client)


async def after_hello(scene: Scene, mallory: Mallory, *messages: room_pb2.SessionRequest) -> Answer:
    """These messages on a stream that was welcomed, and how it ends."""
    async with room(scene.address, mallory.agent) as (client, _):
        for message in messages:
            await client.call.write(message)
        return await ended(client)


def files(mallory: Mallory, issued: Issued) -> AgentFiles:
    """Mallory's files with another certificate and key."""
    assert issued.private_key is not None
    mallory.agent.certificate.write_bytes(issued.certificate)
    mallory.agent.private_key.write_bytes(issued.private_key)
    return mallory.agent
