"""How one gets in: tokens, and the requests that come with them."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Callable
from typing import Any

import grpc
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

from central.fleet.revocation import revoke
from daedam.v1 import enrolment_pb2
from edge_agent.enrolment.keys import new_key, request_for
from tests.security.asking import TIMEOUT_S, answered, ask, service
from tests.security.scene import KNOCKS, Answer, Mallory, Row, Scene

REUSED = frozenset({"token_reused"})
DENIED, INVALID = "PERMISSION_DENIED", "INVALID_ARGUMENT"


async def reused_token(scene: Scene, mallory: Mallory) -> Answer:
    token = await scene.central.token(room=mallory.code)
    first = await ask(scene, mallory, token.text, request_for(new_key()))
    assert first.status == "OK"
    return await ask(scene, mallory, token.text, request_for(new_key()))


async def same_key_again(scene: Scene, mallory: Mallory) -> Answer:
    """An answer that was lost is given again: the same certificate, no second agent."""
    token, key = await scene.central.token(room=mallory.code), new_key()
    answers = [await ask(scene, mallory, token.text, request_for(key)) for _ in range(2)]
    assert answers[0] == answers[1]
    return Answer(answers[1].status, "the same certificate")


async def two_racing(scene: Scene, mallory: Mallory) -> Answer:
    """Of eight at once one is let in; what the others get is the answer."""
    token = await scene.central.token(room=mallory.code)
    answers = await asyncio.gather(
        *(ask(scene, mallory, token.text, request_for(new_key())) for _ in range(8))
    )
    lost = [one for one in answers if one.status != "OK"]
    assert len(lost) == 7
    assert len(set(lost)) == 1
    rows = await scene.site.fetch(
        "select count(*) from agents where room_id = %s and revoked_at is null", mallory.room_id
    )
    assert rows == [(1,)]
    return lost[0]


async def expired_token(scene: Scene, mallory: Mallory) -> Answer:
    token = await scene.central.token(room=mallory.code)
    await scene.central.age(token)
    await scene.central.token()  # of another room: some token is open
    return await ask(scene, mallory, token.text, request_for(new_key()))


async def guessed_secret(scene: Scene, mallory: Mallory) -> Answer:
    token = await scene.central.token(room=mallory.code)
    _, token_id, _, pin = token.text.split(".")
    return await ask(scene, mallory, f"dae1.{token_id}.{'A' * 43}.{pin}", request_for(new_key()))


async def no_token(scene: Scene, mallory: Mallory) -> Answer:
    return await ask(scene, mallory, "'; drop table rooms; --\0", request_for(new_key()))


async def token_of_a_revoked_room(scene: Scene, mallory: Mallory) -> Answer:
    token = await scene.central.token(room=mallory.code)
    async with scene.site.pool.connection() as conn:
        await revoke(conn, mallory.code)
    await scene.central.token()
    return await ask(scene, mallory, token.text, request_for(new_key()))


async def names_in_the_request(scene: Scene, mallory: Mallory) -> Answer:
    """A request that asks to be another room, a server and an authority gets none of it."""
    key = new_key()
    wanted = x509.SubjectAlternativeName(
        [
            x509.UniformResourceIdentifier(
                f"spiffe://daedam/room/{scene.site.room}/agent/{scene.site.agent.agent_uuid}"
            ),
            x509.DNSName("localhost"),
        ]
    )
    csr = (
        x509.CertificateSigningRequestBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "central")]))
        .add_extension(wanted, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.PEM)
    )
    token = await scene.central.token(room=mallory.code)
    answer = await ask(scene, mallory, token.text, csr)
    leaf = x509.load_pem_x509_certificates(answer.sentence.encode())[0]
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert "central" not in leaf.subject.rfc4514_string()
    uris = names.get_values_for_type(x509.UniformResourceIdentifier)
    assert list(names) == [x509.UniformResourceIdentifier(uris[0])]
    return Answer(answer.status, uris[0].replace(mallory.code, "ITS-ROOM"))


def request(make: Callable[[], bytes]) -> Any:
    """A good token with this request."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        token = await scene.central.token(room=mallory.code)
        return await ask(scene, mallory, token.text, make())

    return attempt


def rsa_request() -> bytes:
    return _signed(rsa.generate_private_key(65537, 2048))


def other_curve() -> bytes:
    return _signed(ec.generate_private_key(ec.SECP384R1()))


def anothers_signature() -> bytes:
    """Over a key that the asker does not have: the signature is one of another request."""
    own = x509.load_pem_x509_csr(request_for(new_key()))
    other = x509.load_pem_x509_csr(request_for(new_key()))
    while len(other.signature) != len(own.signature):  # in DER a leading zero more or less
        other = x509.load_pem_x509_csr(request_for(new_key()))
    der = own.public_bytes(Encoding.DER)
    forged = der[: -len(own.signature)] + other.signature
    body = base64.encodebytes(forged).decode()
    return (
        f"-----BEGIN CERTIFICATE REQUEST-----\n{body}-----END CERTIFICATE REQUEST-----\n".encode()
    )


def _signed(key: Any) -> bytes:
    builder = x509.CertificateSigningRequestBuilder().subject_name(x509.Name([]))
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


def clock_off(off_s: float) -> Any:
    """A room PC whose clock is wrong would hold its own certificate for invalid."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        token = await scene.central.token(room=mallory.code)
        csr, wall_ns = request_for(new_key()), time.time_ns() + int(off_s * 1e9)
        refused = await ask(scene, mallory, token.text, csr, wall_ns)
        again = await ask(scene, mallory, token.text, csr)
        assert again.status == "OK"  # the token was not used up
        return refused

    return attempt


async def enrol_at_the_rooms_port(scene: Scene, mallory: Mallory) -> Answer:
    agent = mallory.agent
    credentials = grpc.ssl_channel_credentials(
        agent.authority.read_bytes(), agent.private_key.read_bytes(), agent.certificate.read_bytes()
    )
    token = await scene.central.token(room=mallory.code)
    request = enrolment_pb2.EnrolRequest(token=token.text, csr=request_for(new_key()))
    async with grpc.aio.secure_channel(scene.address, credentials) as channel:
        return await answered(service(channel).Enrol(request, timeout=TIMEOUT_S))


async def oversize_request(scene: Scene, mallory: Mallory) -> Answer:
    return await ask(scene, mallory, "x" * 100_000, request_for(new_key()))


async def guesses_without_end(scene: Scene, mallory: Mallory) -> Answer:
    """The last of the enrolment rows: afterwards this address has to wait."""
    for _ in range(2 * KNOCKS):
        answer = await no_token(scene, mallory)
        if answer.status == "RESOURCE_EXHAUSTED":
            break
    return answer


ROWS = [
    Row(
        "reused token", "by another key", reused_token, DENIED, "used by another PC", alarms=REUSED
    ),
    Row("reused token", "by the same key", same_key_again, "OK", "the same certificate"),
    Row(
        "two agents racing on one token",
        "eight",
        two_racing,
        DENIED,
        "used by another PC",
        alarms=REUSED,
    ),
    Row("token", "expired", expired_token, DENIED, "has expired"),
    Row("token", "a guessed secret", guessed_secret, DENIED, "unknown"),
    Row("token", "none", no_token, INVALID, "not a token"),
    Row("token", "of a revoked room", token_of_a_revoked_room, DENIED, "expired|no token is open"),
    Row(
        "request",
        "names another room",
        names_in_the_request,
        "OK",
        "^spiffe://daedam/room/ITS-ROOM/agent/[0-9a-f-]{36}$",
    ),
    Row("request", "an RSA key", request(rsa_request), INVALID, "P-256"),
    Row("request", "another curve", request(other_curve), INVALID, "P-256"),
    Row(
        "request",
        "signed by another key",
        request(anothers_signature),
        INVALID,
        "not signed by its own P-256 key",
    ),
    Row("request", "none", request(lambda: b"\xff\0"), INVALID, "not a certificate request"),
    Row(
        "oversize",
        "an enrolment request",
        oversize_request,
        "RESOURCE_EXHAUSTED",
        "larger than max",
    ),
    Row(
        "clock skew", "a year behind at enrolment", clock_off(-3e7), "FAILED_PRECONDITION", "clock"
    ),
    Row("clock skew", "a year ahead at enrolment", clock_off(3e7), "FAILED_PRECONDITION", "clock"),
    Row(
        "token", "at the rooms' port", enrol_at_the_rooms_port, "UNIMPLEMENTED", "not at this port"
    ),
    Row(
        "flood",
        "guesses",
        guesses_without_end,
        "RESOURCE_EXHAUSTED",
        "too many tries; wait a minute",
    ),
]
