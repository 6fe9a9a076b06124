"""Windows become the behaviour of a report: nothing invented, nothing lost by a cut cable."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from central.interview import aggregates, report
from central.interview.aggregates import SCHEME, Behaviour, Entry, behaviour, weighted

pytestmark = pytest.mark.unit

Window = dict[str, Entry]
FULL: Window = {
    "gaze_points": (90.0, 1.0),
    "gaze_jitter_points": (80.0, 1.0),
    "expression_points": (50.0, 1.0),
    "posture_steadiness_points": (70.0, 1.0),
    "smile_ratio": (0.1, 1.0),
}
NEVER = {"voice": "voice_not_scored", "emotion": "never_scored"}


def of(found: Behaviour) -> dict[str, float | None]:
    return {one.channel: one.points for one in found.channels}


def why(found: Behaviour) -> dict[str, str]:
    return {one.channel: one.reason for one in found.channels if one.points is None}


def test_five_channels_and_a_total_over_what_was_assessed() -> None:
    found = behaviour([FULL, FULL], variants=["a", "a", ""])
    assert of(found) == {
        "gaze": 90.0, "voice": None, "expression": 50.0, "posture": 70.0, "emotion": None,
    }  # fmt: skip
    assert found.total == 70.0
    assert found.assessed_weight == pytest.approx(0.6)
    assert why(found) == NEVER
    assert (found.windows, found.scheme, found.variants) == (2, SCHEME.version, ("a",))


def test_a_window_weighs_as_much_as_was_measured_in_it() -> None:
    windows: list[Window] = [{"gaze_points": (100.0, 1.0)}, {"gaze_points": (40.0, 0.5)}]
    (gaze, *_) = behaviour(windows).channels
    assert (gaze.points, gaze.coverage) == (80.0, 0.75)


@pytest.mark.parametrize(
    ("window", "reason"),
    [
        ({}, "not_measured"),
        ({"gaze_points": (None, 0.0)}, "not_measured"),
        ({"gaze_points": (90.0, 0.0)}, "not_measured"),
        ({"gaze_points": (None, 0.0), "gaze_jitter_points": (80.0, 0.9)}, "not_calibrated"),
        ({"gaze_points": (90.0, 0.1)}, "too_little"),
    ],
)
def test_gaze_without_points_says_why(window: Window, reason: str) -> None:
    found = behaviour([window] * 3)
    assert of(found)["gaze"] is None
    assert why(found)["gaze"] == reason


def test_a_face_that_was_measured_without_a_neutral_says_so() -> None:
    assert why(behaviour([{"smile_ratio": (0.1, 1.0)}]))["expression"] == "no_neutral"
    assert why(behaviour([{"smile_ratio": (None, 0.0)}]))["expression"] == "not_measured"


def test_a_dead_channel_is_not_forty_points() -> None:
    """The seeds' report had 40.0 for a posture that nothing measured, and a total that took it in."""
    dead: Window = FULL | {"posture_steadiness_points": (None, 0.0)}
    found = behaviour([dead] * 60)
    assert of(found)["posture"] is None
    assert found.total == 70.0
    assert found.assessed_weight == pytest.approx(0.4)


def test_no_windows_are_no_score() -> None:
    found = behaviour([])
    assert (found.total, found.assessed_weight, found.windows) == (None, 0.0, 0)
    assert set(of(found).values()) == {None}


def test_who_declined_to_be_scored_has_no_points_anywhere() -> None:
    found = behaviour([FULL], variants=["a"], scoring_consent=False)
    assert set(why(found).values()) == {"scoring_declined"}
    assert (found.total, found.variants) == (None, ())
    assert aggregates.without_points(FULL) == {"smile_ratio": (0.1, 1.0)}


ENTRY = st.just((None, 0.0)) | st.tuples(st.floats(40, 100), st.floats(0.05, 1))
WINDOWS = st.lists(
    st.fixed_dictionaries({one.source: ENTRY for one in SCHEME.sources if one.source}), max_size=40
)


@given(WINDOWS, st.integers())
def test_windows_that_come_late_change_nothing(windows: list[Window], seed: int) -> None:
    late = list(windows)
    random.Random(seed).shuffle(late)
    one, other = behaviour(windows), behaviour(late)
    assert of(one) == pytest.approx(of(other), abs=0.11)
    assert one.total == pytest.approx(other.total, abs=0.11)


@given(WINDOWS)
def test_points_are_between_those_of_the_windows_or_there_are_none(windows: list[Window]) -> None:
    found = behaviour(windows)
    for one, source in zip(found.channels, SCHEME.sources, strict=True):
        values = [w[source.source][0] for w in windows if source.source]
        known = [value for value in values if value is not None]
        assert (one.points is None) == bool(one.reason)
        if one.points is not None:
            assert min(known) - 0.05 <= one.points <= max(known) + 0.05
            assert one.coverage >= SCHEME.least_coverage - 1e-4
    assessed = [one.points for one in found.channels if one.points is not None]
    assert (found.total is None) == (not assessed)
    if found.total is not None:
        assert min(assessed) - 0.1 <= found.total <= max(assessed) + 0.1


@given(WINDOWS)
def test_the_same_windows_twice_are_the_same_score(windows: list[Window]) -> None:
    assert of(behaviour(windows * 2)) == pytest.approx(of(behaviour(windows)), abs=0.11)


def test_the_channel_list_of_a_report_says_the_same_of_points() -> None:
    windows: list[report.Measures] = [{"gaze_points": (100.0, 1.0)}, {"gaze_points": (40.0, 0.5)}]
    found = report.channels(windows)["gaze_points"]
    assert found == {"value": 80.0, "how": "mean", "coverage": 0.75, "windows": 2}
    assert weighted([(None, 0.0)]) == (None, 0.0)
