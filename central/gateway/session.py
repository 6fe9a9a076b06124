"""One room's stream: what it sends is submitted for commit, what it shall hear is written by one
writer.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Final

import grpc
import msgspec
import structlog

from central.bus.events import CaptionChanged, NoticeSent, TranscriptAdded
from central.bus.subjects import live
from central.fleet.identity import AgentIdentity
from central.gateway import heartbeat, responses, wire
from central.gateway.abridged import Completer
from central.gateway.admission import admit
from central.gateway.captions import Captioner
from central.gateway.clocks import RoomClock
from central.gateway.committer import Submission
from central.gateway.group import Committed
from central.gateway.hello import Greeting, read_hello
from central.gateway.intake import read_batch
from central.gateway.mailbox import Mailbox, MailboxFull
from central.gateway.services import Services, SessionEnd, Stream
from central.storage import rooms, turns
from central.storage.ingest import Segment
from central.storage.room_commands import OpenCommand
from central.storage.rooms import AgentRow, Presence, Spool
from daedam.v1 import live_pb2, room_pb2

HELLO_TIMEOUT_S: Final = 10.0
WRITE_TIMEOUT_S: Final = 10.0
SETTLE_TIMEOUT_S: Final = 5.0
RESEND_S: Final = 5.0
LIVE_EVERY_S: Final = 0.03
MOST_REJECTS: Final = 100
"""Told of one batch; the rest is in quarantine all the same, and acknowledged."""

_log = structlog.get_logger(__name__)


class RoomSession:
    """From Hello to the end of the stream."""

    def __init__(
        self, services: Services, stream: Stream, identity: AgentIdentity, agent: AgentRow
    ) -> None:
        self.agent = agent
        self._services = services
        self._stream = stream
        self._identity = identity
        self._mailbox = Mailbox()
        self._end: asyncio.Future[SessionEnd] = asyncio.get_running_loop().create_future()
        self._welcomed = False
        self._next_seq = 1
        self._committed_seq = 0
        self._has_stored = False
        self._in_flight_bytes = 0
        self._window_moved = asyncio.Event()
        self._settled = asyncio.Event()
        self._settled.set()
        self._commands_sent_s: dict[int, float] = {}
        self._shown_s = float("-inf")
        self._completer = Completer()
        self._clock = RoomClock(agent)
        self._captioner = Captioner(
            agent.room_code, services.bus, self._language_of, self._show_caption
        )

    async def run(
        self, enter: Callable[[RoomSession], Awaitable[None]], welcomed: Callable[[], None]
    ) -> None:
        """Serves the stream; `enter` admits it once Hello is there. Raises `SessionEnd`, alone or in a
        group, where this side ends it.
        """
        hello, came_ns = await self._hello(), time.time_ns()
        await enter(self)
        spool = await self._welcome(hello, came_ns)
        welcomed()
        async with asyncio.TaskGroup() as group:
            tasks = [
                group.create_task(self._write()),
                group.create_task(self._captioner.run()),
                group.create_task(self._forward("transcript")),
                group.create_task(self._forward("notice")),
                group.create_task(self._wait_for_the_end()),
            ]
            await self._read(spool)
            await self.settled()
            for task in tasks:
                task.cancel()

    def close(self, code: grpc.StatusCode, detail: str) -> None:
        """Ends the stream soon; the first reason stands."""
        if not self._end.done():
            self._end.set_result(SessionEnd(code, detail))

    @property
    def stored(self) -> bool:
        """Whether anything of this stream was committed."""
        return self._has_stored

    async def settled(self) -> None:
        """Waits until all that was submitted is committed or refused, at most 5 s."""
        try:
            async with asyncio.timeout(SETTLE_TIMEOUT_S):
                await self._settled.wait()
        except TimeoutError:
            _log.warning("a stream ends with batches uncommitted", room=self.agent.room_code)

    def drain(self, after_ms: int) -> None:
        """Asks the room to connect anew."""
        if not self._welcomed:
            self.close(grpc.StatusCode.UNAVAILABLE, "this gateway stops; connect anew")
            return
        self._say(responses.drain(after_ms))

    def offer(self, commands: Sequence[OpenCommand]) -> None:
        """Sends the room's open commands: each once, and again while its answer is missing."""
        if not self._welcomed:
            return  # nothing goes before Welcome
        now_s = time.monotonic()
        sent = {
            one.command_id: self._commands_sent_s[one.command_id]
            for one in commands
            if one.command_id in self._commands_sent_s
        }
        for one in commands:
            if now_s - sent.get(one.command_id, -RESEND_S) >= RESEND_S:
                expires_ns = int(one.expires_at.timestamp() * 1e6) * 1000
                self._say(responses.command(one.command_id, expires_ns, one.body))
                sent[one.command_id] = now_s
        self._commands_sent_s = sent

    async def _hello(self) -> Greeting:
        try:
            async with asyncio.timeout(HELLO_TIMEOUT_S):
                return read_hello(await self._stream.read())
        except TimeoutError as error:
            raise SessionEnd(grpc.StatusCode.DEADLINE_EXCEEDED, "no Hello came") from error

    async def _welcome(self, hello: Greeting, came_ns: int) -> Spool:
        spool = await admit(self._services.pool, hello, self.agent, self._clock, came_ns)
        self._next_seq = spool.seq + 1
        self._welcomed = True
        self._committed_seq = spool.seq
        self._say(
            responses.welcome(
                spool.seq,
                spool.crc,
                self._services.window_bytes,
                self.agent.room_name,
                time.time_ns(),
            )
        )
        self._note(Presence(self.agent.agent_id, True, hello.version, hello.capabilities))
        return spool

    async def _read(self, spool: Spool) -> None:
        while (request := await self._stream.read()) is not None:
            match request.WhichOneof("message"):
                case "batch":
                    await self._batch(spool, request.batch)
                case "live":
                    await self._live(request.live)
                case "heartbeat":
                    health = heartbeat.read_health(request.heartbeat, time.time_ns())
                    self._note(Presence(self.agent.agent_id, connected=True, health=health))
                    if request.heartbeat.wall_ns:
                        await self._clock.beat(self._services.pool, health["clock_skew_ms"])
                case "hello":
                    raise SessionEnd(grpc.StatusCode.INVALID_ARGUMENT, "Hello comes once")
                case _:
                    continue  # a newer agent's message: not for this version

    async def _live(self, live: live_pb2.Live) -> None:
        """Ten a second are agreed; of a flood the rest is lost, as live may be."""
        now_s = time.monotonic()
        if self._completer.see(live) and now_s - self._shown_s >= LIVE_EVERY_S:
            self._shown_s = now_s
            whole = self._completer.complete(live)
            await self._services.bus.publish(wire.read_live(whole, self.agent.room_code))

    async def _batch(self, spool: Spool, batch: room_pb2.Batch) -> None:
        segment = await read_batch(batch, spool, self._next_seq)
        if segment is None:
            self._mailbox.acknowledge(self._committed_seq)
            return
        for fact in segment.records:
            self._captioner.follow(fact)
        self._next_seq = segment.last + 1
        await self._submit(segment, batch.ByteSize())

    async def _submit(self, segment: Segment, size_bytes: int) -> None:
        """Waits while more than the window is in flight: then the room waits too."""
        while self._in_flight_bytes > self._services.window_bytes:
            self._window_moved.clear()
            await self._window_moved.wait()
        self._in_flight_bytes += size_bytes
        self._settled.clear()

        def settled(committed: Committed) -> None:
            self._in_flight_bytes -= size_bytes
            self._window_moved.set()
            if self._in_flight_bytes <= 0:
                self._settled.set()
            self._answer(committed)

        self._services.committer.submit(Submission(segment, settled))

    def _answer(self, committed: Committed) -> None:
        if committed.stale:
            self.close(grpc.StatusCode.ABORTED, "the watermark moved elsewhere; connect anew")
            return
        self._committed_seq, self._has_stored = committed.segment.last, True
        for one in committed.refused[:MOST_REJECTS]:
            _log.warning(
                "record refused", room=self.agent.room_code, seq=one.seq, detail=one.detail
            )
            self._say(responses.reject(one.seq, one.reason, one.detail))
        if len(committed.refused) > MOST_REJECTS:
            count = len(committed.refused) - MOST_REJECTS
            _log.warning("more records refused", room=self.agent.room_code, count=count)
        self._mailbox.acknowledge(self._committed_seq)

    def _say(self, message: responses.SessionResponse) -> None:
        try:
            self._mailbox.control(message)
        except MailboxFull:
            self.close(grpc.StatusCode.RESOURCE_EXHAUSTED, "the room reads too slowly")

    async def _write(self) -> None:
        while True:
            message = await self._mailbox.next()
            try:
                async with asyncio.timeout(WRITE_TIMEOUT_S):
                    await self._stream.write(message)
            except TimeoutError as error:
                raise SessionEnd(grpc.StatusCode.ABORTED, "the room does not read") from error

    async def _forward(self, topic: str) -> None:
        subject = live(self.agent.room_code, topic)
        async with self._services.bus.subscribe_live(subject) as events:
            async for event in events:
                if isinstance(event, TranscriptAdded):
                    await self._show_final(event)
                elif isinstance(event, NoticeSent):
                    self._mailbox.final(responses.feedback(event))

    async def _show_final(self, event: TranscriptAdded) -> None:
        """The kiosk knows its turns by its own keys."""
        if not (event.accepted and event.speaker == "User" and event.turn_id.isdecimal()):
            return
        try:
            async with self._services.pool.connection() as conn:
                key = await turns.key_of(conn, int(event.turn_id), self.agent.room_id)
        except Exception as error:  # noqa: BLE001 - the kiosk misses a line, nothing more
            _log.warning("a final text is not shown", error=str(error))
            return
        if key is not None:
            self._mailbox.final(responses.feedback(msgspec.structs.replace(event, turn_id=key)))

    async def _wait_for_the_end(self) -> None:
        left_s = max(0.0, self._identity.seconds_left(datetime.now(UTC)))
        try:
            async with asyncio.timeout(left_s):
                raise await asyncio.shield(self._end)
        except TimeoutError as error:
            raise SessionEnd(
                grpc.StatusCode.UNAUTHENTICATED, "the certificate has expired"
            ) from error

    def _note(self, presence: Presence) -> None:
        self._services.presence.note(self.agent, presence)

    async def _language_of(self, interview_id: int) -> str | None:
        try:
            async with self._services.pool.connection() as conn:
                return await rooms.language_of(conn, interview_id, self.agent.room_id)
        except Exception as error:  # noqa: BLE001 - no captions, nothing more
            _log.warning("captions without a language", error=str(error))
            return None

    async def _show_caption(self, caption: CaptionChanged) -> None:
        self._mailbox.caption(responses.feedback(caption))
        await self._services.bus.publish(caption)
