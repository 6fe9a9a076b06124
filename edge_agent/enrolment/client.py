"""Central's certificate service, called. Errors become sentences for the person at this PC."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final, TypeVar, cast

import grpc
from cryptography import x509

from daedam.v1 import enrolment_pb2, enrolment_pb2_grpc
from edge_agent.enrolment.bundle import Bundle
from edge_agent.enrolment.keys import (
    Key,
    enrol_message,
    key_pem,
    recover_message,
    request_for,
    same_key,
    sign,
)
from edge_agent.errors import CentralAway, EnrolmentRefused, IdentityError

TIMEOUT_S: Final = 15.0
OPTIONS: Final = (
    ("grpc.use_local_subchannel_pool", 1),
    ("grpc.enable_retries", 0),
    ("grpc.enable_http_proxy", 0),
)
_REFUSED: Final = {
    grpc.StatusCode.PERMISSION_DENIED,
    grpc.StatusCode.INVALID_ARGUMENT,
    grpc.StatusCode.UNAUTHENTICATED,
    grpc.StatusCode.FAILED_PRECONDITION,
}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Door:
    """Where to ask, and whom to believe there (PEM)."""

    address: str
    server_name: str
    authorities: bytes


async def enrol(door: Door, token: str, key: Key, former: Bundle | None) -> Bundle:
    """A token for a certificate over `key`. With a proof that this PC was enrolled before (`former`) it
    stays the same agent, and its records go on. Raises `EnrolmentRefused`, or `CentralAway` where
    another try may do.
    """
    csr = request_for(key)
    request = enrolment_pb2.EnrolRequest(token=token, csr=csr, wall_ns=time.time_ns())
    if former is not None:
        request.former_certificate = former.chain_pem
        request.former_signature = sign(former.key, enrol_message(token, csr))
    async with _service(door, None) as service:
        answer = await _asked(door, service.Enrol(request, timeout=TIMEOUT_S))
    return _bundle(answer.credential, key, token.split(".")[1])


async def renew(door: Door, present: Bundle, key: Key) -> Bundle:
    """The present certificate for one over `key`. Raises as `enrol`."""
    request = enrolment_pb2.RenewRequest(csr=request_for(key), wall_ns=time.time_ns())
    async with _service(door, present) as service:
        answer = await _asked(door, service.Renew(request, timeout=TIMEOUT_S))
    return _bundle(answer.credential, key, present.token_id)


async def recover(door: Door, expired: Bundle, key: Key) -> Bundle:
    """An expired certificate for one over `key`: the last key signs a challenge. Raises as `enrol`."""
    async with _service(door, None) as service:
        first = await _asked(
            door, service.Challenge(enrolment_pb2.ChallengeRequest(), timeout=TIMEOUT_S)
        )
        csr = request_for(key)
        request = enrolment_pb2.RecoverRequest(
            challenge=first.challenge,
            certificate=expired.chain_pem,
            csr=csr,
            signature=sign(expired.key, recover_message(first.challenge, csr)),
            wall_ns=time.time_ns(),
        )
        answer = await _asked(door, service.Recover(request, timeout=TIMEOUT_S))
    return _bundle(answer.credential, key, expired.token_id)


@asynccontextmanager
async def _service(door: Door, who: Bundle | None) -> AsyncIterator[Any]:
    credentials = grpc.ssl_channel_credentials(
        door.authorities,
        key_pem(who.key) if who else None,
        who.chain_pem if who else None,
    )
    options: list[tuple[str, int | str]] = list(OPTIONS)
    if door.server_name:
        options.append(("grpc.ssl_target_name_override", door.server_name))
    channel = grpc.aio.secure_channel(door.address, credentials, options)
    try:
        yield cast("Any", enrolment_pb2_grpc.EnrolmentServiceStub(channel))
    finally:
        await channel.close(None)


async def _asked(door: Door, call: Awaitable[T]) -> T:
    try:
        return await call
    except grpc.aio.AioRpcError as error:
        details = error.details() or error.code().name.lower()
        if error.code() in _REFUSED:
            later = error.code() is grpc.StatusCode.FAILED_PRECONDITION
            raise EnrolmentRefused(details, later=later) from error
        raise CentralAway(
            f"central at {door.address} gives no certificate now: {details}"
        ) from error


def _bundle(credential: enrolment_pb2.Credential, key: Key, token_id: str) -> Bundle:
    """Raises `IdentityError` where the answer is no certificate over our key."""
    try:
        chain = tuple(x509.load_pem_x509_certificates(credential.certificates))
        authorities = tuple(x509.load_pem_x509_certificates(credential.authorities))
    except ValueError as error:
        raise IdentityError(
            "central's answer holds no certificate; is it another version?"
        ) from error
    if not same_key(chain[0].public_key(), key.public_key()):
        raise IdentityError("central's certificate is not over this PC's key")
    return Bundle(key, chain, authorities, token_id)
