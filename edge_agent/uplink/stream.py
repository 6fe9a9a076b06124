"""One stream to the gateway, from Hello to its end.

In: records of the spool and what waits in the mailbox. Out: acknowledgements to the spool, commands
and feedback to the room. One reader, one writer, one pump that keeps the window filled.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NoReturn, Protocol, cast

import grpc
import structlog

from daedam.v1 import room_pb2, room_pb2_grpc
from edge_agent.flow import Command, Feedback, Gap, Health, LiveReading
from edge_agent.uplink import wire
from edge_agent.uplink.abridging import Abridger
from edge_agent.uplink.greeting import Replaced, ReplacementReason
from edge_agent.uplink.journal import Spool, StoredRecord
from edge_agent.uplink.mailbox import Mailbox
from edge_agent.uplink.window import Window

BATCH_BYTES = 256 * 1024
"""Largest batch, serialised."""

RECORD_OVERHEAD_BYTES = 96
"""What a record's own fields take beside payload and interview id, rounded up."""

WELCOME_TIMEOUT_S = 10.0
WRITE_TIMEOUT_S = 10.0
ENDING_TIMEOUT_S = 1.0

LARGEST_WINDOW_BYTES = 4 * 1024 * 1024
LONGEST_DRAIN_S = 3.0
LONGEST_NAME = 200
"""What central may ask of this agent; more is cut to it."""

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


class SeriesReplaced(LinkLost):
    """It is over because a new series begins; `replaced` says why, and is to be told to central."""

    def __init__(self, replaced: Replaced) -> None:
        super().__init__("a new series of records begins")
        self.replaced = replaced


@dataclass(frozen=True, slots=True)
class Welcomed:
    """What central said about this room, within bounds. `central_wall_ns` is 0 where it said nothing;
    `hello_mono_ns` is when Hello went.
    """

    room_name: str
    central_wall_ns: int
    hello_mono_ns: int


@dataclass(frozen=True, slots=True)
class Listeners:
    """Who hears what central says."""

    on_welcome: Callable[[Welcomed], None]
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
        self.window = self._window = Window(0)
        self._sent_seq = 0
        self._leaving = asyncio.Event()

    def leave(self) -> None:
        """Ends it soon: another one, with another certificate, takes its place."""
        self._leaving.set()

    async def run(self, hello: room_pb2.SessionRequest) -> None:
        """Raises `LinkLost` when it ends, by whichever side; never returns."""
        call: Call = cast("Any", self._stub).Session()
        try:
            resume_after = await self._greet(call, hello)
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._read(call, tasks))
                tasks.create_task(self._write(call))
                tasks.create_task(self._pump(resume_after))
                tasks.create_task(self._until_asked_to_leave())
        except ExceptionGroup as group:
            _, others = group.split((LinkLost, *BROKEN))
            if others is not None:
                raise others from None
            raise await _lost(call, group) from group
        except BROKEN as error:
            raise await _lost(call, error) from error
        finally:
            # The reader is already cancelled and awaited: only now may the call go (grpc #42125).
            call.cancel()

    async def _until_asked_to_leave(self) -> None:
        await self._leaving.wait()
        raise LinkLost("the stream is left for one with the renewed certificate")

    async def _greet(self, call: Call, hello: room_pb2.SessionRequest) -> int:
        hello_mono_ns = time.monotonic_ns()
        async with asyncio.timeout(WELCOME_TIMEOUT_S):
            await call.write(hello)
            answer = await call.read()
        if answer is EOF:
            raise LinkLost(await _ending(call))
        if answer.WhichOneof("message") != "welcome":
            raise LinkLost("central did not begin with Welcome")
        welcome = answer.welcome
        await self._check_series(welcome.resume_after, welcome.crc_at_resume)
        self._window.limit_bytes = min(welcome.window_bytes, LARGEST_WINDOW_BYTES)
        self._sent_seq = welcome.resume_after
        self._spool.acknowledge(welcome.resume_after)
        self._mailbox.renew()
        name = welcome.room_name[:LONGEST_NAME]
        self._listeners.on_welcome(Welcomed(name, welcome.central_wall_ns, hello_mono_ns))
        self._listeners.on_ack()
        return welcome.resume_after

    async def _check_series(self, resume_after: int, crc: int) -> None:
        """Central and spool must remember the same series (a disk may be restored or cloned)."""
        spool = self._spool
        own = spool.crc_at(resume_after)
        if resume_after >= spool.next_seq:
            await self._replace(ReplacementReason.CENTRAL_AHEAD, resume_after)
        elif own is not None and own != crc:
            await self._replace(ReplacementReason.RECORD_DIFFERS, resume_after)
        elif resume_after + 1 < spool.oldest_seq:
            gap = Gap(resume_after + 1, spool.oldest_seq - 1, "central lost acknowledged records")
            await self._replace(ReplacementReason.CENTRAL_FORGOT, resume_after, gap)

    async def _replace(
        self, reason: ReplacementReason, resume_after: int, gap: Gap | None = None
    ) -> NoReturn:
        """All that is held goes into a new series; the old number says to central which one ended."""
        spool = self._spool
        replaced = Replaced(spool.spool_id, reason, resume_after, spool.next_seq - 1)
        log.error(
            "central remembers another series of records; a new one begins",
            reason=reason.name.lower(),
            central_seq=resume_after,
            room_seq=replaced.room_seq,
        )
        await spool.restart()
        if gap is not None:
            spool.append(gap)
        raise SeriesReplaced(replaced)

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
            self._sent_seq = records[-1].seq
            await self._mailbox.send(records)
            after_seq = records[-1].seq

    async def _write(self, call: Call) -> None:
        abridger = Abridger()
        while True:
            request = _request(await self._mailbox.take(), abridger)
            async with asyncio.timeout(WRITE_TIMEOUT_S):
                await call.write(request)

    async def _read(self, call: Call, tasks: asyncio.TaskGroup) -> None:
        while True:
            response = await call.read()
            if response is EOF:
                raise LinkLost(await _ending(call))
            if response.WhichOneof("message") == "drain":
                # Acknowledgements are read on meanwhile.
                tasks.create_task(_drain(response.drain.after_ms / 1000))
            else:
                self._take(response)

    def _take(self, response: room_pb2.SessionResponse) -> None:
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

    def _reject(self, reject: room_pb2.Reject) -> None:
        """Kept in quarantine by central, so it counts as acknowledged with the next Ack."""
        reason, detail = wire.reject_reason(reject.reason), reject.detail[:LONGEST_NAME]
        log.error("central refused a record", seq=reject.seq, reason=reason, detail=detail)

    def _acknowledge(self, up_to: int) -> None:
        if up_to > self._sent_seq:
            # Believed, it would let go of records that exist nowhere else.
            log.error("central acknowledged what was not sent", up_to=up_to, sent=self._sent_seq)
            raise LinkLost(f"central acknowledged {up_to}, but {self._sent_seq} is the last sent")
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


def _request(
    waiting: Health | LiveReading | list[StoredRecord], abridger: Abridger
) -> room_pb2.SessionRequest:
    match waiting:
        case Health():
            return wire.heartbeat(waiting)
        case LiveReading():
            return abridger.abridge(wire.live(waiting))
        case _:
            return wire.batch(waiting)


async def _drain(after_s: float) -> None:
    """Spread over the time given: all rooms of a gateway are told at once."""
    await asyncio.sleep(random.uniform(0, min(after_s, LONGEST_DRAIN_S)))  # noqa: S311
    raise LinkLost("the gateway is about to stop")


async def _ending(call: Call) -> str:
    code, details = await call.code(), await call.details()
    return f"{code.name.lower()}: {details}" if details else f"central closed ({code.name.lower()})"


async def _lost(call: Call, error: Exception) -> LinkLost:
    """Why the stream is over. A write into it fails without a reason ("Internal error from Core"); how
    the call ended has one.
    """
    leaves = _leaves(error)
    for one in leaves:
        if isinstance(one, LinkLost):
            return one
    if any(isinstance(one, TimeoutError) for one in leaves):
        return LinkLost("central does not answer")
    with suppress(TimeoutError):
        async with asyncio.timeout(ENDING_TIMEOUT_S):
            return LinkLost(await _ending(call))
    return LinkLost("the stream was closed under a write")


def _leaves(error: Exception) -> list[Exception]:
    if not isinstance(error, ExceptionGroup):
        return [error]
    return [leaf for one in error.exceptions for leaf in _leaves(one)]
