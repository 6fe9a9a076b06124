"""Asking the certificate service, at both of its ports."""

from __future__ import annotations

import time
from typing import Any

import grpc

from daedam.v1 import enrolment_pb2
from daedam.v1.enrolment_pb2_grpc import EnrolmentServiceStub
from edge_agent.enrolment.keys import Key, key_pem, new_key, request_for
from tests.security.scene import Answer, Mallory, Scene

TIMEOUT_S = 15.0


async def ask(
    scene: Scene, mallory: Mallory, token: str, csr: bytes, wall_ns: int | None = None
) -> Answer:
    """Enrol with this token and request; OK with the certificate's own words."""
    now_ns = time.time_ns() if wall_ns is None else wall_ns
    request = enrolment_pb2.EnrolRequest(token=token, csr=csr, wall_ns=now_ns)
    port = scene.site.config.gateway.enrolment_port
    credentials = grpc.ssl_channel_credentials(mallory.agent.authority.read_bytes())
    async with grpc.aio.secure_channel(f"127.0.0.1:{port}", credentials) as channel:
        return await answered(service(channel).Enrol(request, timeout=TIMEOUT_S))


async def renew(
    scene: Scene,
    mallory: Mallory,
    pair: tuple[bytes, bytes],
    *,
    wall_ns: int | None = None,
    own: Key | None = None,
) -> Answer:
    """Renew with this key and chain, over a new key."""
    key, chain = pair
    now_ns = time.time_ns() if wall_ns is None else wall_ns
    roots = mallory.agent.authority.read_bytes()
    credentials = grpc.ssl_channel_credentials(roots, key, chain)
    options = (("grpc.use_local_subchannel_pool", 1),)
    async with grpc.aio.secure_channel(scene.address, credentials, options) as channel:
        request = enrolment_pb2.RenewRequest(csr=request_for(own or new_key()), wall_ns=now_ns)
        return await answered(service(channel).Renew(request, timeout=TIMEOUT_S))


def service(channel: Any) -> Any:
    return EnrolmentServiceStub(channel)


async def answered(call: Any) -> Answer:
    try:
        answer = await call
    except grpc.aio.AioRpcError as error:
        return Answer(error.code().name, error.details() or "")
    return Answer("OK", answer.credential.certificates.decode())


async def enrolled(scene: Scene, mallory: Mallory) -> tuple[bytes, bytes]:
    """Key and chain (PEM) of a PC that was let in as it should be."""
    key = new_key()
    token = await scene.central.token(room=mallory.code)
    answer = await ask(scene, mallory, token.text, request_for(key))
    assert answer.status == "OK", answer
    return key_pem(key), answer.sentence.encode()
