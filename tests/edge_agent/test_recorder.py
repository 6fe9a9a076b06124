"""What is measured leaves the room only while the candidate has consented to it."""

from __future__ import annotations

import pytest

from edge_agent.flow import Channel, FrameReading, FrameReadings, HeadPose, VisionCounts
from edge_agent.recorder import Recorder
from tests.fakes.list_journal import ListJournal

pytestmark = pytest.mark.unit

SECOND = 1_000_000_000
NO_FRAMES = VisionCounts(0, 0, 0, 0)


def seen(recorder: Recorder, from_s: float, seconds: float) -> int:
    """30 frames a second with a head; the time of the last."""
    first_ns = round(from_s * SECOND)
    times = [first_ns + n * SECOND // 30 for n in range(round(seconds * 30))]
    for index, mono_ns in enumerate(times):
        recorder.add_frame(FrameReading(index, mono_ns, faces=1, head=HeadPose(5.0, 0.0, 0.0)))
    return times[-1]


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
