"""The order, the numbers and the sizes of batches."""

from __future__ import annotations

import uuid

from daedam.v1 import record_pb2
from tests.fakes.room_client import gap, record, room
from tests.security.scene import (
    STREAM_REFUSED,
    Answer,
    Attempt,
    Mallory,
    Row,
    Scene,
    after_hello,
    batch,
)

INVALID = "INVALID_ARGUMENT"


def sends(*records: record_pb2.Record) -> Attempt:
    """One batch, and how the stream ends."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        return await after_hello(scene, mallory, batch(*records))

    return attempt


async def duplicate(scene: Scene, mallory: Mallory) -> Answer:
    """The same records twice in one stream, and again in the next."""
    spool, both = str(uuid.uuid4()), [gap(1), gap(2)]
    for _ in range(2):
        async with room(scene.address, mallory.agent, spool) as (client, _):
            for _ in range(2):
                await client.records(both)
                assert await client.acked(2) == []
    return Answer("OK", "acknowledged, stored once")


async def reordered_batches(scene: Scene, mallory: Mallory) -> Answer:
    return await after_hello(scene, mallory, batch(gap(1)), batch(gap(3)), batch(gap(2)))


async def oversize_batch(scene: Scene, mallory: Mallory) -> Answer:
    block = record(1, record_pb2.RECORD_KIND_AUDIO, b"x" * 100_000)
    return await after_hello(scene, mallory, batch(*([block] * 8)))


ROWS = [
    Row("duplicate", "records and batches", duplicate, "OK", "stored once", stored=2),
    Row(
        "reordered",
        "records of a batch",
        sends(gap(2), gap(1)),
        "FAILED_PRECONDITION",
        "^record 1 is missing: 2 came instead$",
        alarms=STREAM_REFUSED,
    ),
    Row(
        "reordered",
        "batches",
        reordered_batches,
        "FAILED_PRECONDITION",
        "^record 2 is missing: 3 came instead$",
        stored=1,
        alarms=STREAM_REFUSED,
    ),
    Row(
        "reordered",
        "a hole",
        sends(gap(1), gap(3)),
        "FAILED_PRECONDITION",
        "^record 2 is missing: 3 came instead$",
        alarms=STREAM_REFUSED,
    ),
    Row(
        "reordered",
        "the largest number",
        sends(gap(2**64 - 1)),
        "FAILED_PRECONDITION",
        "^record 1 is missing: 18446744073709551615 came instead$",
        alarms=STREAM_REFUSED,
    ),
    Row("oversize", "a batch", oversize_batch, "RESOURCE_EXHAUSTED", "larger than max"),
    Row(
        "oversize",
        "a batch of too many records",
        sends(*[gap(seq) for seq in range(1, 4_098)]),
        INVALID,
        "^a batch holds at most 4096 records$",
        alarms=STREAM_REFUSED,
    ),
]
