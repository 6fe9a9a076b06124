"""One stream to the gateway, from Hello to its end.

In: records of the spool and what waits in the mailbox. Out: acknowledgements to the spool, commands
and feedback to the room. One reader, one writer, one pump that keeps the window filled.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, cast

import grpc
import structlog

from daedam.v1 import room_pb2, room_pb2_grpc
from edge_agent.flow import Command, Feedback, Gap, Health, LiveReading
from edge_agent.uplink import wire
from edge_agent.uplink.journal import Spool, StoredRecord
from edge_agent.uplink.mailbox import Mailbox
from edge_agent.uplink.window import Window

BATCH_BYTES = 256 * 1024
"""Largest batch, serialised."""

RECORD_OVERHEAD_BYTES = 96
"""What a record's own fields take beside payload and interview id, rounded up."""

WELCOME_TIMEOUT_S = 10.0
WRITE_TIMEOUT_S = 10.0

EOF: object = cast("Any", grpc.aio).EOF  # grpc-stubs does not know it

BROKEN = (grpc.aio.AioRpcError, asyncio.InvalidStateError, TimeoutError)
"""How grpc.aio says that a stream is over: a write after the end is an InvalidStateError."""

log = structlog.get_logger(__name__)


class Call(Protocol):
    """What is used of `grpc.aio.StreamStreamCall`, typed."""

    async def read(self) -> room_pb2.SessionResponse: ...
    async def write(self, request: room_pb2.SessionRequest) -> None: ...
    async def code(self) -> grpc.StatusCode: ...
    async def details(self) -> str: ...
    def cancel(self) -> bool: ...


class LinkLost(Exception):
    """This stream is over; another may be opened. Never leaves the uplink."""


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who hears what central says."""

    on_welcome: Callable[[str], None]
    """Gets the room's name."""
    on_ack: Callable[[], None]
    on_command: Callable[[Command], None]
    on_feedback: Callable[[Feedback], None]


class Stream:
    """Runs once."""

    def __init__(
        self, channel: grpc.aio.Channel, spool: Spool, mailbox: Mailbox, listeners: Listeners
    ) -> None:
        self._stub = room_pb2_grpc.RoomServiceStub(channel)
        self._spool = spool
        self._mailbox = mailbox
        self._listeners = listeners
        self._window = Window(0)

    async def run(self, hello: room_pb2.SessionRequest) -> None:
        """Raises `LinkLost` when it ends, by whichever side; never returns."""
        call: Call = cast("Any", self._stub).Session()
        try:
            resume_after = await self._greet(call, hello)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._read(call))
                tasks.create_task(self._write(call))
                tasks.create_task(self._pump(resume_after))
        except ExceptionGroup as group:
            _, others = group.split((LinkLost, *BROKEN))
            if others is not None:
                raise others from None
            raise LinkLost(_why(group)) from group
        except BROKEN as error:
            raise LinkLost(_why(error)) from error
        finally:
            # The reader is already cancelled and awaited: only now may the call go (grpc #42125).
            call.cancel()

    async def _greet(self, call: Call, hello: room_pb2.SessionRequest) -> int:
        async with asyncio.timeout(WELCOME_TIMEOUT_S):
            await call.write(hello)
            answer = await call.read()
        if answer is EOF:
            raise LinkLost(await _ending(call))
        if answer.WhichOneof("message") != "welcome":
            raise LinkLost("central did not begin with Welcome")
        welcome = answer.welcome
        await self._check_series(welcome.resume_after, welcome.crc_at_resume)
        self._window.limit_bytes = welcome.window_bytes
        self._spool.acknowledge(welcome.resume_after)
        self._mailbox.renew()
        self._listeners.on_welcome(welcome.room_name)
        self._listeners.on_ack()
        return welcome.resume_after

    async def _check_series(self, resume_after: int, crc: int) -> None:
        """Central and spool must remember the same series (a disk may be restored or cloned)."""
        spool = self._spool
        own = spool.crc_at(resume_after)
        if resume_after >= spool.next_seq or (own is not None and own != crc):
            log.error("central remembers another series of records; a new one begins")
            await spool.restart()
            raise LinkLost("a new series of records begins")
        if resume_after + 1 < spool.oldest_seq:
            gap = Gap(resume_after + 1, spool.oldest_seq - 1, "central lost acknowledged records")
            log.error("central lost acknowledged records", first=gap.first_seq, last=gap.last_seq)
            await spool.restart()
            spool.append(gap)
            raise LinkLost("a new series of records begins")

    async def _pump(self, after_seq: int) -> None:
        """Everything after `after_seq`, in order, as fast as the window opens."""
        while True:
            room = min(self._window.free_bytes, BATCH_BYTES)
            records = _fitting(await self._spool.read(after_seq, room))
            size = sum(len(one.payload) for one in records)
            if self._window.in_flight_bytes and size > self._window.free_bytes:
                await self._window.room_for(size)
                continue
            self._window.sent(records)
            await self._mailbox.send(records)
            after_seq = records[-1].seq

    async def _write(self, call: Call) -> None:
        while True:
            request = _request(await self._mailbox.take())
            async with asyncio.timeout(WRITE_TIMEOUT_S):
                await call.write(request)

    async def _read(self, call: Call) -> None:
        while True:
            response = await call.read()
            if response is EOF:
                raise LinkLost(await _ending(call))
            await self._take(response)

    async def _take(self, response: room_pb2.SessionResponse) -> None:
        match response.WhichOneof("message"):
            case "ack":
                self._acknowledge(response.ack.up_to)
            case "reject":
                self._reject(response.reject)
            case "command":
                self._listeners.on_command(wire.command(response.command))
            case "feedback":
                feedback = wire.feedback(response.feedback)
                if feedback is not None:
                    self._listeners.on_feedback(feedback)
            case "drain":
                # Spread over the time given: all rooms of a gateway get this at once.
                await asyncio.sleep(random.uniform(0, response.drain.after_ms / 1000))  # noqa: S311
                raise LinkLost("the gateway is about to stop")

    def _reject(self, reject: room_pb2.Reject) -> None:
        """Kept in quarantine by central, so it counts as acknowledged with the next Ack."""
        reason = room_pb2.RejectReason.Name(reject.reason)
        log.error("central refused a record", seq=reject.seq, reason=reason, detail=reject.detail)

    def _acknowledge(self, up_to: int) -> None:
        self._window.acknowledged(up_to)
        self._spool.acknowledge(up_to)
        self._listeners.on_ack()


def _fitting(records: list[StoredRecord]) -> list[StoredRecord]:
    """As many as one batch may hold when serialised; always one."""
    size = 0
    for count, one in enumerate(records):
        size += len(one.payload) + len(one.interview_id) + RECORD_OVERHEAD_BYTES
        if count and size > BATCH_BYTES:
            return records[:count]
    return records


def _request(waiting: Health | LiveReading | list[StoredRecord]) -> room_pb2.SessionRequest:
    match waiting:
        case Health():
            return wire.heartbeat(waiting)
        case LiveReading():
            return wire.live(waiting)
        case _:
            return wire.batch(waiting)


async def _ending(call: Call) -> str:
    code, details = await call.code(), await call.details()
    return f"{code.name.lower()}: {details}" if details else f"central closed ({code.name.lower()})"


def _why(error: Exception) -> str:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    match error:
        case LinkLost():
            return str(error)
        case grpc.aio.AioRpcError():
            return f"{error.code().name.lower()}: {error.details()}"
        case TimeoutError():
            return "central does not answer"
    return "the stream was closed under a write"
