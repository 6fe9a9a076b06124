"""The calibrator between vision and recorder: a real interview, a simulated candidate, no room."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edge_agent.calibration import Calibrator
from edge_agent.config import Screen as Settings
from edge_agent.flow import (
    Abstention,
    Calibration,
    CalibrationOutcome,
    EmotionGlance,
    EmotionLook,
    EmotionReadings,
    FrameReading,
    Permission,
    Phase,
    Policy,
    StartInterview,
    VoiceFrame,
)
from edge_agent.interview.steps import (
    CalibrationBegun,
    CalibrationEnded,
    CheckedIn,
    Consented,
    Resumed,
)
from tests.edge_agent.gaze.simulation import Subject
from tests.edge_agent.interview.helpers import MS, Room, plan

pytestmark = pytest.mark.unit


class Seat:
    """A room's clockwork: ticks ten times a second, and a subject who looks at what is shown."""

    def __init__(self, room: Room, subject: Subject) -> None:
        self.room, self.subject = room, subject
        self.frames: list[FrameReading] = []
        self.looks: list[EmotionLook] = []
        self.calibrator = Calibrator(
            Settings(), pass_on=self.frames.append, pass_look=self.looks.append
        )
        self.target = (0.5, 0.5)

    def sit(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.room.wait(100)
            now_ns = self.room.now_ms * MS
            self.calibrator.tick(self.room.runner.view(now_ns), now_ns, self.room.tell)
            shown = self.calibrator.status(now_ns)
            if shown:
                self.target = (shown.x_ratio, shown.y_ratio)
            self.calibrator.hear(VoiceFrame(0, 0.9, -28.0))
            self.calibrator.see(self.subject.read(now_ns / 1e9, self.target))

    @property
    def phase(self) -> Phase:
        return self.room.runner.view(0).phase


def begun() -> Seat:
    room = Room(obliging=False)
    room.start(plan(calibrate=True))
    seat = Seat(room, Subject(3))
    seat.sit(2)
    assert seat.calibrator.status(0) is None
    room.tell(CalibrationBegun())
    return seat


def test_after_the_points_every_frame_says_where_on_the_screen_the_candidate_looks() -> None:
    seat = begun()
    seat.sit(60)
    (found,) = seat.room.written(Calibration)
    assert found.outcome is CalibrationOutcome.CALIBRATED
    assert found.neutral is not None
    assert found.neutral.voice_level_dbfs == -28.0
    assert seat.phase is not Phase.CALIBRATING
    assert seat.calibrator.status(0) is None
    assert all(one.screen is None for one in seat.frames[:200])

    seat.frames.clear()
    seat.target = (0.25, 0.7)
    seat.sit(2)
    screens = [one.screen for one in seat.frames if one.screen]
    assert len(screens) == 20
    assert all(one.on_screen for one in screens)
    mean_x = sum(one.x_ratio for one in screens) / 20
    mean_y = sum(one.y_ratio for one in screens) / 20
    assert (mean_x, mean_y) == pytest.approx((0.25, 0.7), abs=0.08)


def test_a_skip_halfway_ends_the_points_at_once_and_gaze_stays_uncalibrated() -> None:
    seat = begun()
    seat.sit(8)
    assert seat.calibrator.status(0) is not None
    seat.room.tell(CalibrationEnded(CalibrationOutcome.SKIPPED))
    seat.sit(1)
    assert seat.calibrator.status(0) is None
    assert seat.room.written(Calibration) == [Calibration(CalibrationOutcome.SKIPPED, None)]
    assert all(one.screen is None for one in seat.frames)


def test_an_agent_that_was_killed_goes_on_with_the_calibration_it_had() -> None:
    seat = begun()
    seat.sit(60)
    memory = seat.room.runner.memory()
    assert memory is not None
    room = Room(obliging=False)
    room.now_ms = seat.room.now_ms + 5_000
    room.tell(Resumed(memory, 0, 1))
    again = Seat(room, seat.subject)
    again.sit(1)
    assert again.frames[-1].screen is not None


def test_the_next_candidate_is_not_measured_with_the_eyes_of_the_last() -> None:
    seat = begun()
    seat.sit(60)
    view = seat.room.runner.view(seat.room.now_ms * MS)
    seat.calibrator.tick(replace(view, calibration=None), 0, lambda _told: None)
    seat.calibrator.see(seat.subject.read(100.0, (0.5, 0.5)))
    assert seat.frames[-1].screen is None


SERIOUS = (-2.0, -4.0, -4.0, -5.0, -0.3, -4.0, -3.0)
"""What a network says of a resting face that it calls sad."""


@pytest.mark.parametrize(("emotion", "answered"), [(True, True), (False, False)])
def test_glances_become_looks_once_the_face_at_rest_is_known_and_never_before(
    emotion: bool, answered: bool
) -> None:
    on = Permission.ON
    policy = Policy("kr", "1", on, on, on, on, on, Permission.WITH_CONSENT)
    room = Room(obliging=False)
    room.order(StartInterview(replace(plan(calibrate=True), policy=policy)))
    room.tell(CheckedIn())
    room.tell(Consented(recording=True, ai_scoring=True, emotion=emotion))
    seat = Seat(room, Subject(3))
    room.tell(CalibrationBegun())
    for _ in range(60):
        seat.sit(1)
        for n in range(5):
            seat.calibrator.glance(EmotionGlance(room.now_ms * MS - n * 200 * MS, SERIOUS))
        if seat.phase is Phase.CALIBRATING:
            assert seat.looks == []
    told = room.written(EmotionReadings)
    assert [one.neutral is not None and one.neutral.log_p for one in told] == [SERIOUS] * answered
    seat.looks.clear()
    seat.calibrator.glance(EmotionGlance(7, SERIOUS))
    seat.calibrator.glance(EmotionGlance(8, None, Abstention.TURNED))
    assert [one.mono_ns for one in seat.looks] == [7, 8] * answered
    if answered:
        assert seat.looks[0].probabilities is not None
        assert max(seat.looks[0].probabilities) == seat.looks[0].probabilities[-1]  # neutral
        assert seat.looks[1].abstained is Abstention.TURNED
