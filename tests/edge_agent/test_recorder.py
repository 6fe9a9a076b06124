"""What is measured leaves the room only while the candidate has consented to it."""

from __future__ import annotations

import pytest

from edge_agent.config import Central, Config
from edge_agent.flow import (
    ALL_BUT_EMOTION,
    EVERYTHING,
    BodyReadings,
    Calibration,
    CalibrationOutcome,
    CameraHealth,
    Channel,
    Channels,
    EmotionLook,
    EmotionReadings,
    FrameReading,
    FrameReadings,
    Gaze,
    HeadPose,
    Mouth,
    Neutral,
    PeopleLook,
    ScoreWindow,
    VisionCounts,
)
from edge_agent.recorder import Recorder
from edge_agent.sources import scoring_rules
from tests.fakes.list_journal import ListJournal

pytestmark = pytest.mark.unit

SECOND = 1_000_000_000
NO_FRAMES = VisionCounts(0, 0, 0, 0)
AT_REST = Neutral(0.03, None, None, None, 90, None, 0)
HEALTH = CameraHealth(SECOND, 0.4, 0.0, 90.0, False, False, False, False)


def seen(recorder: Recorder, from_s: float, seconds: float) -> int:
    """30 frames a second with a head; the time of the last."""
    first_ns = round(from_s * SECOND)
    times = [first_ns + n * SECOND // 30 for n in range(round(seconds * 30))]
    for index, mono_ns in enumerate(times):
        recorder.add_frame(FrameReading(index, mono_ns, faces=1, head=HeadPose(5.0, 0.0, 0.0)))
    return times[-1]


def looked(recorder: Recorder, from_s: float, seconds: float) -> int:
    """People four times a second and the camera's health once; the time of the last."""
    times = [round(from_s * SECOND) + n * SECOND // 4 for n in range(round(seconds * 4))]
    for n, mono_ns in enumerate(times):
        recorder.add_look(PeopleLook(mono_ns, 2))
        if n % 4 == 0:
            recorder.add_health(CameraHealth(mono_ns, 0.4, 0.0, 90.0, False, False, False, False))
    return times[-1]


def test_looks_before_consent_and_after_the_end_are_kept_by_nobody() -> None:
    journal = ListJournal()
    recorder = Recorder(journal)
    now_ns = looked(recorder, 1.0, 2.0)
    recorder.start("7", now_ns + 1, NO_FRAMES)
    recorder.stop()
    now_ns = looked(recorder, 4.0, 2.0)
    recorder.tick(now_ns, NO_FRAMES, "")
    assert journal.records == []
    assert recorder.latest(now_ns) == ()


def test_looks_of_a_recording_are_shown_stored_and_scored() -> None:
    journal = ListJournal()
    recorder = Recorder(journal)
    recorder.start("7", SECOND, NO_FRAMES)
    now_ns = looked(recorder, 1.0, 3.0)
    shown = {measure.channel: measure.value for measure in recorder.latest(now_ns)}
    assert shown[Channel.PEOPLE_COUNT] == 2.0
    assert shown[Channel.BRIGHTNESS_RATIO] == pytest.approx(0.4)
    recorder.tick(now_ns, NO_FRAMES, "t1")
    recorder.stop()
    assert sum(len(pack.people) for pack in journal.of(BodyReadings)) == 12
    assert len(journal.of(CameraHealth)) == 3
    window = journal.of(ScoreWindow)[0]
    (people,) = (one for one in window.measures if one.channel is Channel.PEOPLE_COUNT)
    assert (people.value, people.coverage) == (2.0, 1.0)


def test_nobody_is_shown_or_stored_before_consent_and_after_the_end() -> None:
    journal = ListJournal()
    recorder = Recorder(journal)
    now_ns = seen(recorder, 1.0, 2.0)
    assert recorder.latest(now_ns) == ()
    recorder.start("7", now_ns, NO_FRAMES)
    recorder.stop()
    now_ns = seen(recorder, 3.0, 2.0)
    recorder.tick(now_ns, NO_FRAMES, "")
    assert recorder.latest(now_ns) == ()
    assert journal.records == []


def test_a_recording_is_shown_live_and_stored() -> None:
    journal = ListJournal()
    recorder = Recorder(journal)
    recorder.start("7", SECOND, NO_FRAMES)
    now_ns = seen(recorder, 1.0, 2.5)
    shown = {measure.channel: measure.value for measure in recorder.latest(now_ns)}
    assert shown[Channel.HEAD_YAW_DEG] == pytest.approx(5.0)
    recorder.stop()
    stored = sum(len(value.frames) for value in journal.of(FrameReadings))
    assert stored == 75


@pytest.mark.parametrize("scored", [True, False])
def test_nobody_who_declined_it_is_scored(scored: bool) -> None:
    journal = ListJournal()
    recorder = Recorder(journal, scoring_rules(Config(central=Central(address="central:7443"))))
    recorder.start("7", SECOND, NO_FRAMES, scored=scored)
    recorder.calibrated(Calibration(CalibrationOutcome.CALIBRATED, 2.0, neutral=AT_REST))
    recorder.add_health(HEALTH)
    for n in range(40):
        mouth, head = Mouth(0.1, 0.5, 0.2), HeadPose(0.0, 0.0, 0.0)
        at_ns = SECOND + n * SECOND // 30
        recorder.add_frame(FrameReading(n, at_ns, 1, head, mouth=mouth, face_height_ratio=0.4))
    shown = {one.channel: one.value for one in recorder.latest(2 * SECOND)}
    recorder.tick(2 * SECOND + SECOND // 4, NO_FRAMES, "t")
    (window,) = journal.of(ScoreWindow)
    kept = {one.channel: one.value for one in window.measures}
    assert shown.get(Channel.EXPRESSION_POINTS) == (100.0 if scored else None)
    assert kept.get(Channel.EXPRESSION_POINTS) == (100.0 if scored else None)
    assert (Channel.PRESENCE_POINTS in kept, window.variant) == (scored, "a" if scored else "")


HAPPY = (0.0, 0.0, 0.0, 0.9, 0.0, 0.0, 0.1)


@pytest.mark.parametrize(("channels", "packs"), [(EVERYTHING, 3), (ALL_BUT_EMOTION, 0)])
def test_emotion_is_recorded_by_turn_and_only_where_the_interview_may(
    channels: Channels, packs: int
) -> None:
    journal = ListJournal()
    recorder = Recorder(journal)
    recorder.add_emotion(EmotionLook(0, HAPPY))
    recorder.start("7", 1, NO_FRAMES, channels=channels)
    for n in range(8):  # five a second: the second begins after 5, the turn changes after 6
        recorder.tick(n, NO_FRAMES, "t1" if n < 6 else "t2")
        recorder.add_emotion(EmotionLook(n * SECOND // 5, HAPPY))
    recorder.stop()
    recorder.add_emotion(EmotionLook(9 * SECOND, HAPPY))
    kept = journal.of(EmotionReadings)
    assert [(one.turn_id, len(one.looks)) for one in kept] == [("t1", 5), ("t1", 1), ("t2", 2)][
        :packs
    ]


def test_what_an_interview_may_not_measure_leaves_no_field_and_no_record() -> None:
    """Should anything of it still be on its way from the vision process."""
    journal = ListJournal()
    recorder = Recorder(journal)
    nothing = Channels(gaze=False, expression=False, posture=False, hands=False, people=False)
    recorder.start("7", 1, NO_FRAMES, channels=nothing)
    whole = FrameReading(
        0, SECOND, 1, HeadPose(1.0, 2.0, 3.0), None, Gaze(1.0, 2.0), Mouth(0.1, 0.4, 0.05)
    )
    recorder.add_frame(whole)
    recorder.add_look(PeopleLook(SECOND, 2))
    recorder.stop()
    (pack,) = journal.of(FrameReadings)
    (frame,) = pack.frames
    assert (frame.gaze, frame.mouth, frame.head) == (None, None, HeadPose(1.0, 2.0, 3.0))
    assert not journal.of(BodyReadings)


def test_nothing_of_a_pause_is_kept_or_shown() -> None:
    journal = ListJournal()
    recorder = Recorder(journal)
    recorder.start("7", SECOND, NO_FRAMES)
    recorder.tick(seen(recorder, 1.0, 2.0) + SECOND // 2, NO_FRAMES, "t1")
    recorder.pause(3 * SECOND, NO_FRAMES, paused=True)
    kept = len(journal.records)
    recorder.tick(seen(recorder, 3.0, 5.0) + SECOND // 2, NO_FRAMES, "t1")
    looked(recorder, 3.0, 5.0)
    assert len(journal.records) == kept
    assert recorder.latest(8 * SECOND) == ()
    assert recorder.interview_id == "7"  # nobody takes the room for idle
    recorder.pause(8 * SECOND, NO_FRAMES, paused=False)
    recorder.tick(seen(recorder, 8.0, 2.0) + SECOND // 2, NO_FRAMES, "t1")
    after = [one for one in journal.of(ScoreWindow) if one.start_mono_ns >= 3 * SECOND]
    assert after
    assert min(one.start_mono_ns for one in after) == 8 * SECOND
