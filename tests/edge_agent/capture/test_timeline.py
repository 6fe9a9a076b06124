"""Media time as a pure function."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.capture.timeline import Timeline

pytestmark = pytest.mark.unit

S = 1_000_000_000
HOLDS = st.lists(st.floats(0, 60), max_size=4).map(lambda h: tuple(sorted(h)))
RELEASES = st.lists(st.integers(0, 100 * S), max_size=4).map(lambda r: tuple(sorted(r)))
TIMELINES = st.builds(Timeline, HOLDS, RELEASES, st.just(5 * S), st.floats(1, 80))


def at(timeline: Timeline, *seconds: float) -> list[float]:
    return [round(timeline.media_s(round(s * S)), 6) for s in seconds]


def test_the_clock_stands_at_a_hold_until_it_is_released() -> None:
    held = Timeline((2.0, 5.0), (), 10 * S)
    assert at(held, 9, 10, 11, 12, 30) == [0.0, 0.0, 1.0, 2.0, 2.0]
    released = Timeline((2.0, 5.0), (30 * S,), 10 * S)
    assert at(released, 30, 31, 33, 50) == [2.0, 3.0, 5.0, 5.0]


def test_a_hold_released_before_it_is_reached_is_passed() -> None:
    assert at(Timeline((2.0,), (10 * S,), 10 * S), 11, 12, 15) == [1.0, 2.0, 5.0]


def test_the_end_of_the_file_holds_for_ever() -> None:
    timeline = Timeline((), (), 0, end_s=3.0)
    assert at(timeline, 2, 3, 100) == [2.0, 3.0, 3.0]
    assert timeline.held_for_s(100 * S) == pytest.approx(97.0)


def test_a_held_picture_goes_back_and_forth_over_its_last_second() -> None:
    timeline = Timeline((4.0,), (), 0)
    shown = [timeline.picture_s(round(s * S)) for s in (3.5, 4.0, 4.5, 5.0, 5.5, 6.0, 6.5)]
    assert shown == pytest.approx([3.5, 4.0, 3.5, 3.0, 3.5, 4.0, 3.5])


def test_a_held_picture_does_not_go_back_beyond_the_hold_before() -> None:
    timeline = Timeline((4.0, 4.5), (4 * S,), 0)
    shown = [timeline.picture_s(round((4.5 + s / 10) * S)) for s in range(20)]
    assert min(shown) == pytest.approx(4.0)


@given(TIMELINES, st.integers(0, 200 * S), st.integers(0, 100 * S))
def test_media_never_runs_backwards_nor_faster_than_time(
    timeline: Timeline, mono_ns: int, later_ns: int
) -> None:
    step_s = timeline.media_s(mono_ns + later_ns) - timeline.media_s(mono_ns)
    assert -1e-6 <= step_s <= later_ns / S + 1e-6


@given(TIMELINES, st.integers(0, 200 * S), st.integers(0, 200 * S))
def test_a_release_changes_nothing_of_the_past(
    timeline: Timeline, mono_ns: int, release_ns: int
) -> None:
    """Picture and sound hear of a release at different moments; both must agree on before."""
    if timeline.releases_mono_ns and release_ns < timeline.releases_mono_ns[-1]:
        release_ns = timeline.releases_mono_ns[-1]
    more = Timeline(
        timeline.holds_s,
        (*timeline.releases_mono_ns, release_ns),
        timeline.start_mono_ns,
        timeline.end_s,
    )
    if mono_ns <= release_ns:
        assert more.media_s(mono_ns) == pytest.approx(timeline.media_s(mono_ns), abs=1e-6)


@given(TIMELINES, st.integers(0, 200 * S))
def test_the_picture_is_never_ahead_and_at_most_a_second_behind(
    timeline: Timeline, mono_ns: int
) -> None:
    behind_s = timeline.media_s(mono_ns) - timeline.picture_s(mono_ns)
    assert -1e-6 <= behind_s <= 1.0 + 1e-6
    if timeline.held_for_s(mono_ns) == 0.0:
        assert behind_s == 0.0
