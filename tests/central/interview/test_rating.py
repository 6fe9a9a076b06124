"""Who sees which judgement when, what there is to rate, and how far people are apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.interview import rating, reveal
from central.interview.rating import Rateable
from central.interview.reveal import Rule, Standing

pytestmark = pytest.mark.unit

STANDINGS = (Standing(), Standing(begun=True), Standing(begun=True, locked=True))
ROLES = ("interviewer", "recruiter", "admin")


@pytest.mark.parametrize(
    ("rule", "role", "sealed"),
    [
        ("after_lock", "interviewer", (True, True, False)),
        ("after_lock", "recruiter", (False, False, False)),
        ("after_lock", "admin", (False, False, False)),
        ("after_lock", "candidate", (False, False, False)),
        ("always", "interviewer", (False, False, False)),
    ],
)
def test_an_interviewer_sees_a_machines_marks_after_their_own_lock(
    rule: Rule, role: str, sealed: tuple[bool, ...]
) -> None:
    assert tuple(reveal.marks_sealed(rule, role, one) for one in STANDINGS) == sealed


@pytest.mark.parametrize(
    ("role", "sealed"),
    [
        ("interviewer", (True, True, False)),
        ("recruiter", (False, True, False)),
        ("admin", (False, True, False)),
    ],
)
def test_nobody_who_is_rating_sees_what_others_rated(role: str, sealed: tuple[bool, ...]) -> None:
    assert tuple(reveal.others_sealed(role, one) for one in STANDINGS) == sealed


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("created", [True, False])
def test_who_may_not_look_may_not_moderate(role: str, *, created: bool) -> None:
    for standing in STANDINGS:
        moderates = reveal.may_moderate(role, standing, created=created)
        assert not (moderates and reveal.others_sealed(role, standing))
    locked = STANDINGS[-1]
    assert reveal.may_moderate(role, locked, created=created) == (created or role != "interviewer")


@pytest.mark.parametrize("status", ["scheduled", "live", "completed", "cancelled"])
def test_nothing_is_locked_while_answers_are_still_to_come(status: str) -> None:
    assert reveal.may_lock(status) == (status in {"completed", "cancelled"})


def test_a_question_without_a_rubric_is_rated_as_a_whole() -> None:
    assert rating.rateable(7, {}) == (Rateable(7, rating.WHOLE, ""),)


def test_a_rubrics_criteria_come_with_their_anchors() -> None:
    anchors = ["a", "b", "c", "d", "e"]
    rubric = {"criteria": [{"key": "k", "label": "Evidence", "anchors": anchors}]}
    assert rating.rateable(7, rubric) == (Rateable(7, "k", "Evidence", tuple(anchors)),)


def test_no_basis_to_judge_is_an_answer_and_nothing_is_not() -> None:
    wanted = (Rateable(1, "a", "A"), Rateable(1, "b", "B"))
    assert rating.unrated(wanted, [(1, "a")]) == (wanted[1],)
    assert rating.is_level(None)
    assert not rating.is_level(0)
    assert not rating.is_level(6)


def test_a_spread_of_nobody_is_none_and_not_zero() -> None:
    found = rating.spread([None, None])
    assert (found.lowest, found.highest, found.middle, found.abstained) == (None, None, None, 2)


@given(st.lists(st.none() | st.integers(1, 5), max_size=9))
def test_a_spread_holds_every_level_and_does_not_depend_on_their_order(
    levels: list[int | None],
) -> None:
    found = rating.spread(levels)
    assert found == rating.spread(levels[::-1])
    assert len(found.levels) + found.abstained == len(levels)
    if found.middle is not None and found.lowest is not None and found.highest is not None:
        assert found.lowest <= found.middle <= found.highest
        assert found.apart == found.highest - found.lowest
