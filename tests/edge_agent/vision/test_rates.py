"""When a look is due, with time as an argument."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.vision.rates import Rates

pytestmark = pytest.mark.unit

S = 1_000_000_000
HZ = {"posture": 10.0, "hands": 5.0, "people": 4.0, "health": 1.0}


def looks(frame_times_ns: list[int]) -> Counter[str]:
    rates = Rates(HZ)
    return Counter(kind for now_ns in frame_times_ns for kind in rates.due(now_ns))


@pytest.mark.parametrize("fps", [60.0, 30.0, 29.97, 24.0, 15.0])
def test_every_kind_keeps_its_rate_at_any_usual_frame_rate(fps: float) -> None:
    found = looks([round(n / fps * S) for n in range(round(fps * 60))])
    for kind, hz in HZ.items():
        assert found[kind] == pytest.approx(hz * 60, abs=max(2, hz * 60 * 0.02)), kind


def test_a_camera_of_five_frames_gives_at_most_five_looks_and_starves_no_kind() -> None:
    found = looks([n * S // 5 for n in range(5 * 60)])
    assert found["posture"] == 5 * 60
    assert found["hands"] >= 5 * 60 * 0.95
    assert found["people"] >= 4 * 60 * 0.8
    assert found["health"] == pytest.approx(60, abs=2)


def test_looks_are_spread_over_frames() -> None:
    rates = Rates({"posture": 10.0, "hands": 5.0, "people": 5.0})
    at_once = [len(rates.due(n * S // 30)) for n in range(300)]
    assert max(at_once) <= 2
    assert sum(count == 2 for count in at_once) / len(at_once) < 0.1


def test_after_a_pause_every_kind_is_looked_at_once_and_nothing_is_made_up_for() -> None:
    rates = Rates(HZ)
    for n in range(30):
        rates.due(n * S // 30)
    assert set(rates.due(60 * S)) == set(HZ)
    assert len(rates.due(60 * S + S // 30)) == 0


def test_the_most_overdue_comes_first() -> None:
    rates = Rates({"slow": 1.0, "fast": 10.0})
    rates.due(0)
    assert rates.due(2 * S) == ("fast", "slow")


@given(st.lists(st.integers(1, S), min_size=1, max_size=200))
def test_no_kind_is_ever_looked_at_more_often_than_it_should(gaps_ns: list[int]) -> None:
    rates, now_ns, times = Rates({"posture": 10.0}), 0, []
    for gap_ns in gaps_ns:
        now_ns += gap_ns
        if rates.due(now_ns):
            times.append(now_ns)
    # Over any span: one for each period, and its ragged edges.
    for first, at_ns in enumerate(times):
        for count, later_ns in enumerate(times[first:]):
            assert count <= (later_ns - at_ns) / (S / 10) + 2
