"""A gateway small enough to be read at once: keeps what rooms send in a list, over real mTLS."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Any, TypeVar

import grpc
from google.protobuf.message import Message

from daedam.v1 import interview_pb2, record_pb2, room_pb2, room_pb2_grpc
from tests.fakes.certificates import Authority, Pair

M = TypeVar("M", bound=Message)
Outgoing = asyncio.Queue[room_pb2.SessionResponse | None]


class RoomGateway(room_pb2_grpc.RoomServiceServicer):
    """Acknowledges every batch unless `stalled`; `kept` holds each sequence once, as central does."""

    def __init__(self, authority: Authority, window_bytes: int = 1_048_576) -> None:
        self._server: grpc.aio.Server | None = None
        self._pair: Pair = authority.server()
        self._authority = authority
        self.window_bytes = window_bytes
        self.port = 0
        self.records: dict[str, dict[int, bytes]] = {}
        self.kinds: list[tuple[int, bytes]] = []
        self.crcs: dict[str, dict[int, int]] = {}
        self.batch_sizes: list[int] = []
        self.duplicates = 0
        self.hellos: list[room_pb2.Hello] = []
        self.lives: list[Any] = []
        self.heartbeats: list[room_pb2.Heartbeat] = []
        self.stalled = False
        self.rejects: set[int] = set()
        self.resume_override: tuple[int, int] | None = None
        self.clock_ahead_ns = 0
        self.videos: dict[str, bytes] = {}
        self.cut_after: int | None = None
        self.reports: list[int] = []
        self.stop_videos = False
        self.understood = ""
        self._open: set[Outgoing] = set()

    async def start(self, port: int = 0) -> None:
        self._server = grpc.aio.server(options=[("grpc.so_reuseport", 0)])
        room_pb2_grpc.add_RoomServiceServicer_to_server(self, self._server)
        credentials = grpc.ssl_server_credentials(
            [(self._pair.key_pem, self._pair.certificate_pem)],
            root_certificates=self._authority.pem,
            require_client_auth=True,
        )
        self.port = self._server.add_secure_port(f"127.0.0.1:{port}", credentials)
        await self._server.start()

    async def stop(self) -> None:
        if self._server is not None:
            await self._server.stop(0)
            self._server = None

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def say(self, response: room_pb2.SessionResponse) -> None:
        """To every stream that is open."""
        for outgoing in self._open:
            outgoing.put_nowait(response)

    def cut(self) -> None:
        """End every stream from this side."""
        for outgoing in self._open:
            outgoing.put_nowait(None)

    def command(self, command: interview_pb2.Command) -> None:
        self.say(room_pb2.SessionResponse(command=command))

    def of(self, kind: int, message: type[M]) -> list[M]:
        """Every record of this kind, in order of arrival."""
        return [message.FromString(payload) for found, payload in self.kinds if found == kind]

    async def Session(  # noqa: N802  the generated class names it
        self, request_iterator: AsyncIterator[room_pb2.SessionRequest], context: Any
    ) -> AsyncIterator[room_pb2.SessionResponse]:
        requests = request_iterator.__aiter__()
        first = await anext(requests)
        self.hellos.append(first.hello)
        outgoing: Outgoing = asyncio.Queue(maxsize=10_000)
        self._open.add(outgoing)
        reader = asyncio.create_task(self._listen(first.hello.spool_id, requests, outgoing))
        try:
            yield self._welcome(first.hello.spool_id)
            while (response := await outgoing.get()) is not None:
                yield response
        finally:
            self._open.discard(outgoing)
            reader.cancel()
            await asyncio.gather(reader, return_exceptions=True)

    async def Probe(  # noqa: N802  the generated class names it
        self, request: room_pb2.ProbeRequest, context: Any
    ) -> room_pb2.ProbeResponse:
        now_ns = time.time_ns() + self.clock_ahead_ns
        return room_pb2.ProbeResponse(central_wall_ns=now_ns, padding=bytes(request.answer_bytes))

    async def Recognise(  # noqa: N802  the generated class names it
        self, request: room_pb2.RecogniseRequest, context: Any
    ) -> room_pb2.RecogniseResponse:
        return room_pb2.RecogniseResponse()

    async def FetchSpeech(  # noqa: N802  the generated class names it
        self, request: room_pb2.FetchSpeechRequest, context: Any
    ) -> AsyncIterator[room_pb2.FetchSpeechResponse]:
        """This central does not speak."""
        await context.abort(grpc.StatusCode.NOT_FOUND, "no sound")
        yield room_pb2.FetchSpeechResponse()

    async def FetchWords(  # noqa: N802  the generated class names it
        self, request: room_pb2.FetchWordsRequest, context: Any
    ) -> room_pb2.FetchWordsResponse:
        """Each answer that is over was understood as `understood`; empty: nothing was said."""
        ended = self.of(record_pb2.RECORD_KIND_ANSWER_ENDED, interview_pb2.AnswerEnded)
        return room_pb2.FetchWordsResponse(
            answers=[
                room_pb2.AnswerWords(
                    turn_id=one.turn_id,
                    utterances=[
                        room_pb2.UtteranceWords(utterance_id=f"u-{one.turn_id}", text=text)
                        for text in filter(None, [self.understood])
                    ],
                    whole=True,
                )
                for one in ended
            ]
        )

    async def FetchVideo(  # noqa: N802  the generated class names it
        self, request: room_pb2.FetchVideoRequest, context: Any
    ) -> AsyncIterator[room_pb2.FetchVideoResponse]:
        """`videos` by id, in small pieces; breaks off once after `cut_after` bytes."""
        data = self.videos[request.video_id][request.offset :]
        for at in range(0, len(data), 1_000):
            if self.cut_after is not None and at >= self.cut_after:
                self.cut_after = None
                await context.abort(grpc.StatusCode.UNAVAILABLE, "cut")
            yield room_pb2.FetchVideoResponse(data=data[at : at + 1_000])

    async def ReportVideo(  # noqa: N802  the generated class names it
        self, request: room_pb2.ReportVideoRequest, context: Any
    ) -> room_pb2.ReportVideoResponse:
        self.reports.append(request.done_milli)
        return room_pb2.ReportVideoResponse(stop=self.stop_videos)

    def _welcome(self, spool_id: str) -> room_pb2.SessionResponse:
        last = max(self.records.get(spool_id, {}), default=0)
        resume_after, crc = last, self.crcs.get(spool_id, {}).get(last, 0)
        if self.resume_override is not None:
            (resume_after, crc), self.resume_override = self.resume_override, None
        return room_pb2.SessionResponse(
            welcome=room_pb2.Welcome(
                resume_after=resume_after,
                crc_at_resume=crc,
                window_bytes=self.window_bytes,
                room_name="Room A",
                central_wall_ns=time.time_ns() + self.clock_ahead_ns,
            )
        )

    async def _listen(
        self, spool_id: str, requests: AsyncIterator[room_pb2.SessionRequest], outgoing: Outgoing
    ) -> None:
        async for request in requests:
            match request.WhichOneof("message"):
                case "batch":
                    self.batch_sizes.append(request.ByteSize())
                    self._keep(spool_id, request.batch, outgoing)
                case "live":
                    self.lives.append(request.live)
                case "heartbeat":
                    self.heartbeats.append(request.heartbeat)

    def _keep(self, spool_id: str, batch: room_pb2.Batch, outgoing: Outgoing) -> None:
        records = self.records.setdefault(spool_id, {})
        for record in batch.records:
            self.duplicates += record.seq in records
            assert record.seq == len(records) + 1, "a hole or a step back"
            records[record.seq] = record.payload
            self.kinds.append((record.kind, record.payload))
            self.crcs.setdefault(spool_id, {})[record.seq] = record.crc32c
            if record.seq in self.rejects:
                reject = room_pb2.Reject(
                    seq=record.seq, reason=room_pb2.REJECT_REASON_MALFORMED, detail="no"
                )
                outgoing.put_nowait(room_pb2.SessionResponse(reject=reject))
        if not self.stalled:
            ack = room_pb2.Ack(up_to=batch.records[-1].seq)
            outgoing.put_nowait(room_pb2.SessionResponse(ack=ack))
