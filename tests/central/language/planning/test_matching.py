"""The same plan for every candidate of a posting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.errors import Refused
from central.language import bank, plans
from central.language.planning import matching
from central.language.planning.scheme import MOST_FOLLOW_UPS, ROOMS

pytestmark = pytest.mark.unit

BANK = bank.load()
WORDS = st.text(max_size=200) | st.sampled_from(
    ["고객 의견을 듣고 우선순위를 정합니다", "We test, review and monitor our servers.", ""]
)


@given(position=WORDS, about=WORDS)
def test_a_posting_fills_the_scheme_whatever_it_says(position: str, about: str) -> None:
    slots = matching.slots(BANK, position, about)
    assert [slot.kind for slot in slots] == [
        "intro", "job", "job", "behavioral", "behavioral", "situational", "culture",
    ]  # fmt: skip
    assert len({slot.bank_key for slot in slots}) == len(slots)
    assert len({slot.competency for slot in slots}) == len(slots)
    assert all(
        slot.competency in room.competencies for slot, room in zip(slots, ROOMS, strict=True)
    )
    assert all(0 <= slot.follow_ups <= MOST_FOLLOW_UPS for slot in slots)
    assert matching.slots(list(reversed(BANK)), position, about) == slots


@pytest.mark.parametrize("language", bank.LANGUAGES)
def test_each_slot_has_its_question_in_both_languages(language: str) -> None:
    slots = matching.slots(BANK, "백엔드 개발자", "서버를 운영합니다")
    used: set[str] = set()
    for slot in slots:
        entry = matching.entry_of(BANK, slot, language, position="백엔드", used=used)
        assert entry is not None
        assert (entry.key, entry.language, entry.category) == (
            slot.bank_key,
            language,
            slot.category,
        )
        assert slot.competency in {one.key for one in entry.rubric.criteria}
        used.add(entry.key)


def test_what_a_posting_speaks_of_decides_what_is_looked_for() -> None:
    def competency(about: str, key: str) -> str:
        slots = matching.slots(BANK, "개발자", about)
        return next(slot.competency for slot in slots if slot.key == key)

    assert competency("", "situational_1") == "prioritising"
    assert (
        competency("고객의 불편과 요구를 관찰하고 만족을 측정합니다", "situational_1")
        == "customer_focus"
    )
    assert competency("팀과 의견을 논의하고 조율하며 공유합니다", "behavioral_1") == "collaboration"


def test_a_position_brings_its_own_questions() -> None:
    def keys(position: str) -> set[str]:
        fitting = {one.key for one in BANK if one.position is not None}
        return fitting & {slot.bank_key for slot in matching.slots(BANK, position, "")}

    assert keys("백엔드 개발자")
    assert not keys("디자이너")


def test_a_question_that_the_bank_lost_has_the_nearest_one_in_its_place() -> None:
    slot = matching.slots(BANK, "개발자", "")[1]
    left = [one for one in BANK if one.key != slot.bank_key]
    entry = matching.entry_of(left, slot, "ko", position="개발자", used=())
    assert entry is not None
    assert entry.category == slot.category
    assert slot.competency in {one.key for one in entry.rubric.criteria}


def test_a_bank_without_a_category_makes_no_posting() -> None:
    left = [one for one in BANK if one.category != "situational"]
    with pytest.raises(Refused, match="situational"):
        matching.slots(left, "개발자", "")


def test_the_introduction_opens_structured_interviews_and_no_others() -> None:
    assert matching.slots(BANK, "개발자", "")[0].bank_key == "introduction"
    assert [one.question_type for one in BANK].count(plans.INTRODUCTION) == len(bank.LANGUAGES)
