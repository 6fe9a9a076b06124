"""How agents get certificates over gRPC: strangers with a token at the enrolment port, agents with a
certificate at the rooms' port. What is decided is `central.fleet`'s.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from typing import Any, Final, NoReturn

import grpc
import structlog
from cryptography import x509

from central.config import Config
from central.errors import IdentityError
from central.fleet.enrolling import Denied, Granted, Request
from central.fleet.identity import identity_of
from central.fleet.office import Office
from central.fleet.upkeep import keep_up
from central.gateway.credentials import listen
from central.storage.pool import Pool
from daedam.v1 import enrolment_pb2
from daedam.v1.enrolment_pb2_grpc import (
    EnrolmentServiceServicer,
    add_EnrolmentServiceServicer_to_server,
)

OPTIONS: Final = (
    ("grpc.so_reuseport", 0),
    ("grpc.max_receive_message_length", 65_536),
    ("grpc.max_concurrent_streams", 4),
    ("grpc.max_connection_idle_ms", 10_000),
    ("grpc.max_connection_age_ms", 60_000),
)
AT_ONCE: Final = 32
"""Calls; more are refused, and come again."""
STOP_GRACE_S: Final = 0.5
_TOO_OFTEN: Final = "too many tries; wait a minute"

Context = grpc.aio.ServicerContext[Any, Any]
_log = structlog.get_logger(__name__)


@asynccontextmanager
async def enrolment_port(config: Config, office: Office | None, pool: Pool) -> AsyncIterator[int]:
    """Strangers may knock while the block runs, and the gateway's own certificate is kept good. Gives
    the port (0: this gateway enrols nobody: it has no issuing key). Raises `StartError` where it is
    taken.
    """
    upkeep = asyncio.create_task(keep_up(config, office.authority if office else None, pool))
    try:
        if office is None:
            _log.info("this gateway enrols nobody: it has no issuing key")
            yield 0
        else:
            async with _serving(config, office) as port:
                yield port
    finally:
        upkeep.cancel()
        await asyncio.gather(upkeep, return_exceptions=True)


def serve_renewal(server: grpc.aio.Server, office: Office | None, organisation: str) -> None:
    """Agents may renew on this server, which checks their certificates."""
    add_EnrolmentServiceServicer_to_server(_ForAgents(office, organisation), server)


@asynccontextmanager
async def _serving(config: Config, office: Office) -> AsyncIterator[int]:
    server = grpc.aio.server(options=OPTIONS, maximum_concurrent_rpcs=AT_ONCE)
    add_EnrolmentServiceServicer_to_server(_ForStrangers(office), server)
    port = listen(server, config, for_rooms=False)
    try:
        await server.start()
        _log.info("enrolling rooms", address=f"{config.gateway.host}:{port}")
        yield port
    finally:
        await server.stop(STOP_GRACE_S)


class _Elsewhere(EnrolmentServiceServicer):
    """What a port does not serve."""

    async def Enrol(self, _: Any, context: Context) -> enrolment_pb2.EnrolResponse:  # noqa: N802
        await _not_here(context)

    async def Renew(self, _: Any, context: Context) -> enrolment_pb2.RenewResponse:  # noqa: N802
        await _not_here(context)

    async def Challenge(  # noqa: N802
        self, _: Any, context: Context
    ) -> enrolment_pb2.ChallengeResponse:
        await _not_here(context)

    async def Recover(self, _: Any, context: Context) -> enrolment_pb2.RecoverResponse:  # noqa: N802
        await _not_here(context)


class _ForStrangers(_Elsewhere):
    """Behind the enrolment port: nobody here has shown a certificate."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def Enrol(  # noqa: N802 - the contract's name
        self, request: enrolment_pb2.EnrolRequest, context: Context
    ) -> enrolment_pb2.EnrolResponse:
        """A token for a certificate."""
        await self._knock(context)
        asked = Request(
            request.csr, request.wall_ns, request.former_certificate, request.former_signature
        )
        granted = await _granted(context, self._office.enrol(request.token, asked))
        return enrolment_pb2.EnrolResponse(credential=_credential(self._office, granted))

    async def Challenge(  # noqa: N802
        self, _: enrolment_pb2.ChallengeRequest, context: Context
    ) -> enrolment_pb2.ChallengeResponse:
        """To be signed by the last key."""
        await self._knock(context)
        return enrolment_pb2.ChallengeResponse(challenge=self._office.challenge())

    async def Recover(  # noqa: N802
        self, request: enrolment_pb2.RecoverRequest, context: Context
    ) -> enrolment_pb2.RecoverResponse:
        """A signed challenge for a certificate."""
        await self._knock(context)
        asked = Request(request.csr, request.wall_ns, request.certificate, request.signature)
        granted = await _granted(context, self._office.recover(request.challenge, asked))
        return enrolment_pb2.RecoverResponse(credential=_credential(self._office, granted))

    async def _knock(self, context: Context) -> None:
        if not self._office.allows(context.peer().rpartition(":")[0]):
            await _refuse(context, grpc.StatusCode.RESOURCE_EXHAUSTED, _TOO_OFTEN)


class _ForAgents(_Elsewhere):
    """Behind the rooms' port: the handshake has verified a certificate."""

    def __init__(self, office: Office | None, organisation: str) -> None:
        self._office = office
        self._organisation = organisation

    async def Renew(  # noqa: N802 - the contract's name
        self, request: enrolment_pb2.RenewRequest, context: Context
    ) -> enrolment_pb2.RenewResponse:
        """A certificate for the next one."""
        if self._office is None:
            await _refuse(context, grpc.StatusCode.UNAVAILABLE, "this gateway issues nothing")
        try:
            pem = b"".join(context.auth_context().get("x509_pem_cert", ()))
            identity = identity_of(pem, self._organisation)
            shown = x509.load_pem_x509_certificate(pem)
        except (IdentityError, ValueError) as error:
            await _refuse(context, grpc.StatusCode.UNAUTHENTICATED, str(error))
        if not self._office.allows_renewal(identity.agent_uuid):
            await _refuse(context, grpc.StatusCode.RESOURCE_EXHAUSTED, _TOO_OFTEN)
        asked = Request(request.csr, request.wall_ns)
        granted = await _granted(context, self._office.renew(identity, shown, asked))
        return enrolment_pb2.RenewResponse(credential=_credential(self._office, granted))


async def _granted(context: Context, asking: Awaitable[Granted | Denied]) -> Granted:
    try:
        answer = await asking
    except IdentityError as error:
        await _refuse(context, grpc.StatusCode.INVALID_ARGUMENT, str(error))
    except Exception as error:  # noqa: BLE001 - the database is away; the agent comes again
        _log.warning("no certificate can be issued", error=repr(error))
        await _refuse(context, grpc.StatusCode.UNAVAILABLE, "central cannot issue now; try again")
    if isinstance(answer, Denied):
        code = grpc.StatusCode.FAILED_PRECONDITION if answer.later else _DENIED
        await _refuse(context, code, answer.why)
    return answer


_DENIED: Final = grpc.StatusCode.PERMISSION_DENIED


def _credential(office: Office, granted: Granted) -> enrolment_pb2.Credential:
    return enrolment_pb2.Credential(
        certificates=granted.certificate,
        authorities=office.roots(),
        generation=granted.generation,
    )


async def _not_here(context: Context) -> NoReturn:
    await _refuse(context, grpc.StatusCode.UNIMPLEMENTED, "not at this port")


async def _refuse(context: Context, code: grpc.StatusCode, detail: str) -> NoReturn:
    await context.abort(code, detail)
    raise AssertionError  # abort never returns
