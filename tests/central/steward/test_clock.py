"""A clock that jumped is not believed for a day, and nothing is erased by it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.steward.clock import DOUBTED_FOR, LONGEST_GAP, Seen, look

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
YEAR = timedelta(days=365)


def rounds(seen: Seen, *, until: datetime) -> Seen:
    """A round a minute."""
    while seen.at < until:
        seen = look(seen, min(seen.at + MINUTE, until))
    return seen


@pytest.mark.parametrize(
    ("gap", "doubted"),
    [
        (MINUTE, False),
        (LONGEST_GAP, False),
        (LONGEST_GAP + MINUTE, True),
        (YEAR, True),
        (-MINUTE, False),
        (-YEAR, False),
    ],
)
def test_a_clock_is_doubted_where_it_went_further_than_a_weekend(
    gap: timedelta, doubted: bool
) -> None:
    assert (look(Seen(NOW), NOW + gap).doubted_since is not None) is doubted


def test_before_the_first_round_there_is_nothing_to_doubt() -> None:
    assert look(None, NOW) == Seen(NOW)


def test_a_clock_that_says_the_same_for_a_day_is_believed_again() -> None:
    jumped = look(Seen(NOW), NOW + YEAR)
    assert rounds(jumped, until=NOW + YEAR + DOUBTED_FOR - MINUTE).doubted_since == NOW + YEAR
    assert rounds(jumped, until=NOW + YEAR + DOUBTED_FOR).doubted_since is None


def test_a_clock_that_is_set_right_is_believed_at_once() -> None:
    jumped = rounds(look(Seen(NOW), NOW + YEAR), until=NOW + YEAR + timedelta(hours=3))
    assert look(jumped, NOW + timedelta(hours=3)) == Seen(NOW + timedelta(hours=3))


def test_one_that_is_corrected_by_seconds_stays_in_doubt() -> None:
    jumped = rounds(look(Seen(NOW), NOW + YEAR), until=NOW + YEAR + timedelta(hours=1))
    assert look(jumped, jumped.at - timedelta(seconds=5)).doubted_since == NOW + YEAR


@given(st.lists(st.integers(-400, 400), min_size=1, max_size=20))
def test_no_jump_ahead_is_believed_before_a_day_has_passed(hours: list[int]) -> None:
    seen = Seen(NOW)
    for by in hours:
        before, seen = seen, look(seen, seen.at + timedelta(hours=by))
        if seen.at - before.at > LONGEST_GAP:
            assert seen.doubted_since == seen.at
        if seen.doubted_since is not None:
            assert timedelta(0) <= seen.at - seen.doubted_since < DOUBTED_FOR
