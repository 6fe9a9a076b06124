"""The place on the screen as people see it: steady at rest, quick in motion."""

from __future__ import annotations

import math

import numpy as np
import pytest

from edge_agent.flow import FrameReading, ScreenGaze
from edge_agent.gaze import Screen, ShownGaze
from edge_agent.gaze.one_euro import OneEuro

pytestmark = pytest.mark.unit

FRAME_NS = 33_333_333


def run(filtered: OneEuro, values: list[float]) -> list[float]:
    return [filtered.smooth(value, index * FRAME_NS) for index, value in enumerate(values)]


def test_the_first_value_and_a_constant_are_what_they_are() -> None:
    assert run(OneEuro(), [3.5] * 20) == pytest.approx([3.5] * 20)


@pytest.mark.parametrize(("min_cutoff_hz", "beta"), [(1.0, 0.007), (1.0, 0.05), (0.5, 0.02)])
def test_at_rest_jitter_is_cut_at_least_to_a_third(min_cutoff_hz: float, beta: float) -> None:
    noise = 0.45 * np.random.default_rng(1).standard_normal(300)
    shown = run(OneEuro(min_cutoff_hz, beta), list(10 + noise))
    assert float(np.std(shown[30:])) < 0.45 / 3
    assert float(np.mean(shown[30:])) == pytest.approx(10, abs=0.1)


def test_a_saccade_is_followed_faster_the_larger_beta_is() -> None:
    step = [0.0] * 30 + [20.0] * 15
    slow, quick = (run(OneEuro(1.0, beta), step) for beta in (0.0, 0.05))
    lag = [next(i for i, v in enumerate(one[30:]) if v > 18) for one in ([*slow, 20], [*quick, 20])]
    assert lag[1] < lag[0]
    assert lag[1] <= 5  # 165 ms


def test_it_is_the_papers_filter() -> None:
    """Equations 1 to 6 by hand for two samples, 0.1 s apart."""
    filtered = OneEuro(1.0, 0.5)
    filtered.smooth(0.0, 0)
    weight = 1 / (1 + 1 / (2 * math.pi * 1.0 * 0.1))
    speed = weight * 10.0
    cutoff = 1.0 + 0.5 * speed
    wanted = 1 / (1 + 1 / (2 * math.pi * cutoff * 0.1))
    assert filtered.smooth(1.0, 100_000_000) == pytest.approx(wanted)


def test_after_a_pause_it_begins_anew_and_time_that_does_not_pass_changes_nothing() -> None:
    filtered = OneEuro()
    filtered.smooth(0.0, 0)
    before = filtered.smooth(1.0, FRAME_NS)
    assert filtered.smooth(9.0, FRAME_NS) == before
    assert filtered.smooth(7.0, FRAME_NS + 600_000_000) == 7.0


def looking(index: int, x: float, y: float = 0.5) -> FrameReading:
    return FrameReading(index, index * FRAME_NS, 1, screen=ScreenGaze(x, y, on_screen=0 <= x <= 1))


def test_a_look_is_shown_smoothed_and_only_while_it_is_of_now() -> None:
    shown = ShownGaze(Screen())
    assert shown.at(0) is None
    noise = 0.01 * np.random.default_rng(2).standard_normal(90)
    places = []
    for index, off in enumerate(noise):
        shown.see(looking(index, 0.4 + float(off)))
        place = shown.at(index * FRAME_NS)
        assert place is not None
        places.append(place.x_ratio)
    assert float(np.std(places[30:])) < 0.01 / 2.5
    shown.see(FrameReading(90, 90 * FRAME_NS, 1))  # a blink
    assert shown.at(91 * FRAME_NS) is not None
    assert shown.at(105 * FRAME_NS) is None


def test_beside_the_screen_stays_beside_it() -> None:
    shown = ShownGaze(Screen())
    for index in range(30):
        shown.see(looking(index, 1.4))
    found = shown.at(30 * FRAME_NS)
    assert found is not None
    assert found.x_ratio == pytest.approx(1.4)
    assert not found.on_screen
