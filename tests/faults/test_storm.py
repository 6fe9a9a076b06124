"""`make faults` in short: kills and every kind of bad link, then each promise is looked up."""

from __future__ import annotations

import random

import pytest

from tests.faults.campaign import Wanted, acts
from tests.faults.storm import FAULTS, Tally
from tests.story.stack import Site

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
