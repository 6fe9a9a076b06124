"""What the link does about rooms that come back changed, and about a database that is away."""

from __future__ import annotations

import asyncio
import time
import uuid

import grpc
import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from central.bus import subjects
from central.storage import jobs
from central.storage.projection import BACKLOG_PRIORITY
from daedam.v1 import room_pb2
from tests.central.gateway.test_projection import whole
from tests.central.gateway.test_stream import stored
from tests.fakes.room_client import gap, record, room, stream
from tests.fakes.site import Site
from tests.security.scene import ended

pytestmark = pytest.mark.integration


async def test_a_room_that_was_enrolled_anew_goes_on_with_its_series(site: Site) -> None:
    spool, folder = str(uuid.uuid4()), site.config.data_dir
    async with site.gateway() as address:
        async with room(address, site.agent, spool) as (client, _):
            await client.records([gap(1), gap(2)])
            await client.acked(2)
        await site.fetch("update agents set revoked_at = now()")
        anew = await site.add_agent(site.room, folder / "anew")
        async with room(address, anew, spool) as (client, welcome):
            assert welcome.resume_after == 2
            await client.records([gap(3)])
            await client.acked(3)
    assert await stored(site) == [1, 2, 3]


@pytest.mark.parametrize("same_room", [True, False])
async def test_a_series_is_nobody_elses_while_its_agent_is_let_in_nor_another_rooms_ever(
    site: Site, *, same_room: bool
) -> None:
    spool, code = str(uuid.uuid4()), site.room if same_room else f"{site.room}-b"
    async with site.gateway() as address:
        async with room(address, site.agent, spool):
            pass
        if not same_room:
            await site.fetch("update agents set revoked_at = now()")
        other = await site.add_agent(code, site.config.data_dir / "other")
        async with stream(address, other) as client:
            await client.send(hello=room_pb2.Hello(spool_id=spool))
            status, detail = await client.ended()
    assert status is grpc.StatusCode.PERMISSION_DENIED
    assert detail == "this spool_id belongs to another agent"


async def test_of_two_agents_of_a_room_the_named_one_is_thrown_out(site: Site) -> None:
    other = await site.add_agent(site.room, site.config.data_dir / "other")
    async with (
        site.gateway() as address,
        room(address, site.agent) as (revoked, _),
        room(address, other) as (stays, _),
    ):
        await site.bus.announce(subjects.revoked(site.room), site.agent.agent_uuid)
        assert (await revoked.ended())[1] == "this agent is revoked"
        await stays.records([gap(1)])
        await stays.acked(1)


@pytest.mark.parametrize("word", ["\udcff", "x" * 5_000, "*", "' or true --"])
async def test_an_announcement_that_names_nobody_throws_nobody_out(site: Site, word: str) -> None:
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        said = word.encode(errors="surrogateescape").decode(errors="replace")
        await site.bus.announce(subjects.revoked(site.room), said)
        await site.bus.announce(subjects.revoked("nowhere"), "")
        await client.records([gap(1)])
        await client.acked(1)


async def test_a_room_is_told_to_come_again_while_the_database_is_away(
    site: Site, database_url: str
) -> None:
    name = conninfo_to_dict(database_url)["dbname"]
    elsewhere = make_conninfo(database_url, dbname="postgres")
    async with (
        site.gateway() as address,
        await psycopg.AsyncConnection.connect(elsewhere, autocommit=True) as admin,
        stream(address, site.agent) as client,
    ):
        await client.call.wait_for_connection()
        await asyncio.sleep(0.3)  # the agent is looked up, its Hello is not there
        await admin.execute(f'alter database "{name}" allow_connections false')
        await admin.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s", (name,)
        )
        await client.send(hello=room_pb2.Hello(spool_id=str(uuid.uuid4())))
        answer = await ended(client)
        await admin.execute(f'alter database "{name}" allow_connections true')
    assert answer == ("UNAVAILABLE", "central cannot reach its database; connect anew")


async def test_a_room_that_keeps_being_refused_is_one_alarm_that_ends_with_a_good_stream(
    site: Site,
) -> None:
    async def alarms() -> list[tuple[str, int, bool]]:
        rows = await site.fetch("select kind, times, cleared_at is null from alarms order by id")
        return [(row[0], row[1], row[2]) for row in rows]

    async with site.gateway() as address:
        spool = str(uuid.uuid4())
        for _ in range(3):
            async with room(address, site.agent, spool) as (client, _):
                await client.records([gap(2)])
                await client.ended()
        assert await alarms() == [("stream_refused", 3, True)]
        async with room(address, site.agent, spool) as (client, _):
            await client.records([gap(1)])
            await client.acked(1)
            await client.call.done_writing()
            await client.ended()
        assert await alarms() == [("stream_refused", 3, False)]


async def test_refused_records_are_one_alarm_a_room_and_counted_by_commits(site: Site) -> None:
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        for seq in (1, 2, 3):
            await client.records([record(seq, 99, b"x")])
            await client.acked(seq)
    rows = await site.fetch("select kind, times, detail->>'seq' from alarms")
    assert rows == [("record_quarantined", 3, "3")]


@pytest.mark.parametrize(
    ("clock_off_s", "old_s", "priority"),
    [
        (0, 0, jobs.DEFAULT_PRIORITY),
        (0, 60, BACKLOG_PRIORITY),
        (-3_600, 0, jobs.DEFAULT_PRIORITY),
        (-3_600, 60, BACKLOG_PRIORITY),
        (3_600, 60, BACKLOG_PRIORITY),
    ],
)
async def test_what_waits_its_turn_is_told_by_age_not_by_a_rooms_wrong_clock(
    site: Site, clock_off_s: int, old_s: int, priority: int
) -> None:
    interview = await site.interview()
    question = await site.question(interview)
    records = whole(interview, question)
    for one in records:
        one.wall_ns += (clock_off_s - old_s) * 10**9
    async with site.gateway() as address, stream(address, site.agent) as client:
        now_ns = time.time_ns() + clock_off_s * 10**9
        await client.send(hello=room_pb2.Hello(spool_id=str(uuid.uuid4()), wall_ns=now_ns))
        await client.records(records)
        await client.acked(len(records))
    assert await site.fetch("select priority from jobs where kind = 'transcribe'") == [(priority,)]
