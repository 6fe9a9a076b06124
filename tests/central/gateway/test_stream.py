"""What a room can rely on: acknowledged is committed, and nothing is stored twice or out of order."""

from __future__ import annotations

import asyncio
import contextlib
import uuid

import grpc
import pytest

from central.bus import subjects
from central.bus.events import Readings, RoomChanged
from daedam.v1 import live_pb2, measuring_pb2, room_pb2
from tests.fakes.room_client import gap, record, room, stream
from tests.fakes.site import Site

pytestmark = pytest.mark.integration


async def stored(site: Site) -> list[int]:
    return [row[0] for row in await site.fetch("select seq from records order by seq")]


async def test_an_acknowledged_record_is_committed(site: Site) -> None:
    async with site.gateway() as address, room(address, site.agent) as (client, welcome):
        assert welcome.resume_after == 0
        assert welcome.room_name == "Room 101"
        assert welcome.window_bytes == 1_048_576
        await client.records([gap(1), gap(2), gap(3)])
        assert await client.acked(3) == []
        assert await stored(site) == [1, 2, 3]


async def test_nothing_is_acknowledged_while_the_database_cannot_commit(site: Site) -> None:
    async with (
        site.gateway() as address,
        room(address, site.agent) as (client, _),
        site.pool.connection() as conn,
    ):
        await conn.execute("lock table records in access exclusive mode")
        await client.records([gap(1)])
        acked = asyncio.create_task(client.acked(1))
        await asyncio.sleep(0.5)
        assert not acked.done()
        await conn.rollback()
        await acked
        assert await stored(site) == [1]


async def test_a_reconnecting_room_resumes_where_the_commit_stands(site: Site) -> None:
    spool = str(uuid.uuid4())
    second = gap(2)
    async with site.gateway() as address:
        async with room(address, site.agent, spool) as (client, _):
            await client.records([gap(1), second])
            await client.acked(2)
        async with room(address, site.agent, spool) as (client, welcome):
            assert (welcome.resume_after, welcome.crc_at_resume) == (2, second.crc32c)
            await client.records([gap(1), second, gap(3)])
            await client.acked(3)
        assert await stored(site) == [1, 2, 3]


async def test_records_sent_twice_are_acknowledged_and_stored_once(site: Site) -> None:
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records([gap(1), gap(2)])
        await client.acked(2)
        await client.records([gap(1), gap(2)])
        await client.acked(2)
        assert await stored(site) == [1, 2]


async def test_a_gap_ends_the_stream_and_moves_nothing(site: Site) -> None:
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records([gap(1), gap(3)])
        code, detail = await client.ended()
        assert code is grpc.StatusCode.FAILED_PRECONDITION
        assert "record 2 is missing" in detail
        assert await stored(site) == []


async def test_of_two_streams_of_an_agent_the_newer_goes_on(site: Site) -> None:
    spool = str(uuid.uuid4())
    async with site.gateway() as address, room(address, site.agent, spool) as (older, _):
        await older.records([gap(1)])
        await older.acked(1)
        async with room(address, site.agent, spool) as (newer, welcome):
            assert welcome.resume_after == 1
            assert (await older.ended())[0] is grpc.StatusCode.ABORTED
            await newer.records([gap(2)])
            await newer.acked(2)
            await asyncio.sleep(0.5)
            assert await site.fetch("select connected from agents") == [(True,)]


async def test_a_half_open_stream_at_another_gateway_cannot_store_beside_the_new_one(
    site: Site,
) -> None:
    """The watermark's compare-and-set is the fence: no gateway knows of the other."""
    spool = str(uuid.uuid4())
    async with (
        site.gateway() as first,
        site.gateway() as second,
        room(first, site.agent, spool) as (old, _),
        room(second, site.agent, spool) as (new, _),
    ):
        await new.records([gap(1), gap(2)])
        await new.acked(2)
        await old.records([gap(1), gap(2), gap(3)])
        code, _ = await old.ended()
        assert code is grpc.StatusCode.ABORTED
        assert await stored(site) == [1, 2]


async def test_a_spool_belongs_to_the_agent_that_began_it(site: Site) -> None:
    spool = str(uuid.uuid4())
    other = await site.add_agent(f"{site.room}-b", site.config.data_dir / "other")
    async with site.gateway() as address:
        async with room(address, site.agent, spool) as (client, _):
            await client.records([gap(1)])
            await client.acked(1)
        async with stream(address, other) as client:
            await client.send(hello=room_pb2.Hello(spool_id=spool))
            code, _ = await client.ended()
            assert code is grpc.StatusCode.PERMISSION_DENIED


async def test_a_gateway_that_restarts_loses_and_doubles_nothing(site: Site) -> None:
    spool = str(uuid.uuid4())
    async with site.gateway() as address, room(address, site.agent, spool) as (client, _):
        await client.records([gap(1), gap(2)])
        await client.acked(2)
    async with site.gateway() as address, room(address, site.agent, spool) as (client, welcome):
        assert welcome.resume_after == 2
        await client.records([gap(3)])
        await client.acked(3)
    assert await stored(site) == [1, 2, 3]


async def test_a_gateway_that_stops_drains_first_and_tells_who_is_gone(site: Site) -> None:
    async with contextlib.AsyncExitStack() as stack:
        async with site.gateway() as address:
            client, _ = await stack.enter_async_context(room(address, site.agent))
            await client.records([gap(1)])
            await client.acked(1)
            draining = asyncio.create_task(client.read_until("drain"))
            await asyncio.sleep(0)
        assert (await draining).after_ms > 0
        assert (await client.ended())[0] is grpc.StatusCode.UNAVAILABLE
        assert await site.fetch("select connected from agents") == [(False,)]


async def test_live_reaches_nats_without_a_commit(site: Site) -> None:
    async with (
        site.gateway() as address,
        site.bus.subscribe_live(subjects.live(site.room, "readings")) as events,
        room(address, site.agent) as (client, _),
        site.pool.connection() as conn,
    ):
        await conn.execute("lock table records, ingest_watermark in access exclusive mode")
        yaw = measuring_pb2.Measure(
            channel=measuring_pb2.CHANNEL_HEAD_YAW_DEG, value=12.5, coverage=0.75
        )
        unknown = measuring_pb2.Measure(channel=measuring_pb2.CHANNEL_GAZE_YAW_DEG, coverage=0.0)
        await client.send(
            live=live_pb2.Live(
                interview_id="7", phase=live_pb2.PHASE_ANSWERING, measures=[yaw, unknown]
            )
        )
        async with asyncio.timeout(2):
            event = await anext(events)
        assert isinstance(event, Readings)
        assert event.phase == "answering"
        assert event.measures == {"head_yaw_deg": (12.5, 0.75), "gaze_yaw_deg": (None, 0.0)}


async def test_a_heartbeat_tells_the_rooms_health(site: Site) -> None:
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.send(heartbeat=room_pb2.Heartbeat(frames_captured=9, faults=["no camera"]))
        for _ in range(50):
            rows = await site.fetch("select connected, version, health from agents")
            if rows[0][2]:
                break
            await asyncio.sleep(0.05)
        assert rows[0][:2] == (True, "1.2")
        assert rows[0][2]["frames_captured"] == 9
        assert rows[0][2]["faults"] == ["no camera"]


async def test_a_room_whose_gateway_died_does_not_stay_connected(site: Site) -> None:
    await site.fetch("update agents set connected = true, last_seen = now() - interval '1 minute'")
    async with (
        site.bus.subscribe_live(subjects.live(site.room, "room")) as events,
        site.gateway(),
        asyncio.timeout(8),
    ):
        assert await anext(events) == RoomChanged(site.room, connected=False)
    assert await site.fetch("select connected from agents") == [(False,)]


async def test_a_revoked_agent_is_thrown_out_at_its_next_heartbeat(site: Site) -> None:
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await site.fetch("update agents set revoked_at = now()")
        await client.send(heartbeat=room_pb2.Heartbeat())
        code, detail = await client.ended()
        assert (code, detail) == (grpc.StatusCode.PERMISSION_DENIED, "this agent is revoked")


@pytest.mark.parametrize(
    "first",
    [
        room_pb2.SessionRequest(batch=room_pb2.Batch()),
        room_pb2.SessionRequest(hello=room_pb2.Hello()),
        room_pb2.SessionRequest(),
    ],
    ids=["no hello", "no spool", "nothing"],
)
async def test_a_stream_begins_with_hello(site: Site, first: room_pb2.SessionRequest) -> None:
    async with site.gateway() as address, stream(address, site.agent) as client:
        await client.call.write(first)
        assert (await client.ended())[0] is grpc.StatusCode.INVALID_ARGUMENT


async def test_large_batches_wait_for_the_window_and_all_arrive(site: Site) -> None:
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        block = measuring_pb2.Audio(sample_count=1, packets=[b"x" * 100_000])
        for first in range(1, 61, 2):
            await client.records([record(first, 4, block), record(first + 1, 4, block)])
        await client.acked(60)
        assert len(await stored(site)) == 60
