"""The gRPC side of a session: who is calling, and how a call ends."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Final, NoReturn

import grpc
import structlog
from google.protobuf.message import DecodeError

from central.errors import IdentityError
from central.fleet.enrolling import lock_if_stale
from central.fleet.identity import AgentIdentity, identity_of
from central.gateway.admission import AWAY
from central.gateway.hall import Hall
from central.gateway.knocks import Knocks
from central.gateway.probe import Probes
from central.gateway.question_sounds import NoSound, QuestionSounds
from central.gateway.recognise import Recogniser
from central.gateway.services import Services, SessionEnd, Stream
from central.gateway.session import RoomSession
from central.gateway.videos import Gone, Videos
from central.gateway.words import words
from central.storage import rooms
from central.storage.pool import is_away
from central.storage.rooms import AgentRow, Presence
from daedam.v1 import room_pb2
from daedam.v1.room_pb2_grpc import RoomServiceServicer

NO_MESSAGE: Final = "what came is no message of this service"
FAILED: Final = "this gateway failed; its log says how"

_log = structlog.get_logger(__name__)


class RoomService(RoomServiceServicer):
    """Every room's one call."""

    def __init__(
        self,
        services: Services,
        hall: Hall,
        organisation: str,
        *,
        videos: Videos,
        sounds: QuestionSounds,
    ) -> None:
        self._videos, self._sounds = videos, sounds
        self._services = services
        self._hall = hall
        self._organisation = organisation
        self._probes = Probes()
        self._recogniser = Recogniser(services.bus)
        self._knocks = Knocks()

    async def Session(  # type: ignore[override]  # noqa: N802 - the contract's name; read/write style
        self, _: Any, context: grpc.aio.ServicerContext[Any, Any]
    ) -> None:
        """Serves one stream to its end."""
        await self._knocks.allow(context)
        identity, agent = await self._caller(context)
        session = RoomSession(self._services, _stream(context), identity, agent)
        _log.info("a room's stream begins", room=agent.room_code)
        try:
            end = await self._run(session)
        finally:
            self._leave(session)
        _log.info("a room's stream ends", room=agent.room_code, why=end.detail if end else "")
        await self._knocks.ended(self._services.pool, agent, end, stored=session.stored)
        if end is not None:
            await context.abort(end.code, end.detail)

    async def Probe(  # noqa: N802 - the contract's name
        self, request: room_pb2.ProbeRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> room_pb2.ProbeResponse:
        """Measures the way for an agent that is admitted, as it is to a stream."""
        await self._probes.admit(context)
        await self._caller(context)
        return await self._probes.answer(request, context)

    async def Recognise(  # noqa: N802 - the contract's name
        self, request: room_pb2.RecogniseRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> room_pb2.RecogniseResponse:
        """Reads a test sentence for an agent that is admitted, as it is to a stream."""
        await self._recogniser.admit(context)
        await self._caller(context)
        return await self._recogniser.answer(request, context)

    async def FetchSpeech(  # noqa: N802 - the contract's name
        self, request: room_pb2.FetchSpeechRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> AsyncIterator[room_pb2.FetchSpeechResponse]:
        """Sound of a question, for the room that was given it."""
        _, agent = await self._caller(context)
        try:
            async for piece in self._sounds.pieces(request, agent):
                yield piece
        except NoSound as error:
            await context.abort(grpc.StatusCode.NOT_FOUND, str(error))

    async def FetchVideo(  # noqa: N802 - the contract's name
        self, request: room_pb2.FetchVideoRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> AsyncIterator[room_pb2.FetchVideoResponse]:
        """An uploaded video, for the virtual room that was told to analyse it."""
        _, agent = await self._caller(context)
        try:
            async for piece in self._videos.pieces(request, agent):
                yield piece
        except Gone as error:
            await _refuse(context, grpc.StatusCode.NOT_FOUND, str(error))

    async def ReportVideo(  # noqa: N802 - the contract's name
        self, request: room_pb2.ReportVideoRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> room_pb2.ReportVideoResponse:
        """How far an analysis has come."""
        _, agent = await self._caller(context)
        return room_pb2.ReportVideoResponse(stop=not await self._videos.report(request, agent))

    async def FetchWords(  # noqa: N802 - the contract's name
        self, request: room_pb2.FetchWordsRequest, context: grpc.aio.ServicerContext[Any, Any]
    ) -> room_pb2.FetchWordsResponse:
        """What was understood, for the room whose candidate reads it now."""
        _, agent = await self._caller(context)
        return await words(request, agent, self._services.pool)

    async def _run(self, session: RoomSession) -> SessionEnd | None:
        end: SessionEnd | None = None
        try:
            await session.run(self._hall.enter, self._hall.changed.set)
        except* SessionEnd as group:
            end = _first(group)
        except* Exception:  # noqa: BLE001 - one room's stream, not the gateway
            _log.exception("a room's stream failed", room=session.agent.room_code)
            end = end or SessionEnd(grpc.StatusCode.INTERNAL, FAILED)
        return end

    def _leave(self, session: RoomSession) -> None:
        if self._hall.leave(session):
            gone = Presence(session.agent.agent_id, connected=False)
            self._services.presence.note(session.agent, gone)

    async def _caller(
        self, context: grpc.aio.ServicerContext[Any, Any]
    ) -> tuple[AgentIdentity, AgentRow]:
        try:
            pem = b"".join(context.auth_context().get("x509_pem_cert", ()))
            identity = identity_of(pem, self._organisation)
        except (IdentityError, ValueError) as error:
            await _refuse(context, grpc.StatusCode.UNAUTHENTICATED, str(error))
        agent = await self._known(context, identity)
        if agent is None or agent.revoked:
            why = "is not admitted" if agent is None else "is revoked"
            detail = f"agent {identity.agent_uuid} {why} in room {identity.room_code}"
            await self._knocks.refused(self._services.pool, identity, why)
            await _refuse(context, grpc.StatusCode.PERMISSION_DENIED, detail)
        return identity, agent

    async def _known(
        self, context: grpc.aio.ServicerContext[Any, Any], identity: AgentIdentity
    ) -> AgentRow | None:
        try:
            async with self._services.pool.connection() as conn:
                agent = await rooms.find_agent(conn, identity.room_code, identity.agent_uuid)
                if agent is not None and await lock_if_stale(conn, identity):
                    return replace(agent, revoked=True)
                return agent
        except Exception as error:
            if not is_away(error):
                raise
            await _refuse(context, grpc.StatusCode.UNAVAILABLE, AWAY)


async def _refuse(
    context: grpc.aio.ServicerContext[Any, Any], code: grpc.StatusCode, detail: str
) -> NoReturn:
    _log.warning("a stream is refused", detail=detail)
    await context.abort(code, detail)
    raise AssertionError  # abort never returns


def _stream(context: grpc.aio.ServicerContext[Any, Any]) -> Stream:
    async def read() -> room_pb2.SessionRequest | None:
        try:
            request = await context.read()
        except DecodeError as error:
            raise SessionEnd(grpc.StatusCode.INVALID_ARGUMENT, NO_MESSAGE) from error
        return request if isinstance(request, room_pb2.SessionRequest) else None  # EOF

    return Stream(read, context.write)


def _first(group: BaseExceptionGroup[SessionEnd]) -> SessionEnd:
    one: BaseException = group
    while isinstance(one, BaseExceptionGroup):
        one = one.exceptions[0]
    assert isinstance(one, SessionEnd)
    return one
