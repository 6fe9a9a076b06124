"""Points: what was not assessed takes no part, and the rest is renormalised."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.interview.scoring import (
    WeightedLevel,
    by_dimension,
    mean,
    points,
)

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(("level", "expected"), [(1, 0), (3, 50), (3.5, 62.5), (5, 100)])
def test_levels_become_points(level: float, expected: float) -> None:
    assert points(level) == expected


def test_abstentions_do_not_count_as_zero() -> None:
    found = by_dimension(
        [
            WeightedLevel("technical", 5, 1.0),
            WeightedLevel("technical", None, 1.0),
            WeightedLevel("depth", None, 1.0),
        ]
    )
    assert found == {
        "technical": 100.0,
        "communication": None,
        "cultural_fit": None,
        "depth": None,
    }


def test_a_heavier_criterion_moves_its_dimension_more() -> None:
    marks = [WeightedLevel("depth", 5, 3.0), WeightedLevel("depth", 1, 1.0)]
    assert by_dimension(marks)["depth"] == 75.0


@pytest.mark.parametrize("values", [[], [(50.0, 0.0)]])
def test_the_mean_of_nothing_is_nothing(values: list[tuple[float, float]]) -> None:
    assert mean(values) is None


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.1, 5)), min_size=1))
def test_a_mean_lies_between_its_values(values: list[tuple[float, float]]) -> None:
    found = mean(values)
    assert found is not None
    assert min(v for v, _ in values) - 0.06 <= found <= max(v for v, _ in values) + 0.06
