"""A link that goes silent is given up on both sides, one that is only quiet is not: keepalive every
10 s, believed for 5 s more, and a server that allows it.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from edge_agent.config import Central
from edge_agent.flow import Capabilities, DeviceEvent, DeviceState, LinkState
from edge_agent.uplink.uplink import Facts, Uplink
from tests.fakes.fault_proxy import FaultProxy, Mode
from tests.fakes.memory_spool import MemorySpool
from tests.fakes.site import Site, running_site

pytestmark = [pytest.mark.faults, pytest.mark.soak, pytest.mark.timeout(180)]
PATIENCE_S = 60.0


async def connected(site: Site, wanted: bool) -> None:
    """Until central holds the room for connected, or not."""
    async with asyncio.timeout(PATIENCE_S):
        while await site.fetch("select connected from agents") != [(wanted,)]:  # noqa: ASYNC110
            await asyncio.sleep(0.2)


async def test_a_quiet_link_is_kept_and_a_silent_one_is_given_up_by_both(
    database_url: str, nats_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Only the end of its stream makes this room a disconnected one.
    monkeypatch.setattr("central.gateway.presence.SILENT_AFTER_S", 600.0)
    links: list[LinkState] = []
    spool = MemorySpool(1_000_000)
    async with running_site(database_url, nats_url, tmp_path) as site, site.gateway() as address:
        async with FaultProxy(address).serving() as proxy:
            uplink = Uplink(
                Central(
                    address=proxy.address,
                    ca=site.agent.authority,
                    certificate=site.agent.certificate,
                    private_key=site.agent.private_key,
                ),
                spool,
                facts=Facts("1", "boot", Capabilities("", "", "", "")),
                on_command=lambda _: None,
                on_feedback=lambda _: None,
                on_link=links.append,
            )
            running = asyncio.create_task(uplink.run())
            try:
                await connected(site, wanted=True)
                # Two keepalives of each side and nothing else: neither calls it too many pings.
                await asyncio.sleep(25)
                assert links[-1] is LinkState.ONLINE
                assert links.count(LinkState.ONLINE) == 1
                proxy.set(Mode.HALF_OPEN)
                spool.append(DeviceEvent("camera", DeviceState.READY, "said into nothing"))
                async with asyncio.timeout(PATIENCE_S):
                    while not uplink.trouble:  # noqa: ASYNC110
                        await asyncio.sleep(0.1)
                await connected(site, wanted=False)
                assert spool.acked_seq == 0
                proxy.set(Mode.PASS)
                async with asyncio.timeout(PATIENCE_S):
                    await uplink.drained()
            finally:
                running.cancel()
                await asyncio.gather(running, return_exceptions=True)
        assert await site.fetch("select seq from records") == [(1,)]
