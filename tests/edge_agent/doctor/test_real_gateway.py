"""The doctor against the gateway that rooms really talk to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from edge_agent.config import Central
from edge_agent.doctor import way
from edge_agent.doctor.apart import Unseen
from edge_agent.doctor.checks.gateway import LOSSLESS_KB_S, QUICK_TRIPS, TRIPS, judge, unreached
from edge_agent.doctor.finding import Status
from tests.fakes.site import Site, running_site

pytestmark = pytest.mark.integration


@pytest.fixture
async def site(database_url: str, nats_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    async with running_site(database_url, nats_url, tmp_path) as site:
        yield site


def settings(site: Site, address: str) -> Central:
    return Central(
        address=address,
        ca=site.agent.authority,
        certificate=site.agent.certificate,
        private_key=site.agent.private_key,
        identity=site.agent.certificate.parent / "none.pem",
    )


async def test_a_full_visit_fits_twice_into_what_a_room_may_ask(site: Site) -> None:
    async with site.gateway() as address:
        told = way.told(settings(site, address))
        for _ in range(2):
            seen = await way.measure(told, TRIPS, way.LOADS_BYTES[-1])
            await way.measure(told, QUICK_TRIPS, 0)
    assert judge(seen, address).status in {Status.OK, Status.WARN}
    assert seen["up_kb_s"] > LOSSLESS_KB_S
    assert seen["clock_ahead_ms"] == pytest.approx(0, abs=1_000)


async def test_a_pc_that_was_shut_out_is_told_so(site: Site) -> None:
    await site.fetch("update agents set revoked_at = now()")
    async with site.gateway() as address:
        with pytest.raises(Unseen, match="is revoked in room") as unseen:
            await way.measure(way.told(settings(site, address)), 1, 0)
    assert "shut out" in unreached(str(unseen.value), address).todo
