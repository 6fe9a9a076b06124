"""Windows over scripted readings."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.flow import (
    Channel,
    Eyes,
    FrameReading,
    Gaze,
    HeadPose,
    Measure,
    Mouth,
    VisionCounts,
    VoiceFrame,
)
from edge_agent.scoring import WindowMaker
from edge_agent.scoring.body import BODY
from edge_agent.scoring.channels import PICTURE, SOUND
from edge_agent.scoring.delivery import DELIVERY

pytestmark = pytest.mark.unit

S = 1_000_000_000
ZERO = VisionCounts(0, 0, 0, 0)


def face(index: int, yaw_deg: float = 0.0, *, blink: bool = False, faces: int = 1) -> FrameReading:
    return FrameReading(
        index,
        index * S // 30,
        faces,
        HeadPose(yaw_deg, -2.0, 1.0),
        Eyes(0.3, 0.2, False, blink),
        Gaze(4.0, 5.0),
        Mouth(0.1, 0.5, 0.03),
    )


def nobody(index: int) -> FrameReading:
    return FrameReading(index, index * S // 30, 0)


def counts(captured: int) -> VisionCounts:
    return VisionCounts(captured, captured, 0, 0)


def windows(readings: list[FrameReading], seconds: int) -> list[dict[Channel, Measure]]:
    maker = WindowMaker()
    maker.start(0, ZERO)
    for reading in readings:
        maker.add_frame(reading)
    closed = maker.close_due(seconds * S + S // 2, counts(len(readings)), "t1")
    return [{measure.channel: measure for measure in window.measures} for window in closed]


def test_every_channel_is_in_every_window() -> None:
    (full,) = windows([face(n) for n in range(30)], 1)
    (empty,) = windows([], 1)
    assert set(full) == set(empty) == PICTURE | SOUND | DELIVERY | BODY
    assert all(measure == Measure(channel, None, 0.0) for channel, measure in empty.items())


def test_values_are_what_the_frames_say() -> None:
    (window,) = windows([face(n, yaw_deg=n, blink=n in (3, 20)) for n in range(30)], 1)
    assert window[Channel.HEAD_YAW_DEG].value == 14.5
    assert window[Channel.BLINKS_COUNT].value == 2.0
    assert window[Channel.EYE_OPENNESS_RATIO].value == pytest.approx(0.25)
    assert window[Channel.HEAD_SPEED_DEG_S].value == pytest.approx(30.0, rel=1e-3)
    assert window[Channel.GAZE_PITCH_DEG] == Measure(Channel.GAZE_PITCH_DEG, 5.0, 1.0)
    assert window[Channel.HEAD_SPEED_DEG_S].coverage == 1.0


def test_absence_is_a_measured_zero_and_the_face_is_not_measured() -> None:
    (window,) = windows([nobody(n) for n in range(30)], 1)
    assert window[Channel.PRESENCE_RATIO] == Measure(Channel.PRESENCE_RATIO, 0.0, 1.0)
    assert window[Channel.FACES_COUNT].value == 0.0
    assert window[Channel.HEAD_YAW_DEG] == Measure(Channel.HEAD_YAW_DEG, None, 0.0)


def test_half_an_absence_is_half_the_coverage() -> None:
    (window,) = windows([face(n) if n < 15 else nobody(n) for n in range(30)], 1)
    assert window[Channel.PRESENCE_RATIO].value == 0.5
    assert window[Channel.HEAD_YAW_DEG].coverage == 0.5


def test_dropped_frames_lower_coverage() -> None:
    maker = WindowMaker()
    maker.start(0, ZERO)
    for n in range(0, 30, 2):
        maker.add_frame(face(n))
    (window,) = maker.close_due(3 * S // 2, counts(30), "")
    assert (window.frames_captured, window.frames_analysed) == (29, 15)
    assert window.measures[0].coverage == pytest.approx(15 / 29)


@pytest.mark.parametrize(("gone", "there"), [((10, 25), 0.5), ((0, 12), 0.6), ((9, 30), 0.3)])
def test_a_hole_in_which_nothing_was_captured_lowers_coverage(
    gone: tuple[int, int], there: float
) -> None:
    """The vision process was killed and came back: frames are numbered on, time has a hole."""
    maker = WindowMaker()
    maker.start(0, ZERO)
    seen = [face(n) for n in range(30) if not gone[0] <= n < gone[1]]
    for index, reading in enumerate(seen):
        maker.add_frame(replace(reading, frame_index=index))
    (window,) = maker.close_due(3 * S // 2, counts(len(seen)), "")
    assert window.frames_captured == window.frames_analysed == len(seen)
    assert window.measures[0].coverage == pytest.approx(there, abs=0.04)


@pytest.mark.parametrize("fps", [5, 10, 25, 60])
def test_a_slow_camera_is_not_a_hole(fps: int) -> None:
    maker = WindowMaker()
    maker.start(0, ZERO)
    for n in range(fps):
        maker.add_frame(replace(face(n), mono_ns=n * S // fps))
    (window,) = maker.close_due(3 * S // 2, counts(fps), "")
    assert window.measures[0].coverage == 1.0


def test_frames_that_came_while_nothing_was_analysed_are_told() -> None:
    maker = WindowMaker()
    maker.start(0, ZERO)
    (window,) = maker.close_due(3 * S // 2, counts(30), "")
    assert (window.frames_captured, window.frames_analysed) == (30, 0)
    assert window.measures[0].coverage == 0.0


@given(st.lists(st.booleans(), min_size=1, max_size=150))
def test_windows_count_every_frame_once(kept: list[bool]) -> None:
    maker = WindowMaker()
    maker.start(0, ZERO)
    readings = [face(n) for n, keep in enumerate(kept) if keep]
    for reading in readings:
        maker.add_frame(reading)
    closed = maker.close_due(6 * S, counts(len(kept)), "t")
    assert sum(window.frames_analysed for window in closed) == len(readings)
    assert sum(window.frames_captured for window in closed) == len(kept)
    assert [window.start_mono_ns for window in closed] == [n * S for n in range(len(closed))]
    for window in closed:
        assert all((m.value is None) == (m.coverage == 0.0) for m in window.measures)


def test_a_window_waits_for_its_last_frames() -> None:
    maker = WindowMaker()
    maker.start(0, ZERO)
    assert maker.close_due(S + 100_000_000, ZERO, "") == ()
    assert len(maker.close_due(S + 200_000_000, ZERO, "")) == 1


def test_sound_is_placed_by_its_samples() -> None:
    maker = WindowMaker(sample_zero_mono_ns=0)
    maker.start(0, ZERO)
    for n in range(62):
        loud = n < 31
        maker.add_voice(VoiceFrame(n * 512, 0.9 if loud else 0.1, -20.0 if loud else -60.0))
    first, second = maker.close_due(5 * S // 2, ZERO, "")
    assert measure(first.measures, Channel.LEVEL_DBFS).value == pytest.approx(-20.0, abs=0.2)
    assert measure(second.measures, Channel.LEVEL_DBFS).value == pytest.approx(-60.0, abs=0.2)
    assert measure(first.measures, Channel.SPEECH_RATIO).value == pytest.approx(0.97, abs=0.04)
    assert measure(second.measures, Channel.SPEECH_RATIO).value == 0.0


def test_sound_without_a_zero_is_placed_by_the_first_look_at_the_clock() -> None:
    maker = WindowMaker()
    maker.start(0, ZERO)
    for n in range(31):
        maker.add_voice(VoiceFrame(16_000_000 + n * 512, 0.9, -20.0))
    level = measure(maker.latest(S), Channel.LEVEL_DBFS)
    assert level.value == pytest.approx(-20.0)
    assert level.coverage == 1.0


def test_the_live_view_is_of_the_last_half_second() -> None:
    maker = WindowMaker()
    for n in range(60):
        maker.add_frame(face(n, yaw_deg=0.0 if n < 45 else 20.0))
    live = maker.latest(2 * S)
    assert measure(live, Channel.HEAD_YAW_DEG) == Measure(Channel.HEAD_YAW_DEG, 20.0, 1.0)
    assert {m.channel for m in live} == PICTURE | SOUND | BODY
    assert measure(maker.latest(9 * S), Channel.HEAD_YAW_DEG).value is None


def test_a_machine_that_slept_gets_no_hour_of_empty_windows() -> None:
    maker = WindowMaker()
    maker.start(0, ZERO)
    assert len(maker.close_due(3600 * S, ZERO, "")) <= 2


def measure(measures: tuple[Measure, ...], channel: Channel) -> Measure:
    return next(found for found in measures if found.channel is channel)
