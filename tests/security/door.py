"""Who comes: certificates, admission, revocation. TLS itself refuses what it can; the client then sees
UNAVAILABLE and a broken connection, and the agent says which file to look at (`uplink.advice`).
"""

from __future__ import annotations

import asyncio
import ssl
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import grpc
from cryptography import x509
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from central.bus import subjects
from central.fleet.authority import Authority
from central.fleet.revocation import revoke
from central.fleet.root import create_authority
from daedam.v1 import room_pb2
from tests.fakes.room_client import RoomClient, gap, room, stream
from tests.security.scene import PATIENCE_S, Answer, Mallory, Row, Scene, ended, files, knock

AGENT_REFUSED = frozenset({"agent_refused"})


async def no_certificate(scene: Scene, mallory: Mallory) -> Answer:
    credentials = grpc.ssl_channel_credentials(mallory.agent.authority.read_bytes())
    async with grpc.aio.secure_channel(scene.address, credentials) as channel:
        return await _bare(channel)


async def plain_text(scene: Scene, _: Mallory) -> Answer:
    async with grpc.aio.insecure_channel(scene.address) as channel:
        return await _bare(channel)


async def _bare(channel: Any) -> Answer:
    call = channel.stream_stream("/daedam.v1.RoomService/Session")()
    return await ended(RoomClient(call))


async def foreign_ca(scene: Scene, mallory: Mallory) -> Answer:
    foreign = create_authority(mallory.folder / "foreign")
    return await knock(scene, files(mallory, foreign.issue_room(mallory.code, _uuid(mallory))))


async def expired(scene: Scene, mallory: Mallory) -> Answer:
    begun = datetime.now(UTC) - timedelta(days=8)
    issued = scene.authority.issue_room(mallory.code, _uuid(mallory), now=begun)
    return await knock(scene, files(mallory, issued))


async def not_yet_valid(scene: Scene, mallory: Mallory) -> Answer:
    begins = datetime.now(UTC) + timedelta(days=8)
    issued = scene.authority.issue_room(mallory.code, _uuid(mallory), now=begins)
    return await knock(scene, files(mallory, issued))


async def expires_in_mid_stream(scene: Scene, mallory: Mallory) -> Answer:
    """TLS looks at a certificate once, at the handshake."""
    life = timedelta(seconds=3)
    files(mallory, scene.authority.issue_room(mallory.code, _uuid(mallory), life=life))
    async with room(scene.address, mallory.agent) as (client, _):
        await _one_good_record(client)
        return await ended(client)


async def revoked_before(scene: Scene, mallory: Mallory) -> Answer:
    await _revoke(scene, mallory)
    return await knock(scene, mallory.agent)


async def revoked_in_mid_stream(scene: Scene, mallory: Mallory) -> Answer:
    async with room(scene.address, mallory.agent) as (client, _):
        await _one_good_record(client)
        for agent_uuid in await _revoke(scene, mallory):
            await scene.site.bus.announce(subjects.revoked(mallory.code), agent_uuid)
        return await ended(client)


async def revoked_while_nats_was_away(scene: Scene, mallory: Mallory) -> Answer:
    """Nobody announces it, and the stream says nothing: the registry is asked all the same."""
    async with room(scene.address, mallory.agent) as (client, _):
        await _one_good_record(client)
        await _revoke(scene, mallory)
        return await ended(client)


async def announced_only(scene: Scene, mallory: Mallory) -> Answer:
    """The registry knows nothing of it: that this stream ends is the announcement's doing."""
    async with room(scene.address, mallory.agent) as (client, _):
        await _one_good_record(client)
        await scene.site.bus.announce(subjects.revoked(mallory.code), "")
        return await ended(client)


async def revoked_between_connecting_and_hello(scene: Scene, mallory: Mallory) -> Answer:
    async with stream(scene.address, mallory.agent) as client:
        await client.call.wait_for_connection()
        await asyncio.sleep(0.3)
        await _revoke(scene, mallory)
        await client.send(hello=room_pb2.Hello(spool_id=str(uuid.uuid4())))
        return await ended(client)


async def room_closed(scene: Scene, mallory: Mallory) -> Answer:
    await scene.site.fetch("update rooms set is_active = false where id = %s", mallory.room_id)
    return await knock(scene, mallory.agent)


async def room_closed_in_mid_stream(scene: Scene, mallory: Mallory) -> Answer:
    async with room(scene.address, mallory.agent) as (client, _):
        await _one_good_record(client)
        await scene.site.fetch("update rooms set is_active = false where id = %s", mallory.room_id)
        return await ended(client)


async def never_admitted(scene: Scene, mallory: Mallory) -> Answer:
    issued = scene.authority.issue_room(mallory.code, str(uuid.uuid4()))
    return await knock(scene, files(mallory, issued))


async def another_room(scene: Scene, mallory: Mallory) -> Answer:
    """The agent's own UUID, in a certificate of ours that names a room it was not admitted to."""
    issued = scene.authority.issue_room(scene.site.room, _uuid(mallory))
    return await knock(scene, files(mallory, issued))


async def another_organisation(scene: Scene, mallory: Mallory) -> Answer:
    authority = Authority.load(scene.site.config.data_dir / "authority", "elsewhere")
    return await knock(scene, files(mallory, authority.issue_room(mallory.code, _uuid(mallory))))


async def servers_certificate(scene: Scene, mallory: Mallory) -> Answer:
    return await knock(scene, files(mallory, scene.authority.issue_server(["localhost"])))


async def issuers_certificate(scene: Scene, mallory: Mallory) -> Answer:
    """The key that signs rooms is no room. gRPC's own client would not even try; another one does."""
    authority = scene.site.config.data_dir / "authority"
    context = ssl.create_default_context(cafile=mallory.agent.authority)
    context.load_cert_chain(authority / "issuing.crt", authority / "issuing.key")
    context.set_alpn_protocols(["h2"])
    host, _, port = scene.address.rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port), ssl=context)
    try:
        async with asyncio.timeout(PATIENCE_S):
            said = await reader.read(4096)
    except (ssl.SSLError, ConnectionError):
        said = b""
    finally:
        writer.close()
    return Answer("OK", "") if said else Answer("UNAVAILABLE", "closed before a word of HTTP/2")


async def rooms_key_as_authority(scene: Scene, mallory: Mallory) -> Answer:
    """A room signs a certificate for another one with its own: a chain that leads to our root."""
    leaf = x509.load_pem_x509_certificates(mallory.agent.certificate.read_bytes())
    key: Any = load_pem_private_key(mallory.agent.private_key.read_bytes(), None)
    forged = Authority(leaf[0], key, "daedam").issue_room(scene.site.room, str(uuid.uuid4()))
    chain = forged.certificate + mallory.agent.certificate.read_bytes()
    files(mallory, forged)
    mallory.agent.certificate.write_bytes(chain)
    return await knock(scene, mallory.agent)


async def streams_at_the_enrolment_port(scene: Scene, mallory: Mallory) -> Answer:
    port = scene.site.config.gateway.enrolment_port
    async with stream(f"127.0.0.1:{port}", mallory.agent) as client:
        return await ended(client)


async def _one_good_record(client: RoomClient) -> None:
    await client.records([gap(1)])
    assert await client.acked(1) == []


async def _revoke(scene: Scene, mallory: Mallory) -> tuple[str, ...]:
    async with scene.site.pool.connection() as conn:
        return await revoke(conn, mallory.code)


def _uuid(mallory: Mallory) -> str:
    return mallory.agent.agent_uuid


CUT = "Socket closed|Connection reset|Broken pipe"
"""TLS says no more than that to whom it refuses."""

ROWS = [
    Row("no certificate", "none", no_certificate, "UNAVAILABLE", CUT),
    Row("no certificate", "plain text", plain_text, "UNAVAILABLE", CUT),
    Row("foreign CA", "an authority of its own", foreign_ca, "UNAVAILABLE", CUT),
    Row("foreign CA", "a room that signs", rooms_key_as_authority, "UNAVAILABLE", CUT),
    Row("expired", "at the handshake", expired, "UNAVAILABLE", CUT),
    Row("clock skew", "a certificate of next week", not_yet_valid, "UNAVAILABLE", CUT),
    Row(
        "expired",
        "in mid-stream",
        expires_in_mid_stream,
        "UNAUTHENTICATED",
        "the certificate has expired",
        stored=1,
    ),
    Row(
        "revoked",
        "before",
        revoked_before,
        "PERMISSION_DENIED",
        "agent .* is revoked in room",
        alarms=AGENT_REFUSED,
    ),
    Row(
        "revoked",
        "in mid-stream",
        revoked_in_mid_stream,
        "PERMISSION_DENIED",
        "^this agent is revoked$",
        stored=1,
    ),
    Row(
        "revoked",
        "in mid-stream, unannounced, in a silent stream",
        revoked_while_nats_was_away,
        "PERMISSION_DENIED",
        "^this agent is revoked$",
        stored=1,
    ),
    Row(
        "revoked",
        "in mid-stream, by the announcement",
        announced_only,
        "PERMISSION_DENIED",
        "^this agent is revoked$",
        stored=1,
    ),
    Row(
        "revoked",
        "between connecting and Hello",
        revoked_between_connecting_and_hello,
        "PERMISSION_DENIED",
        "^this agent is revoked$",
    ),
    Row(
        "revoked",
        "its room is closed",
        room_closed,
        "PERMISSION_DENIED",
        "is revoked in room",
        alarms=AGENT_REFUSED,
    ),
    Row(
        "revoked",
        "its room is closed in mid-stream",
        room_closed_in_mid_stream,
        "PERMISSION_DENIED",
        "^this agent is revoked$",
        stored=1,
    ),
    Row(
        "another room's identity",
        "never admitted",
        never_admitted,
        "PERMISSION_DENIED",
        "agent .* is not admitted in room",
        alarms=AGENT_REFUSED,
    ),
    Row(
        "another room's identity",
        "its own UUID in another room",
        another_room,
        "PERMISSION_DENIED",
        "agent .* is not admitted in room",
    ),
    Row(
        "another room's identity",
        "another organisation's",
        another_organisation,
        "UNAUTHENTICATED",
        "is of 'elsewhere', not of 'daedam'",
    ),
    Row(
        "another room's identity",
        "a server's certificate",
        servers_certificate,
        "UNAVAILABLE",
        CUT,
    ),
    Row(
        "another room's identity",
        "the issuing key's certificate",
        issuers_certificate,
        "UNAVAILABLE",
        "^closed before a word",
    ),
    Row(
        "no certificate",
        "a stream at the enrolment port",
        streams_at_the_enrolment_port,
        "UNIMPLEMENTED",
        "Method not found",
    ),
]
