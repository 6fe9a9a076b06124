"""`make faults` in short: kills and every kind of bad link, then each promise is looked up."""

from __future__ import annotations

import asyncio
import random

import pytest

from tests.fakes.fault_proxy import Mode
from tests.faults.campaign import Wanted, acts
from tests.faults.promises import judge
from tests.faults.storm import FAULTS, Tally
from tests.faults.theatre import source_room
from tests.story.stack import Site

PATIENCE_S = 90.0
THIN_BYTES_S = 40_000

pytestmark = [
    pytest.mark.faults,
    pytest.mark.timeout(300),
    pytest.mark.asyncio(loop_scope="module"),
]

SHORT = Wanted(kills=24, rooms=3, minutes=3, pause_s=0.35, utterance_s=20, interviews=0, seed=1)


async def test_what_rooms_called_durable_is_in_postgresql_exactly_once_whatever_was_killed(
    site: Site,
) -> None:
    tally = Tally()
    verdict = await acts(site, SHORT, random.Random(SHORT.seed), tally)
    assert tally.problems + verdict.problems == []
    assert (verdict.lost, verdict.duplicated, verdict.quarantined) == (0, 0, 0)
    assert verdict.told > 1000
    assert tally.kills.total() >= SHORT.kills
    assert set(tally.links) == {mode.value for mode in FAULTS}


@pytest.mark.parametrize("mode", [Mode.SLOW, pytest.param(Mode.DELAY, marks=pytest.mark.soak)])
async def test_a_backlog_gets_through_a_link_that_is_thin_or_far(site: Site, mode: Mode) -> None:
    """Whatever was under way when a link is taken for dead is sent again: too much, and nothing is ever
    acknowledged.
    """
    folder = site.data / "rooms" / f"far-{mode.name.lower()}"
    async with source_room(site, folder, random.Random(1), records_s=40, utterance_s=3600) as room:
        async with asyncio.timeout(PATIENCE_S):
            await room.delivered(5)
            room.proxy.slow_bytes_s = THIN_BYTES_S
            room.proxy.set(Mode.CUT)
            await room.told(room.promises.last + 80)
            room.proxy.set(mode)
            await room.rest()
        verdict = await judge(site.config.database.url, [room.promises])
    assert (verdict.problems, verdict.lost) == ([], 0)
