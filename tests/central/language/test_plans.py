"""A plan covers the categories, grows harder, and is the same for the same seed."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.language import bank
from central.language.generator import BankGenerator, Wanted
from central.language.plans import Candidate, choose, fits

pytestmark = pytest.mark.unit

BANK = [
    Candidate(number, one.key, one.category, one.difficulty, one.position)
    for number, one in enumerate(bank.load())
    if one.language == "ko"
]


@given(count=st.integers(1, 60), seed=st.text(max_size=5))
def test_no_question_twice_and_no_category_twice_before_all_were_asked(
    count: int, seed: str
) -> None:
    plan = choose(BANK, position="backend", count=count, seed=seed)
    assert len(plan) == min(count, len(BANK))
    assert len({one.key for one in plan}) == len(plan)
    first = Counter(one.category for one in plan[:4])
    assert max(first.values()) == 1
    assert choose(BANK, position="backend", count=count, seed=seed) == plan


def test_it_begins_easy_and_ends_hard() -> None:
    for seed in range(20):
        plan = choose(BANK, position="anything", count=4, seed=str(seed))
        assert plan[0].difficulty == "easy"
        assert plan[-1].difficulty != "easy"


def test_other_seeds_give_other_questions() -> None:
    plans = {choose(BANK, position="anything", count=4, seed=str(seed)) for seed in range(20)}
    assert len(plans) > 5


def test_a_questions_position_is_respected() -> None:
    plan = choose(BANK, position="accounting", count=60, seed="")
    assert all(one.position is None for one in plan)


@pytest.mark.parametrize(
    ("wanted", "position", "expected"),
    [
        (None, "anything", True),
        ("backend", "Backend developer", True),
        ("backend", "백엔드 개발자", True),
        ("backend", "디자이너", False),
    ],
)
def test_positions_match_in_both_languages(
    wanted: str | None, position: str, expected: bool
) -> None:
    assert fits(wanted, position) is expected


async def test_the_bank_generator_asks_reviewed_questions_word_for_word() -> None:
    entries = bank.load()
    drafted = await BankGenerator(entries).questions(Wanted("backend", "en", 4, "7"))
    assert len(drafted) == 4
    texts = {one.content for one in entries if one.language == "en"}
    assert all(one.text in texts and one.source == "bank" for one in drafted)
