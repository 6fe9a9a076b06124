"""A room as the gateway sees it: one raw stream, to be driven message by message."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import google_crc32c
import grpc

from central.fleet.rooms import AgentFiles
from daedam.v1 import interview_pb2, record_pb2, room_pb2
from daedam.v1.room_pb2_grpc import RoomServiceStub
from edge_agent.uplink.identity import Identity

TIMEOUT_S = 5.0


class RoomClient:
    """One open stream. Every read has a timeout."""

    def __init__(self, call: Any) -> None:
        self.call = call

    async def send(self, **message: Any) -> None:
        """One `SessionRequest`."""
        await self.call.write(room_pb2.SessionRequest(**message))

    async def records(self, records: Sequence[record_pb2.Record]) -> None:
        """A batch."""
        await self.send(batch=room_pb2.Batch(records=records))

    async def read(self, timeout_s: float = TIMEOUT_S) -> room_pb2.SessionResponse:
        """The next message; raises `grpc.aio.AioRpcError` where the stream ended."""
        async with asyncio.timeout(timeout_s):
            message = await self.call.read()
        if not isinstance(message, room_pb2.SessionResponse):
            await asyncio.wait_for(self.call.code(), TIMEOUT_S)
            raise EOFError(await self.call.details())  # noqa: TRY004 - the end, not a wrong type
        return message

    async def read_until(self, kind: str, timeout_s: float = TIMEOUT_S) -> Any:
        """The next message of this kind; others are passed over."""
        async with asyncio.timeout(timeout_s):
            while True:
                message = await self.read(timeout_s)
                if message.WhichOneof("message") == kind:
                    return getattr(message, kind)

    async def acked(self, up_to: int) -> list[room_pb2.Reject]:
        """Waits for an acknowledgement up to here; the rejects that came before."""
        rejects: list[room_pb2.Reject] = []
        while True:
            message = await self.read()
            if message.WhichOneof("message") == "reject":
                rejects.append(message.reject)
            if message.WhichOneof("message") == "ack" and message.ack.up_to >= up_to:
                return rejects

    async def ended(self) -> tuple[grpc.StatusCode, str]:
        """How the gateway ended the stream."""
        async with asyncio.timeout(TIMEOUT_S):
            try:
                while isinstance(await self.call.read(), room_pb2.SessionResponse):
                    pass
            except (grpc.aio.AioRpcError, asyncio.CancelledError):
                pass
            return await self.call.code(), await self.call.details()


@asynccontextmanager
async def stream(address: str, agent: AgentFiles | None) -> AsyncIterator[RoomClient]:
    """A call with the agent's certificate (None: without any), before Hello."""
    credentials = grpc.ssl_channel_credentials(
        agent.authority.read_bytes() if agent else None,
        agent.private_key.read_bytes() if agent else None,
        agent.certificate.read_bytes() if agent else None,
    )
    options = (("grpc.use_local_subchannel_pool", 1), ("grpc.enable_retries", 0))
    async with grpc.aio.secure_channel(address, credentials, options) as channel:
        stub: Any = RoomServiceStub(channel)
        call = stub.Session()
        try:
            yield RoomClient(call)
        finally:
            call.cancel()


@asynccontextmanager
async def room(
    address: str, agent: AgentFiles, spool_id: str | None = None
) -> AsyncIterator[tuple[RoomClient, room_pb2.Welcome]]:
    """A stream that was welcomed."""
    async with stream(address, agent) as client:
        hello = room_pb2.Hello(
            spool_id=spool_id or str(uuid.uuid4()), boot_id="boot", agent_version="1.2"
        )
        await client.send(hello=hello)
        welcome = await client.read()
        yield client, welcome.welcome


@asynccontextmanager
async def room_of_pc(
    address: str, identity: Identity
) -> AsyncIterator[tuple[RoomClient, room_pb2.Welcome]]:
    """A stream that was welcomed, with what an enrolled PC has."""
    credentials = grpc.ssl_channel_credentials(
        identity.ca, identity.private_key, identity.certificate
    )
    options = (("grpc.use_local_subchannel_pool", 1), ("grpc.enable_retries", 0))
    async with grpc.aio.secure_channel(address, credentials, options) as channel:
        stub: Any = RoomServiceStub(channel)
        call = stub.Session()
        try:
            client = RoomClient(call)
            hello = room_pb2.Hello(spool_id=str(uuid.uuid4()), boot_id="boot", agent_version="1.2")
            await client.send(hello=hello)
            yield client, (await client.read()).welcome
        finally:
            call.cancel()


def record(seq: int, kind: int, message: Any, interview_id: int | str = "") -> record_pb2.Record:
    """A record as an agent makes it."""
    payload = message if isinstance(message, bytes) else message.SerializeToString()
    number: Any = kind
    return record_pb2.Record(
        seq=seq,
        wall_ns=time.time_ns(),
        mono_ns=time.monotonic_ns(),
        interview_id=str(interview_id),
        kind=number,
        crc32c=google_crc32c.value(payload),
        payload=payload,
    )


def event(
    seq: int, interview_id: int | str, kind: interview_pb2.TurnEventKind, **fields: Any
) -> record_pb2.Record:
    """A TurnEvent record."""
    message = interview_pb2.TurnEvent(kind=kind, **fields)
    return record(seq, record_pb2.RECORD_KIND_TURN_EVENT, message, interview_id)


def gap(seq: int) -> record_pb2.Record:
    """A small record that belongs to no interview."""
    message = record_pb2.Gap(first_seq=1, last_seq=2, reason="test")
    return record(seq, record_pb2.RECORD_KIND_GAP, message)
