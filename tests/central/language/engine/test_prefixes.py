from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.language.engine.prefixes import WORTH_TOKENS, Match, Placement, Prefixes

pytestmark = pytest.mark.unit


def head(number: int, length: int = WORTH_TOKENS) -> list[int]:
    return [number] * length


def test_a_kept_beginning_is_found_by_what_it_has_in_common() -> None:
    prefixes = Prefixes([7], 1000)
    prefixes.place([*head(1), *head(2)])
    assert prefixes.longest([*head(1), *head(2), 5]) == Match(7, 2 * WORTH_TOKENS)
    assert prefixes.longest([*head(1), *head(3)]) == Match(7, WORTH_TOKENS)
    assert prefixes.longest(head(4)) is None


def test_what_is_short_or_there_already_is_not_kept() -> None:
    prefixes = Prefixes([7, 8], 1000)
    assert prefixes.place(head(1, WORTH_TOKENS - 1)) is None
    assert prefixes.place(head(1)) == Placement(8, ())
    assert prefixes.place(head(1)) is None


def test_the_one_that_was_not_used_for_longest_makes_room() -> None:
    prefixes = Prefixes([7, 8], 1000)
    prefixes.place(head(1))
    prefixes.place(head(2))
    prefixes.longest(head(1))
    placement = prefixes.place(head(3))
    assert placement is not None
    assert prefixes.longest(head(2)) is None
    assert prefixes.longest(head(1)) is not None
    assert placement.forget == (placement.sequence,)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 120)), max_size=30))
def test_no_more_is_kept_than_there_is_room_for(heads: list[tuple[int, int]]) -> None:
    prefixes, kept = Prefixes([1, 2, 3], 200), dict[int, int]()
    for number, length in heads:
        placement = prefixes.place(head(number, length))
        if placement is None:
            continue
        for sequence in placement.forget:
            del kept[sequence]
        assert placement.sequence not in kept
        kept[placement.sequence] = length
        assert sum(kept.values()) <= 200
