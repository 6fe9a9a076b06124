"""Hand speed, on hands that move as they are told."""

from __future__ import annotations

import numpy as np
import pytest

from edge_agent.vision.canonical import Points
from edge_agent.vision.hands import HandSpeed

pytestmark = pytest.mark.unit

S = 1_000_000_000
LENGTH_PX = 100.0
STEP_NS = S // 5


def hand(x: float, y: float) -> Points:
    """A hand of 100 pixels' length: the palm is half of it."""
    points = np.zeros((21, 2))
    points[[5, 9, 13, 17]] = (0.0, -LENGTH_PX / 2)
    return np.asarray(points + np.array([x, y]))


def speeds(looks: list[list[Points]], step_ns: int = STEP_NS) -> list[float | None]:
    speed = HandSpeed()
    return [speed.step(hands, n * step_ns) for n, hands in enumerate(looks)]


def test_a_hand_that_moves_half_its_length_in_a_fifth_of_a_second() -> None:
    assert speeds([[hand(100, 200)], [hand(150, 200)]]) == [None, pytest.approx(2.5)]


def test_a_still_hand_has_the_speed_zero_and_an_unseen_one_none() -> None:
    still = [hand(100, 200)]
    assert speeds([still, still, [], still, still]) == [None, 0.0, None, None, 0.0]


def test_the_fastest_hand_counts_in_whatever_order_they_come() -> None:
    before, after = [hand(100, 200), hand(400, 200)], [hand(430, 200), hand(100, 200)]
    assert speeds([before, after])[1] == pytest.approx(1.5)


def test_a_hand_that_appears_far_away_is_another_one() -> None:
    assert speeds([[hand(100, 200)], [hand(500, 200)]]) == [None, None]


def test_looks_that_are_far_apart_are_not_in_a_row() -> None:
    assert speeds([[hand(100, 200)], [hand(150, 200)]], step_ns=S) == [None, None]


def test_the_size_of_the_hand_in_the_picture_makes_no_difference() -> None:
    near = speeds([[hand(100, 200) * 2], [hand(150, 200) * 2]])
    assert near == speeds([[hand(100, 200)], [hand(150, 200)]])
