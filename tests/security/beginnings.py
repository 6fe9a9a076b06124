"""How a stream begins, and how it must not."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import grpc

from daedam.v1 import room_pb2
from tests.fakes.room_client import RoomClient, gap, stream
from tests.security.scene import (
    STREAM_REFUSED,
    Answer,
    Attempt,
    Mallory,
    Request,
    Row,
    Scene,
    after_hello,
    batch,
    ended,
)

SPOOL_ID = "^spool_id: 1 to 64 letters, digits and hyphens$"
INVALID = "INVALID_ARGUMENT"


def first(message: Request | None) -> Attempt:
    """This instead of a Hello; None says nothing at all."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        async with stream(scene.address, mallory.agent) as client:
            if message is not None:
                await client.call.write(message)
            else:
                await client.call.wait_for_connection()
            return await ended(client)

    return attempt


def hello(**fields: Any) -> Attempt:
    """A Hello with these fields."""
    return first(Request(hello=room_pb2.Hello(**{"spool_id": str(uuid.uuid4()), **fields})))


async def hello_twice(scene: Scene, mallory: Mallory) -> Answer:
    again = Request(hello=room_pb2.Hello(spool_id=str(uuid.uuid4())))
    return await after_hello(scene, mallory, again)


async def no_message(scene: Scene, mallory: Mallory) -> Answer:
    """Bytes that are none of the contract's."""
    async with stream(scene.address, mallory.agent) as typed:
        typed.call.cancel()
    credentials = grpc.ssl_channel_credentials(
        mallory.agent.authority.read_bytes(),
        mallory.agent.private_key.read_bytes(),
        mallory.agent.certificate.read_bytes(),
    )
    async with grpc.aio.secure_channel(scene.address, credentials) as channel:
        opened: Any = channel
        call = opened.stream_stream("/daedam.v1.RoomService/Session")()
        await call.write(b"\xff\xff\xff\xff")
        return await ended(RoomClient(call))


async def bounded_words(scene: Scene, mallory: Mallory) -> Answer:
    """Overlong and broken words in Hello are cut: they open no door and break none."""
    capabilities = room_pb2.Capabilities(camera="../" * 9_000, microphone="a\0b")
    message = room_pb2.Hello(
        spool_id=str(uuid.uuid4()),
        agent_version="'; drop table agents; --\0" * 5_000,
        boot_id="x" * 9_000,
        oldest_seq=2**64 - 1,
        next_seq=2**64 - 1,
        capabilities=capabilities,
    )
    async with stream(scene.address, mallory.agent) as client:
        await client.send(hello=message)
        answer = await client.read()
        query = "select version, capabilities from agents where uuid = %s and version <> ''"
        for _ in range(40):
            rows = await scene.site.fetch(query, mallory.agent.agent_uuid)
            if rows:
                break
            await asyncio.sleep(0.05)
    version, kept = rows[0]
    assert len(version) <= 100
    assert len(kept["camera"]) <= 200
    assert "\0" not in version + kept["microphone"]
    return Answer("OK", answer.WhichOneof("message") or "")


async def anothers_spool(scene: Scene, mallory: Mallory) -> Answer:
    """Believed, it would write into the other room's series."""
    rows = await scene.site.fetch(
        "select w.spool_id from ingest_watermark w join agents a on a.id = w.agent_id"
        " where a.uuid = %s",
        scene.site.agent.agent_uuid,
    )
    return await hello(spool_id=rows[0][0])(scene, mallory)


ROWS = [
    Row(
        "no Hello",
        "a batch first",
        first(batch(gap(1))),
        INVALID,
        "^a stream begins with Hello$",
        alarms=STREAM_REFUSED,
    ),
    Row(
        "no Hello",
        "an empty message",
        first(Request()),
        INVALID,
        "^a stream begins with Hello$",
        alarms=STREAM_REFUSED,
    ),
    Row(
        "no Hello",
        "silence",
        first(None),
        "DEADLINE_EXCEEDED",
        "^no Hello came$",
        alarms=STREAM_REFUSED,
    ),
    Row(
        "no Hello",
        "bytes that are no message",
        no_message,
        INVALID,
        "^what came is no message of this service$",
        alarms=STREAM_REFUSED,
    ),
    Row("Hello", "twice", hello_twice, INVALID, "^Hello comes once$", alarms=STREAM_REFUSED),
    Row(
        "Hello", "without a spool_id", hello(spool_id=""), INVALID, SPOOL_ID, alarms=STREAM_REFUSED
    ),
    Row(
        "Hello",
        "a spool_id that is too long",
        hello(spool_id="a" * 65),
        INVALID,
        SPOOL_ID,
        alarms=STREAM_REFUSED,
    ),
    Row(
        "Hello",
        "a NUL in the spool_id",
        hello(spool_id="a\0b"),
        INVALID,
        SPOOL_ID,
        alarms=STREAM_REFUSED,
    ),
    Row(
        "Hello",
        "a path as spool_id",
        hello(spool_id="../../etc"),
        INVALID,
        SPOOL_ID,
        alarms=STREAM_REFUSED,
    ),
    Row(
        "Hello",
        "other digits in the spool_id",
        hello(spool_id="١٢٣"),
        INVALID,
        SPOOL_ID,
        alarms=STREAM_REFUSED,
    ),
    Row(
        "Hello",
        "a path as the replaced series",
        hello(replaces=room_pb2.Replacement(spool_id="../x")),
        INVALID,
        "^replaces.spool_id: 1 to 64",
        alarms=STREAM_REFUSED,
    ),
    Row("Hello", "overlong and broken words", bounded_words, "OK", "welcome"),
    Row(
        "another room's identity",
        "its spool_id",
        anothers_spool,
        "PERMISSION_DENIED",
        "^this spool_id belongs to another agent$",
        alarms=STREAM_REFUSED,
    ),
]
