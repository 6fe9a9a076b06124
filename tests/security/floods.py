"""More than anybody needs, or nothing read: it hurts whoever does it."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import grpc

from central.bus.events import NoticeSent
from daedam.v1 import live_pb2
from tests.fakes.room_client import RoomClient, gap, record, room
from tests.security.scene import (
    STREAM_REFUSED,
    Answer,
    Mallory,
    Row,
    Scene,
    ended,
)

QUARANTINED = frozenset({"record_quarantined"})


async def slow_reader(scene: Scene, mallory: Mallory) -> Answer:
    """Reads nothing of what it is told; what waits for it is bounded, and then it is cut off."""
    async with room(scene.address, mallory.agent) as (client, _):
        word = "x" * 100_000
        for _ in range(60):
            await scene.site.bus.publish(NoticeSent(mallory.code, word))
            await asyncio.sleep(0.02)
        deadline_s = time.monotonic() + 25
        while time.monotonic() < deadline_s:
            rows = await scene.site.fetch(
                "select connected from agents where uuid = %s", mallory.agent.agent_uuid
            )
            if rows == [(False,)]:
                break
            await asyncio.sleep(0.2)
        assert rows == [(False,)]
        return await ended(client)


async def streams_without_end(scene: Scene, mallory: Mallory) -> Answer:
    credentials = grpc.ssl_channel_credentials(
        mallory.agent.authority.read_bytes(),
        mallory.agent.private_key.read_bytes(),
        mallory.agent.certificate.read_bytes(),
    )
    async with grpc.aio.secure_channel(scene.address, credentials) as channel:
        opened: Any = channel
        for _ in range(120):
            call = opened.stream_stream("/daedam.v1.RoomService/Session")()
            await call.write(b"")
            answer = await ended(RoomClient(call))
            if answer.status == "RESOURCE_EXHAUSTED":
                return answer
    return answer


async def records_without_end(scene: Scene, mallory: Mallory) -> Answer:
    """As fast as the window lets it; the honest room is acknowledged meanwhile."""
    async with room(scene.address, mallory.agent) as (client, _):
        flood = asyncio.create_task(_flood(client, 40_000))
        listening = asyncio.create_task(client.acked(40_000))
        rounds = 0
        while not listening.done():
            await scene.honest_goes_on()
            rounds += 1
        await flood
        await listening
    assert rounds >= 5
    return Answer("OK", "both rooms were served")


async def _flood(client: RoomClient, count: int) -> None:
    for start in range(1, count, 1_000):
        await client.records([gap(seq) for seq in range(start, start + 1_000)])


async def poison_without_end(scene: Scene, mallory: Mallory) -> Answer:
    """Whole batches of it: all in quarantine, hardly any told, and the stream goes on."""
    async with room(scene.address, mallory.agent) as (client, _):
        bad = [record(seq, 99, b"x") for seq in range(1, 4_001)]
        for start in range(0, 4_000, 2_000):
            await client.records(bad[start : start + 2_000])
        rejects = await client.acked(4_000)
        await client.records([gap(4_001)])
        assert await client.acked(4_001) == []
    rows = await scene.site.fetch(
        "select count(*) from quarantine where room_id = %s", mallory.room_id
    )
    assert rows == [(4_000,)]
    assert len(rejects) <= 200
    return Answer("OK", "all of it is in quarantine")


async def live_without_end(scene: Scene, mallory: Mallory) -> Answer:
    """Of a thousand readings at once hardly any is passed on."""
    heard = 0
    subject = f"live.room.{mallory.code}.readings"
    async with (
        room(scene.address, mallory.agent) as (client, _),
        scene.site.bus.subscribe_live(subject, limit=2_000) as events,
    ):
        for _ in range(1_000):
            await client.send(live=live_pb2.Live(interview_id="1"))
        await client.records([gap(1)])
        await client.acked(1)
        try:
            async with asyncio.timeout(1):
                async for _ in events:
                    heard += 1
        except TimeoutError:
            pass
    assert 1 <= heard < 500
    return Answer("OK", "the rest was lost, as live may be")


ROWS = [
    Row("slow reader", "reads nothing", slow_reader, "ABORTED|RESOURCE_EXHAUSTED", "the room"),
    Row(
        "flood",
        "streams",
        streams_without_end,
        "RESOURCE_EXHAUSTED",
        "^at most 5 streams a second; wait between attempts$",
        alarms=STREAM_REFUSED,
    ),
    Row("flood", "records", records_without_end, "OK", "both", stored=40_000),
    Row(
        "flood",
        "poison",
        poison_without_end,
        "OK",
        "quarantine",
        stored=1,
        alarms=QUARANTINED,
    ),
    Row("flood", "live readings", live_without_end, "OK", "lost", stored=1),
]
