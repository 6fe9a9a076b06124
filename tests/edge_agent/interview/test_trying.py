"""Camera and sound, then a practice question: skippable, and nothing of them is recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edge_agent.flow import InterviewPlan, Phase, StartInterview, TurnEventKind
from edge_agent.interview.limits import CHECKING_LIMIT_MS, PRACTICE_ANSWER_MS, PRACTICE_LIMIT_MS
from edge_agent.interview.presses import (
    DevicesTried,
    DonePressed,
    RepeatPressed,
    SentenceWanted,
    SkipPressed,
)
from edge_agent.interview.steps import (
    CheckedIn,
    Consented,
    Hush,
    Input,
    LanguageChosen,
    OpenAnswer,
    Say,
    SpeechPlayed,
    StartRecording,
)
from edge_agent.interview.words import can_you_hear, practice_question
from tests.edge_agent.interview.helpers import Room, of, plan, question
from tests.edge_agent.interview.test_resuming import killed

pytestmark = pytest.mark.unit
PRACTICE = practice_question("en")


def trying(*, devices: bool = True, practice: bool = True, **more: bool) -> InterviewPlan:
    return replace(
        plan(question(1), calibrate=more.get("calibrate", False)),
        check_devices=devices,
        practice=practice,
    )


def consented(held: InterviewPlan, *, obliging: bool = False, language: str = "") -> Room:
    room = Room(obliging=obliging)
    room.order(StartInterview(held))
    room.tell(LanguageChosen(language))
    room.tell(CheckedIn())
    room.tell(Consented(recording=True, ai_scoring=True))
    return room


def phase(room: Room) -> Phase:
    return room.runner.view(0).phase


@pytest.mark.parametrize(
    ("devices", "practice", "phases"),
    [
        (True, True, [Phase.CHECKING, Phase.PRACTISING, Phase.ASKING]),
        (True, False, [Phase.CHECKING, Phase.ASKING]),
        (False, True, [Phase.PRACTISING, Phase.ASKING]),
        (False, False, [Phase.ASKING]),
    ],
)
def test_what_the_plan_wants_comes_between_consent_and_questions(
    devices: bool, practice: bool, phases: list[Phase]
) -> None:
    room = consented(trying(devices=devices, practice=practice))
    seen = [phase(room)]
    for told in (DevicesTried(), SkipPressed()):
        room.tell(told)
        if phase(room) is not seen[-1]:
            seen.append(phase(room))
        if seen[-1] is Phase.ASKING:
            break
    assert seen == phases


def test_nothing_is_recorded_before_both_are_over() -> None:
    room = consented(trying())
    room.tell(DevicesTried())
    room.tell(SpeechPlayed())
    room.speak(4_000)
    assert of(room.outputs, StartRecording) == []
    room.tell(DonePressed())
    assert len(of(room.outputs, StartRecording)) == 1
    assert of(room.outputs, OpenAnswer) == []
    assert room.events()[-1] is TurnEventKind.QUESTION_ASKED


def test_the_calibration_follows_the_practice() -> None:
    room = consented(trying(calibrate=True))
    room.tell(DevicesTried())
    room.tell(SkipPressed())
    assert phase(room) is Phase.CALIBRATING


def test_the_room_speaks_the_language_that_was_chosen() -> None:
    room = consented(trying(), language="ko")
    room.tell(SentenceWanted())
    room.tell(DevicesTried())
    said = of(room.outputs, Say)
    assert [one.text for one in said] == [can_you_hear("ko"), practice_question("ko")]
    assert {one.language for one in said} == {"ko"}


def test_the_practice_answer_opens_when_its_question_was_read_and_ends_by_itself() -> None:
    room = consented(trying(devices=False))
    view = room.runner.view(0).trying
    assert view is not None
    assert (view.said, view.listening_ms) == (PRACTICE, None)
    room.tell(SpeechPlayed(of(room.outputs, Say)[-1].say_id))
    room.wait(PRACTICE_ANSWER_MS - 100)
    view = room.runner.view(room.now_ms * 1_000_000).trying
    assert view is not None
    assert view.listening_ms == PRACTICE_ANSWER_MS - 100
    room.wait(200)
    assert phase(room) is Phase.ASKING


@pytest.mark.parametrize(
    ("told", "limit_ms"), [(None, CHECKING_LIMIT_MS), (DevicesTried(), PRACTICE_LIMIT_MS)]
)
def test_an_empty_chair_holds_nothing_up(told: Input | None, limit_ms: int) -> None:
    room = consented(trying())
    if told is not None:
        room.tell(told)
    before = phase(room)
    room.wait(limit_ms - 100)
    assert phase(room) is before
    room.wait(200)
    assert phase(room) is not before


def test_a_question_is_read_again_and_what_is_said_is_cut_first() -> None:
    room = consented(trying(devices=False))
    out = room.tell(RepeatPressed())
    assert isinstance(out[0], Hush)
    assert [one.text for one in of(out, Say)] == [PRACTICE]


def test_a_killed_agent_leaves_the_tries_out_and_keeps_the_calibration() -> None:
    room = consented(trying(calibrate=True))
    again = killed(room)
    assert phase(again) is Phase.CALIBRATING
    assert len(of(again.outputs, StartRecording)) == 1
