"""A renewed certificate takes over between two records: nothing is lost, nothing comes twice."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from edge_agent.enrolment.enrol import enrol
from edge_agent.enrolment.renewal import Renewal
from edge_agent.flow import Capabilities, Gap, LinkState
from edge_agent.uplink.uplink import Facts, Uplink
from tests.fakes.enrolling import Enrolling, agent_of, bundle
from tests.fakes.memory_spool import MemorySpool

pytestmark = pytest.mark.integration


async def test_a_room_goes_on_over_its_renewed_certificate(central: Enrolling) -> None:
    pc = central.pc()
    await enrol(pc, await central.token())
    await central.expire(pc, -timedelta(hours=1))
    spool = MemorySpool(1_000_000)
    online = asyncio.Event()

    def linked(state: LinkState) -> None:
        (online.set if state is LinkState.ONLINE else online.clear)()

    uplink = Uplink(
        pc,
        spool,
        facts=Facts("1", "boot", Capabilities("", "", "", "")),
        on_command=lambda _: None,
        on_feedback=lambda _: None,
        on_link=linked,
    )
    running = asyncio.create_task(uplink.run())
    try:
        await said(online)
        for seq in range(50):
            spool.append(Gap(seq, seq, "before"))
        before = bundle(pc)
        await Renewal(pc, idle=lambda: True, reconnect=uplink.reconnect).look()
        for seq in range(50):
            spool.append(Gap(seq, seq, "after"))
        async with asyncio.timeout(20):
            await uplink.drained()
        await said(online)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert bundle(pc).leaf != before.leaf
    rows = await central.site.fetch(
        "select count(*), count(distinct r.seq) from records r join ingest_watermark w"
        " on w.id = r.watermark_id join agents a on a.id = w.agent_id where a.uuid = %s",
        agent_of(before),
    )
    assert rows == [(100, 100)]


async def said(event: asyncio.Event) -> None:
    async with asyncio.timeout(20):
        await event.wait()
