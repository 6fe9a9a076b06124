"""How one stays in: renewals, generations, copies of an identity, and recovery."""

from __future__ import annotations

import time

import grpc

from central.fleet.revocation import revoke
from daedam.v1 import enrolment_pb2
from edge_agent.enrolment.keys import key_pem, new_key, request_for, sign
from tests.security.asking import TIMEOUT_S, answered, enrolled, renew, service
from tests.security.scene import Answer, Mallory, Row, Scene, knock

DENIED = "PERMISSION_DENIED"


async def clock_off_at_renewal(scene: Scene, mallory: Mallory) -> Answer:
    pair = await enrolled(scene, mallory)
    return await renew(scene, mallory, pair, wall_ns=1)


async def copied_identity(scene: Scene, mallory: Mallory) -> Answer:
    """The disk was copied; the copy and the original both renew, and one comes too late."""
    pair = await enrolled(scene, mallory)
    last = Answer("", "")
    for _ in range(3):
        last = await renew(scene, mallory, pair)
    return last


async def copied_identity_streams(scene: Scene, mallory: Mallory) -> Answer:
    """The original renewed twice; then somebody opens a stream with the copy of its first identity."""
    first = pair = await enrolled(scene, mallory)
    for _ in range(2):
        own = new_key()
        answer = await renew(scene, mallory, pair, own=own)
        assert answer.status == "OK", answer
        pair = key_pem(own), answer.sentence.encode()
    mallory.agent.private_key.write_bytes(first[0])
    mallory.agent.certificate.write_bytes(first[1])
    return await knock(scene, mallory.agent)


async def renewals_without_end(scene: Scene, mallory: Mallory) -> Answer:
    pair = await enrolled(scene, mallory)
    for _ in range(15):
        answer = await renew(scene, mallory, pair, wall_ns=1)
        if answer.status == "RESOURCE_EXHAUSTED":
            break
    return answer


async def renewal_of_the_revoked(scene: Scene, mallory: Mallory) -> Answer:
    pair = await enrolled(scene, mallory)
    async with scene.site.pool.connection() as conn:
        await revoke(conn, mallory.code)
    return await renew(scene, mallory, pair)


async def renew_without_a_certificate(scene: Scene, mallory: Mallory) -> Answer:
    port = scene.site.config.gateway.enrolment_port
    credentials = grpc.ssl_channel_credentials(mallory.agent.authority.read_bytes())
    async with grpc.aio.secure_channel(f"127.0.0.1:{port}", credentials) as channel:
        asked = enrolment_pb2.RenewRequest(csr=request_for(new_key()), wall_ns=time.time_ns())
        return await answered(service(channel).Renew(asked, timeout=TIMEOUT_S))


async def anothers_recovery(scene: Scene, mallory: Mallory) -> Answer:
    """Another room's certificate is public; its key is not."""
    port = scene.site.config.gateway.enrolment_port
    credentials = grpc.ssl_channel_credentials(mallory.agent.authority.read_bytes())
    async with grpc.aio.secure_channel(f"127.0.0.1:{port}", credentials) as channel:
        stub = service(channel)
        challenge = await stub.Challenge(enrolment_pb2.ChallengeRequest(), timeout=TIMEOUT_S)
        asked = enrolment_pb2.RecoverRequest(
            challenge=challenge.challenge,
            certificate=scene.site.agent.certificate.read_bytes(),
            signature=sign(new_key(), challenge.challenge),
            csr=request_for(new_key()),
            wall_ns=time.time_ns(),
        )
        return await answered(stub.Recover(asked, timeout=TIMEOUT_S))


ROWS = [
    Row(
        "clock skew",
        "at renewal",
        clock_off_at_renewal,
        "FAILED_PRECONDITION",
        "clock",
        alarms=frozenset({"clock_wrong"}),
    ),
    Row(
        "another room's identity",
        "a copy that renews too",
        copied_identity,
        DENIED,
        "may have a copy of this room's key",
        alarms=frozenset({"identity_locked"}),
    ),
    Row(
        "another room's identity",
        "a copy that opens a stream",
        copied_identity_streams,
        DENIED,
        "is revoked in room",
        alarms=frozenset({"identity_locked", "agent_refused"}),
    ),
    Row(
        "flood",
        "renewals",
        renewals_without_end,
        "RESOURCE_EXHAUSTED",
        "too many tries; wait a minute",
        alarms=frozenset({"clock_wrong"}),
    ),
    Row("revoked", "renewal", renewal_of_the_revoked, DENIED, "revoked"),
    Row(
        "no certificate",
        "renewal",
        renew_without_a_certificate,
        "UNIMPLEMENTED",
        "not at this port",
    ),
    Row(
        "another room's identity",
        "its recovery",
        anothers_recovery,
        DENIED,
        "does not know this certificate and key",
    ),
]
