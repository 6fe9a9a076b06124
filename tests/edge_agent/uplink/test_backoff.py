from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.uplink.backoff import FIRST_S, LONGEST_S, STEADY_S, Backoff

pytestmark = pytest.mark.unit


def test_attempts_grow_apart_up_to_five_seconds() -> None:
    backoff = Backoff(lambda: 0.0)
    assert [backoff.after(0) for _ in range(7)] == pytest.approx([0.2, 0.4, 0.8, 1.6, 3.2, 5, 5])


def test_a_stream_that_held_begins_the_row_anew_and_one_that_did_not_goes_on() -> None:
    backoff = Backoff(lambda: 0.0)
    for _ in range(4):
        backoff.after(0)
    assert backoff.after(STEADY_S - 1) == pytest.approx(3.2)
    assert backoff.after(STEADY_S + 1) == pytest.approx(FIRST_S)


@given(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.floats(0, 20)), max_size=20))
def test_no_attempt_comes_at_once_nor_later_than_five_seconds(
    row: list[tuple[float, float]],
) -> None:
    for chance, held_s in row:
        assert FIRST_S / 2 <= Backoff(lambda chance=chance: chance).after(held_s) <= FIRST_S  # type: ignore[misc]
    chances = iter([chance for chance, _ in row])
    backoff = Backoff(lambda: next(chances))
    for _, held_s in row:
        assert FIRST_S / 2 <= backoff.after(held_s) <= LONGEST_S
