from __future__ import annotations

import asyncio

import pytest

from central.language.engine.passage import Passage
from central.language.engine.quarantine import REMEMBERED, Quarantine

pytestmark = pytest.mark.unit


async def entering(passage: Passage, *, alone: bool = False) -> asyncio.Task[None]:
    task = asyncio.create_task(passage.enter(alone=alone))
    await asyncio.sleep(0)
    return task


async def test_many_are_inside_at_once() -> None:
    passage = Passage()
    assert [(await entering(passage)).done() for _ in range(3)] == [True, True, True]


async def test_who_wants_to_be_alone_waits_for_the_others_and_later_ones_wait_behind() -> None:
    passage = Passage()
    await entering(passage)
    alone = await entering(passage, alone=True)
    later = await entering(passage)
    assert (alone.done(), later.done()) == (False, False)
    passage.leave()
    await asyncio.sleep(0)
    assert (alone.done(), later.done()) == (True, False)
    passage.leave()
    await asyncio.sleep(0)
    assert later.done()


async def test_who_gives_up_holds_nobody_up() -> None:
    passage = Passage()
    await entering(passage)
    alone = await entering(passage, alone=True)
    later = await entering(passage)
    alone.cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert later.done()


async def test_who_is_called_in_and_gives_up_leaves_again() -> None:
    passage = Passage()
    await entering(passage, alone=True)
    waiting = await entering(passage, alone=True)
    passage.leave()
    waiting.cancel()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert (await entering(passage, alone=True)).done()


def test_two_deaths_are_enough_and_one_success_clears() -> None:
    quarantine = Quarantine()
    quarantine.died([b"a", b"b"])
    assert quarantine.suspects(b"a")
    assert not quarantine.refuses(b"a")
    quarantine.done(b"b")
    assert not quarantine.suspects(b"b")
    quarantine.died([b"a"])
    assert quarantine.refuses(b"a")


def test_only_the_newest_suspects_are_remembered() -> None:
    quarantine = Quarantine()
    quarantine.died([b"first"])
    quarantine.died(b"%d" % number for number in range(REMEMBERED))
    assert not quarantine.suspects(b"first")
