"""Policy and consent decide together what a room measures, and nothing else does."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest

from edge_agent.flow import (
    ALL_BUT_EMOTION,
    EVERYTHING,
    Calibration,
    CalibrationOutcome,
    Channels,
    Consent,
    EmotionNeutral,
    EmotionReadings,
    InterviewPlan,
    Permission,
    Phase,
    Policy,
    StartInterview,
)
from edge_agent.interview.memory import decode
from edge_agent.interview.policy import EMOTION_NOTICE
from edge_agent.interview.runner import Runner
from edge_agent.interview.steps import (
    Calibrated,
    CalibrationBegun,
    CalibrationEnded,
    CheckedIn,
    Consented,
    Resumed,
    StartRecording,
)
from tests.edge_agent.interview.helpers import MS, Room, of, plan

pytestmark = pytest.mark.unit

ON, OFF = Permission.ON, Permission.OFF
SCORED, ASKED = Permission.WITH_SCORING, Permission.WITH_CONSENT
KR = Policy("kr", "1", ON, ON, ON, ON, ON, ASKED)
EU = Policy("eu", "1", ON, OFF, ON, ON, ON, OFF)
ILLINOIS = Policy("us-il", "1", SCORED, OFF, SCORED, SCORED, SCORED, OFF)
NOTHING = Channels(False, False, False, False, False)
REST = EmotionNeutral(30, (-1.0,) * 7)
CALIBRATED = Calibration(CalibrationOutcome.CALIBRATED, 1.0)


def held(policy: Policy | None, *, calibrate: bool = True) -> InterviewPlan:
    return replace(plan(calibrate=calibrate), policy=policy)


def agreed(
    policy: Policy | None,
    *,
    scoring: bool = True,
    emotion: bool | None = True,
    able: Channels = EVERYTHING,
    calibrate: bool = True,
) -> Room:
    """Up to the choice."""
    room = Room()
    room.runner = Runner(iter(map(str, range(99))).__next__, able)
    room.order(StartInterview(held(policy, calibrate=calibrate)))
    room.tell(CheckedIn())
    room.tell(Consented(recording=True, ai_scoring=scoring, emotion=emotion))
    return room


def measured(room: Room) -> Channels:
    return room.runner.view(room.now_ms * MS).channels


@pytest.mark.parametrize(
    ("policy", "scoring", "emotion", "expected"),
    [
        (KR, True, True, EVERYTHING),
        (KR, True, False, ALL_BUT_EMOTION),
        (KR, True, None, ALL_BUT_EMOTION),
        (KR, False, True, ALL_BUT_EMOTION),
        (EU, True, True, Channels(expression=False)),
        (ILLINOIS, True, True, Channels(expression=False)),
        (ILLINOIS, False, True, NOTHING),
        (replace(EU, emotion=ON), True, True, Channels(expression=False)),
        (None, True, True, ALL_BUT_EMOTION),
    ],
)
def test_what_is_measured_follows_from_policy_and_consent(
    policy: Policy | None, scoring: bool, emotion: bool | None, expected: Channels
) -> None:
    room = agreed(policy, scoring=scoring, emotion=emotion)
    assert measured(room) == expected
    (started,) = of(room.outputs, StartRecording)
    assert started.channels == expected


def test_before_the_choice_nothing_that_rests_on_it_is_measured() -> None:
    room = Room()
    room.order(StartInterview(held(ILLINOIS)))
    assert measured(room) == NOTHING
    room = Room()
    room.order(StartInterview(held(KR)))
    assert measured(room) == ALL_BUT_EMOTION


def test_a_room_measures_no_more_than_it_is_able_to() -> None:
    room = agreed(KR, able=Channels(hands=False, emotion=False))
    assert measured(room) == Channels(hands=False)


@pytest.mark.parametrize(
    ("policy", "able", "calibrate", "asked"),
    [
        (KR, EVERYTHING, True, True),
        (KR, ALL_BUT_EMOTION, True, False),  # its model is not there
        (KR, EVERYTHING, False, False),  # there will be no face at rest
        (EU, EVERYTHING, True, False),
        (None, EVERYTHING, True, False),
    ],
)
def test_emotion_is_asked_for_only_where_it_could_be_measured(
    policy: Policy | None, able: Channels, calibrate: bool, asked: bool
) -> None:
    room = agreed(policy, able=able, calibrate=calibrate, emotion=True)
    version = room.runner.view(room.now_ms * MS).emotion_notice_version
    assert version == (EMOTION_NOTICE if asked else "")
    (given,) = room.written(Consent)
    assert given.emotion is (True if asked else None)
    assert given.emotion_notice_version == version


def test_without_a_face_at_rest_emotion_is_measured_no_longer_and_central_is_told() -> None:
    room = agreed(KR)
    room.tell(CalibrationEnded(CalibrationOutcome.SKIPPED))
    assert measured(room) == ALL_BUT_EMOTION
    assert room.written(EmotionReadings) == [EmotionReadings((), neutral=EmotionNeutral(0, None))]


def test_with_a_face_at_rest_it_goes_on_until_the_interview_ends() -> None:
    room = agreed(KR)
    room.tell(CalibrationBegun())
    room.tell(Calibrated(CALIBRATED, REST))
    assert room.written(EmotionReadings) == [EmotionReadings((), neutral=REST)]
    assert measured(room) == EVERYTHING
    assert room.runner.view(0).emotion_rest == REST
    room.runner._finish("ended")
    assert measured(room) == ALL_BUT_EMOTION


def test_who_declined_leaves_no_trace_of_a_face_at_rest() -> None:
    room = agreed(KR, emotion=False)
    room.tell(CalibrationBegun())
    room.tell(Calibrated(CALIBRATED, REST))
    assert room.written(EmotionReadings) == []


def test_a_killed_agent_goes_on_measuring_just_what_it_measured() -> None:
    room = agreed(KR)
    room.tell(CalibrationBegun())
    room.tell(Calibrated(CALIBRATED, REST))
    memory = room.runner.memory()
    assert memory is not None
    again = Room()
    again.tell(Resumed(decode(memory.encode()), 0, 1))
    view = again.runner.view(0)
    assert (view.phase, view.channels, view.emotion_rest) == (Phase.ANSWERING, EVERYTHING, REST)
    (started,) = of(again.outputs, StartRecording)
    assert asdict(started.channels) == asdict(EVERYTHING)
