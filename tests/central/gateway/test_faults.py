"""What breaks around a gateway, and what its rooms notice of it: nothing lost, nothing doubled."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import grpc
import pytest

from central.embedded.nats import binary
from central.fleet.root import create_authority
from daedam.v1 import room_pb2
from tests.fakes.room_client import gap, room
from tests.fakes.site import Site, running_site

pytestmark = pytest.mark.faults


async def stored(site: Site) -> list[int]:
    return [row[0] for row in await site.fetch("select seq from records order by seq")]


@asynccontextmanager
async def nats_at(port: int) -> AsyncIterator[None]:
    """A NATS of the test's own, killed at the end of the block."""
    server = await asyncio.create_subprocess_exec(
        binary(), "-a", "127.0.0.1", "-p", str(port), stderr=asyncio.subprocess.DEVNULL
    )
    try:
        yield
    finally:
        server.kill()
        await server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def test_records_are_committed_and_rooms_come_and_go_while_nats_is_dead(
    database_url: str, tmp_path: Path
) -> None:
    port = free_port()
    async with nats_at(port):
        entered = running_site(database_url, f"nats://127.0.0.1:{port}", tmp_path)
        site = await entered.__aenter__()
        running = site.gateway()
        address = await running.__aenter__()
        spool = "one"
        async with room(address, site.agent, spool) as (client, _):
            await client.records([gap(1)])
            await client.acked(1)
    async with room(address, site.agent, spool) as (client, welcome):
        assert welcome.resume_after == 1
        await client.records([gap(2)])
        await client.acked(2)
        await site.command('{"type": "end_interview", "reason": "x"}', "end_interview")
        assert await client.read_until("command", timeout_s=4)
    assert await stored(site) == [1, 2]
    await running.__aexit__(None, None, None)
    await entered.__aexit__(None, None, None)


async def test_connections_that_postgresql_kills_lose_and_double_nothing(
    database_url: str, nats_url: str, tmp_path: Path
) -> None:
    async with (
        running_site(database_url, nats_url, tmp_path) as site,
        site.gateway() as address,
        room(address, site.agent) as (client, _),
    ):
        acked = asyncio.create_task(client.acked(200))
        for seq in range(1, 201):
            await client.records([gap(seq)])
            if seq % 40 == 0:
                await site.fetch(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where datname = current_database() and pid <> pg_backend_pid()"
                )
            await asyncio.sleep(0.002)
        await acked
        assert await stored(site) == list(range(1, 201))


async def test_a_stream_ends_with_its_certificate(
    database_url: str, nats_url: str, tmp_path: Path
) -> None:
    """TLS looks at a certificate once, at the handshake; the stream would outlive it for days."""
    async with running_site(database_url, nats_url, tmp_path) as site:
        authority = create_authority(site.config.data_dir / "authority")
        brief = authority.issue_room(site.room, site.agent.agent_uuid, life=timedelta(seconds=2))
        assert brief.private_key is not None
        site.agent.certificate.write_bytes(brief.certificate)
        site.agent.private_key.write_bytes(brief.private_key)
        async with site.gateway() as address, room(address, site.agent) as (client, _):
            await client.send(heartbeat=room_pb2.Heartbeat())
            code, detail = await client.ended()
            assert code is grpc.StatusCode.UNAUTHENTICATED
            assert "expired" in detail


async def test_a_missing_partition_holds_records_back_and_blames_no_room(
    database_url: str, nats_url: str, tmp_path: Path
) -> None:
    """The steward was away for days: rooms wait, and nothing they sent is called poison."""
    async with running_site(database_url, nats_url, tmp_path) as site:
        tables = await site.fetch(
            "select inhrelid::regclass::text from pg_inherits where inhparent = 'records'::regclass"
        )
        for (table,) in tables:
            await site.fetch(f"alter table records detach partition {table}")
        async with site.gateway() as address, room(address, site.agent) as (client, _):
            await client.records([gap(1)])
            acked = asyncio.create_task(client.acked(1))
            await asyncio.sleep(1)
            assert not acked.done()
            await site.fetch("create table records_rest partition of records default")
            assert await acked == []
        assert await site.fetch("select * from quarantine") == []
