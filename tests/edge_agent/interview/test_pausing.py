"""A candidate pauses: no time counts, nothing is kept, and the interview goes on where it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edge_agent.flow import (
    AnswerEnded,
    AnswerEndReason,
    Permission,
    Phase,
    Policy,
    SkipQuestion,
    TurnEvent,
    TurnEventKind,
)
from edge_agent.interview.presses import DonePressed, PausePressed, ResumePressed
from edge_agent.interview.steps import (
    CloseAnswer,
    Hush,
    PauseRecording,
    ResumeRecording,
    Say,
    VoiceChanged,
)
from tests.edge_agent.interview.helpers import MS, Room, of, plan, question

pytestmark = pytest.mark.unit
ON, OFF = Permission.ON, Permission.OFF
ALLOWED = Policy("kr", "1", ON, ON, ON, ON, ON, OFF, pause_in_answer=True)


def room(*, think_ms: int = 0, policy: Policy | None = ALLOWED, obliging: bool = True) -> Room:
    one = Room(obliging=obliging)
    asked = plan(question(1, think_ms=think_ms, limit_ms=20_000), question(2))
    one.start(replace(asked, policy=policy))
    return one


def phase(room: Room) -> Phase:
    return room.runner.view(room.now_ms * MS).phase


def test_thinking_time_stands_still_in_a_pause() -> None:
    one = room(think_ms=10_000)
    one.wait(4_000)
    one.tell(PausePressed())
    assert phase(one) is Phase.PAUSED
    one.wait(600_000)
    one.tell(ResumePressed())
    assert one.runner.view(one.now_ms * MS).phase_elapsed_ms == 4_000
    one.wait(5_900)
    assert phase(one) is Phase.THINKING
    one.wait(100)
    assert phase(one) is Phase.ANSWERING


def test_an_answer_has_as_much_time_after_a_pause_as_before() -> None:
    one = room()
    one.tell(VoiceChanged(speaking=True))
    one.wait(12_000)
    out = one.tell(PausePressed())
    assert of(out, PauseRecording)
    one.wait(600_000)
    assert not of(one.outputs, CloseAnswer)
    assert of(one.tell(ResumePressed()), ResumeRecording)
    one.wait(7_900)
    assert not of(one.outputs, CloseAnswer)
    one.wait(100)
    assert [end.reason for end in one.written(AnswerEnded)] == [AnswerEndReason.TIME_LIMIT]


def test_silence_begins_anew_after_a_pause() -> None:
    one = room()
    one.speak(2_000)
    one.wait(2_000)
    one.tell(PausePressed())
    one.tell(VoiceChanged(speaking=True))
    one.tell(VoiceChanged(speaking=False))
    one.wait(60_000)
    one.tell(ResumePressed())
    assert not of(one.wait(2_900), CloseAnswer)
    assert of(one.wait(100), CloseAnswer)


def test_who_speaks_when_the_pause_ends_is_heard() -> None:
    one = room()
    one.tell(PausePressed())
    one.tell(VoiceChanged(speaking=True))
    one.tell(ResumePressed())
    assert one.events()[-1] is TurnEventKind.ANSWER_BEGUN


@pytest.mark.parametrize("policy", [None, replace(ALLOWED, pause_in_answer=False)])
def test_where_policy_wants_whole_answers_a_pause_waits_for_the_next_question(
    policy: Policy | None,
) -> None:
    one = room(policy=policy)
    one.tell(PausePressed())
    view = one.runner.view(one.now_ms * MS)
    assert (view.phase, view.pause_waits) == (Phase.ANSWERING, True)
    one.tell(DonePressed())
    view = one.runner.view(one.now_ms * MS)
    assert (view.phase, view.question_id, view.pause_waits) == (Phase.PAUSED, "q2", False)
    assert len(of(one.outputs, Say)) == 1  # the second question is not read into a pause
    one.tell(ResumePressed())
    assert len(of(one.outputs, Say)) == 2


def test_a_pause_that_waits_can_be_taken_back() -> None:
    one = room(policy=None)
    one.tell(PausePressed())
    one.tell(ResumePressed())
    one.tell(DonePressed())
    assert phase(one) is Phase.ANSWERING


def test_a_question_that_was_being_read_is_read_again() -> None:
    one = room(obliging=False)
    assert of(one.tell(PausePressed()), Hush)
    (say,) = of(one.tell(ResumePressed()), Say)
    assert say.text == "Question 1?"


def test_pauses_are_marked_on_the_timeline() -> None:
    one = room()
    one.tell(PausePressed())
    one.tell(ResumePressed())
    marks = [
        (event.kind, event.question_id)
        for event in one.written(TurnEvent)
        if event.kind in {TurnEventKind.PAUSED, TurnEventKind.RESUMED}
    ]
    assert marks == [(TurnEventKind.PAUSED, "q1"), (TurnEventKind.RESUMED, "q1")]


def test_staff_can_go_on_from_a_pause() -> None:
    one = room()
    one.tell(PausePressed())
    one.order(SkipQuestion("no time"))
    assert phase(one) is Phase.ANSWERING
    assert of(one.outputs, ResumeRecording)
    assert one.runner.view(one.now_ms * MS).question_id == "q2"
