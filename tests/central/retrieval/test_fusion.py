"""Several orders become one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.retrieval.fusion import fuse

pytestmark = pytest.mark.unit

orders = st.lists(st.lists(st.integers(0, 30), unique=True), max_size=4)


def test_what_both_ways_find_goes_before_what_one_finds_first() -> None:
    assert list(fuse([["a", "both"], ["b", "both"]])) == ["both", "a", "b"]


def test_a_rank_is_worth_one_over_sixty_and_the_rank() -> None:
    assert fuse([["a", "b"], ["b"]]) == {"b": 1 / 62 + 1 / 61, "a": 1 / 61}


@given(orders)
def test_each_key_is_there_once_and_the_scores_fall(given_orders: list[list[int]]) -> None:
    fused = fuse(given_orders)
    assert set(fused) == {key for order in given_orders for key in order}
    assert list(fused.values()) == sorted(fused.values(), reverse=True)


@given(st.lists(st.integers(), unique=True))
def test_one_order_stays_as_it_is(order: list[int]) -> None:
    assert list(fuse([order])) == order
