"""A room may measure its way: bounded in size and number, and only where it may open a stream."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import grpc
import pytest

from central.fleet.rooms import AgentFiles
from central.gateway.probe import BURST, MOST_BYTES, REMEMBERED, Allowance
from daedam.v1 import room_pb2
from daedam.v1.room_pb2_grpc import RoomServiceStub
from tests.fakes.site import Site

pytestmark = pytest.mark.integration


@asynccontextmanager
async def prober(address: str, agent: AgentFiles) -> AsyncIterator[Any]:
    """`RoomService.Probe` with the agent's certificate."""
    credentials = grpc.ssl_channel_credentials(
        agent.authority.read_bytes(),
        agent.private_key.read_bytes(),
        agent.certificate.read_bytes(),
    )
    async with grpc.aio.secure_channel(
        address, credentials, (("grpc.use_local_subchannel_pool", 1),)
    ) as channel:
        stub: Any = RoomServiceStub(channel)

        async def probe(padding: bytes = b"", answer_bytes: int = 0) -> room_pb2.ProbeResponse:
            answer: room_pb2.ProbeResponse = await stub.Probe(
                room_pb2.ProbeRequest(padding=padding, answer_bytes=answer_bytes), timeout=5
            )
            return answer

        yield probe


async def test_a_probe_brings_centrals_time_and_the_bytes_asked_for(site: Site) -> None:
    async with site.gateway() as address, prober(address, site.agent) as probe:
        before_ns = time.time_ns()
        answer = await probe(b"x" * MOST_BYTES, MOST_BYTES)
        assert before_ns <= answer.central_wall_ns <= time.time_ns()
        assert len(answer.padding) == MOST_BYTES
    assert await site.fetch("select count(*) from ingest_watermark") == [(0,)]


@pytest.mark.parametrize(("sent", "wanted"), [(MOST_BYTES + 1, 0), (0, MOST_BYTES + 1)])
async def test_a_probe_that_is_too_large_is_refused(site: Site, sent: int, wanted: int) -> None:
    async with site.gateway() as address, prober(address, site.agent) as probe:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await probe(bytes(sent), wanted)
    assert refused.value.code() is grpc.StatusCode.INVALID_ARGUMENT


async def test_an_agent_that_is_revoked_may_not_probe(site: Site) -> None:
    await site.fetch("update agents set revoked_at = now()")
    async with site.gateway() as address, prober(address, site.agent) as probe:
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await probe()
    assert refused.value.code() is grpc.StatusCode.PERMISSION_DENIED


async def test_an_agent_that_probes_without_end_is_told_to_wait(site: Site) -> None:
    async with site.gateway() as address, prober(address, site.agent) as probe:
        for _ in range(int(BURST)):
            await probe()
        with pytest.raises(grpc.aio.AioRpcError) as refused:
            await _many(probe)
    assert refused.value.code() is grpc.StatusCode.RESOURCE_EXHAUSTED


async def _many(probe: Any) -> None:
    for _ in range(10 * int(BURST)):
        await probe()


def test_the_allowance_is_each_callers_own_and_comes_back() -> None:
    allowance = Allowance()
    assert all(allowance.take(b"a", 100.0) for _ in range(int(BURST)))
    assert not allowance.take(b"a", 100.0)
    assert allowance.take(b"b", 100.0)
    assert not allowance.take(b"a", 100.5)
    assert allowance.take(b"a", 101.5)
    assert not allowance.take(b"a", 90.0), "a clock that steps back gives nothing"


def test_callers_without_number_take_no_memory_without_end() -> None:
    allowance = Allowance()
    for number in range(2 * REMEMBERED):
        allowance.take(number.to_bytes(4), 0.0)
    assert len(allowance._left) == REMEMBERED
