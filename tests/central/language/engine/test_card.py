from __future__ import annotations

import asyncio
from contextlib import ExitStack

import pytest

from central.language.engine.card import Card
from central.language.model import Urgency

pytestmark = pytest.mark.unit


class Engine:
    """Remembers whether it has to keep still."""

    still = False

    def pause(self, *, on: bool) -> None:
        self.still = on


def two(card: Card) -> tuple[Engine, Engine]:
    engines = Engine(), Engine()
    for engine in engines:
        card.join(engine)
    return engines


async def test_while_a_question_is_at_work_the_others_keep_still() -> None:
    card = Card()
    llama, solar = two(card)
    with card.working(llama, Urgency.QUESTION):
        assert (llama.still, solar.still) == (False, True)
    assert not solar.still


async def test_until_the_last_question_is_answered() -> None:
    card = Card()
    llama, solar = two(card)
    with ExitStack() as first:
        first.enter_context(card.working(llama, Urgency.QUESTION))
        with card.working(llama, Urgency.QUESTION):
            first.close()
            assert solar.still
    assert not solar.still


async def test_nobody_keeps_still_for_an_evaluation() -> None:
    card = Card()
    llama, solar = two(card)
    with card.working(solar, Urgency.EVALUATION):
        assert (llama.still, solar.still) == (False, False)


async def test_nobody_keeps_still_for_ever() -> None:
    card = Card(longest_pause_s=0.0)
    llama, solar = two(card)
    with card.working(llama, Urgency.QUESTION):
        await asyncio.sleep(0.01)
        assert not solar.still
        with card.working(llama, Urgency.QUESTION):
            assert not solar.still
    with card.working(llama, Urgency.QUESTION):
        assert solar.still
