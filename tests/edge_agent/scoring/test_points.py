"""Points: never a floor for what was not measured, and in the order that the truth has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.flow import (
    CameraHealth,
    Channel,
    FrameReading,
    Gaze,
    HeadPose,
    Measure,
    Mouth,
    PostureLook,
    ScreenGaze,
    VisionCounts,
)
from edge_agent.scoring import Scorer, Variant, WindowMaker
from edge_agent.scoring.body import at_room_rates
from edge_agent.scoring.points import POINTS
from edge_agent.scoring.scale import points
from tests.edge_agent.scoring.gazing import FINE, RULES, S, frame, gazing, nodding, shoulders

pytestmark = pytest.mark.unit

VARIANT = RULES.variants[0]
NONE = {channel: Measure(channel, None, 0.0) for channel in POINTS}


def scored(
    frames: Sequence[FrameReading],
    looks: Sequence[PostureLook] = (),
    *,
    healths: Sequence[CameraHealth] = (FINE,),
    expected: int = 30,
    neutral: float | None = None,
    variant: Variant = VARIANT,
) -> dict[Channel, Measure]:
    scorer = Scorer(RULES, variant)
    scorer.neutral_smile_ratio = neutral
    measures = scorer.measures(frames, expected, looks, healths, at_room_rates(S))
    assert [one.channel for one in measures] == sorted(POINTS)
    return {one.channel: one for one in measures}


def test_a_still_candidate_who_looks_at_the_screen_has_the_top_of_every_scale() -> None:
    frames = [frame(n, on_screen=True, smile=0.2) for n in range(30)]
    found = scored(frames, [shoulders(index=n) for n in range(10)], neutral=0.03)
    assert found == {channel: Measure(channel, 100.0, 1.0) for channel in POINTS}


def test_nothing_in_view_is_presence_of_none_and_nothing_else() -> None:
    found = scored([FrameReading(n, n * S // 30, 0) for n in range(30)])
    presence = Measure(Channel.PRESENCE_POINTS, 40.0, 1.0)
    assert found == NONE | {Channel.PRESENCE_POINTS: presence}
    assert scored([]) == NONE


@pytest.mark.parametrize(
    "health",
    [
        replace(FINE, frozen=True),
        replace(FINE, black=True),
        replace(FINE, over_exposed=True),
        replace(FINE, brightness_ratio=0.02),
        replace(FINE, brightness_ratio=0.97),
        None,
    ],
)
def test_a_picture_that_is_not_known_to_be_fit_gives_no_points(health: CameraHealth | None) -> None:
    """A frozen one would have the steadiest gaze of all."""
    frames = [frame(n, on_screen=True) for n in range(30)]
    looks = [shoulders(index=n) for n in range(10)]
    assert scored(frames, looks, healths=[health] if health else []) == NONE
    assert scored(frames, looks, healths=[FINE, health] if health else []) == NONE


@pytest.mark.parametrize(
    "bad",
    [
        replace(frame(0, on_screen=True), head=HeadPose(31.0, 0.0, 0.0)),
        replace(frame(0, on_screen=True), head=HeadPose(0.0, -26.0, 0.0)),
        replace(frame(0, on_screen=True), head=None),
        replace(frame(0, on_screen=True), face_height_ratio=0.08),
        replace(frame(0, on_screen=True), face_height_ratio=None),
    ],
    ids=["yaw", "pitch", "head", "small", "unknown"],
)
def test_a_face_out_of_bounds_is_in_view_and_not_scored(bad: FrameReading) -> None:
    frames = [replace(bad, frame_index=n, mono_ns=n * S // 30) for n in range(30)]
    found = scored(frames, neutral=0.0)
    assert {channel for channel in POINTS if found[channel].value is not None} == {
        Channel.PRESENCE_POINTS
    }
    half = [*frames[:12], *(frame(n, on_screen=True) for n in range(12, 30))]
    assert scored(half)[Channel.GAZE_POINTS].coverage == pytest.approx(0.6)


def test_less_than_half_of_a_second_is_no_score() -> None:
    assert scored(gazing(0.3, count=14)) == NONE
    assert scored(gazing(0.3, count=16))[Channel.GAZE_JITTER_POINTS].value is not None


def test_without_calibration_there_is_no_compliance_and_no_total() -> None:
    """The steadiness alone is another measure: it never stands in for the whole."""
    found = scored(gazing(0.3))
    assert found[Channel.GAZE_JITTER_POINTS].value is not None
    assert found[Channel.GAZE_COMPLIANCE_POINTS] == NONE[Channel.GAZE_COMPLIANCE_POINTS]
    assert found[Channel.GAZE_POINTS] == NONE[Channel.GAZE_POINTS]
    assert found[Channel.EXPRESSION_POINTS] == NONE[Channel.EXPRESSION_POINTS]


@pytest.mark.parametrize(("variant", "total"), [("a", 76.0), ("b", 82.0), ("c", 70.0)])
def test_the_total_has_the_weights_of_its_variant(variant: str, total: float) -> None:
    """All on the screen (100), and trembling beyond the scale (40)."""
    restless = [replace(one, screen=ScreenGaze(0.5, 0.5, True)) for one in gazing(20.0)]
    one = next(one for one in RULES.variants if one.name == variant)
    assert scored(restless, variant=one)[Channel.GAZE_POINTS].value == pytest.approx(total)


def test_points_are_a_line_between_the_ends_of_a_scale() -> None:
    middle = (RULES.steady_head_deg + RULES.restless_head_deg) / 2 * 2**0.5
    found = scored(nodding(middle))
    assert found[Channel.HEAD_STEADINESS_POINTS].value == pytest.approx(70.0)
    assert (points(None), points(0.0), points(0.5), points(1.0)) == (None, 40.0, 70.0, 100.0)
    assert (points(-3.0), points(7.0)) == (40.0, 100.0)


def test_more_jitter_never_scores_higher() -> None:
    values = [
        scored(gazing(sigma))[Channel.GAZE_JITTER_POINTS].value for sigma in (0, 0.3, 1, 2, 4, 9)
    ]
    known = [value for value in values if value is not None]
    assert len(known) == len(values)
    assert known == sorted(known, reverse=True)
    assert (known[0], known[-1]) == (100.0, 40.0)


ANGLES = st.floats(-60, 60)
FRAMES = st.lists(
    st.none()
    | st.builds(
        FrameReading,
        frame_index=st.just(0),
        mono_ns=st.just(0),
        faces=st.integers(0, 3),
        head=st.none() | st.builds(HeadPose, ANGLES, ANGLES, ANGLES),
        gaze=st.none() | st.builds(Gaze, ANGLES, ANGLES),
        mouth=st.none() | st.builds(Mouth, st.floats(0, 1), st.floats(0, 1), st.floats(-1, 1)),
        screen=st.none() | st.builds(ScreenGaze, st.floats(-2, 2), st.floats(-2, 2), st.booleans()),
        face_height_ratio=st.none() | st.floats(0, 1),
    ),
    max_size=60,
)
LOOKS = st.lists(st.builds(shoulders, st.floats(0, 1), st.floats(0, 1), ANGLES), max_size=12)


def timed(frames: Sequence[FrameReading | None]) -> list[FrameReading]:
    """None is a frame that was lost."""
    numbered = enumerate(frames)
    return [replace(one, frame_index=n, mono_ns=n * S // 60) for n, one in numbered if one]


@given(FRAMES, LOOKS, st.none() | st.floats(-1, 1))
def test_points_are_between_40_and_100_or_there_are_none(
    frames: list[FrameReading | None], looks: list[PostureLook], neutral: float | None
) -> None:
    found = scored(timed(frames), looks, expected=len(frames), neutral=neutral)
    for one in found.values():
        assert (one.value is None) == (one.coverage == 0.0)
        assert one.value is None or 40.0 <= one.value <= 100.0
        assert one.coverage == 0.0 or RULES.least_coverage <= one.coverage <= 1.0
    gaze = [
        found[one].value for one in (Channel.GAZE_JITTER_POINTS, Channel.GAZE_COMPLIANCE_POINTS)
    ]
    assert (found[Channel.GAZE_POINTS].value is None) == (None in gaze)


@given(FRAMES, st.randoms())
def test_shares_and_spreads_do_not_know_the_order_of_frames(
    frames: list[FrameReading | None], random: Random
) -> None:
    there = timed(frames)
    mixed = list(there)
    random.shuffle(mixed)
    one, other = (scored(f, expected=len(frames), neutral=0.0) for f in (there, mixed))
    for channel in set(POINTS) - {Channel.GAZE_JITTER_POINTS, Channel.GAZE_POINTS}:
        assert one[channel].value == pytest.approx(other[channel].value)
        assert one[channel].coverage == other[channel].coverage


@given(FRAMES)
def test_a_frame_that_comes_twice_changes_no_score(frames: list[FrameReading | None]) -> None:
    there = timed(frames)
    twice = [frame for frame in there for _ in range(2)]
    one = scored(there, expected=len(frames), neutral=0.0)
    other = scored(twice, expected=2 * len(frames), neutral=0.0)
    for channel in (Channel.GAZE_JITTER_POINTS, Channel.GAZE_COMPLIANCE_POINTS):
        if one[channel].value is not None and other[channel].value is not None:
            assert other[channel].value == pytest.approx(one[channel].value)
    assert one[Channel.PRESENCE_POINTS] == other[Channel.PRESENCE_POINTS]


def test_windows_have_points_and_name_their_variant_where_they_are_scored() -> None:
    maker = WindowMaker()
    none = VisionCounts(0, 0, 0, 0)
    maker.start(0, none, Scorer(RULES, VARIANT))
    maker.add_health(replace(FINE, mono_ns=-S))
    for one in gazing(0.3):
        maker.add_frame(one)
    (window,) = maker.close_due(3 * S // 2, VisionCounts(30, 30, 0, 0), "t1")
    assert window.variant == "a"
    found = {measure.channel: measure for measure in window.measures}
    assert set(found) >= POINTS
    assert found[Channel.GAZE_JITTER_POINTS].coverage == 1.0
    assert {one.channel for one in maker.latest(S)} >= POINTS
