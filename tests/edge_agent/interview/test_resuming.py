"""A killed agent goes on with its interview: what it remembers is enough, wherever it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from edge_agent.flow import (
    AnswerEnded,
    Calibration,
    CommandOutcome,
    CommandResult,
    Consent,
    Disturbance,
    EndInterview,
    Phase,
    PushQuestion,
    StartInterview,
    TurnEvent,
    TurnEventKind,
)
from edge_agent.interview import memory as memories
from edge_agent.interview.memory import Memory
from edge_agent.interview.presses import DonePressed
from edge_agent.interview.steps import (
    CheckedIn,
    Consented,
    Input,
    Resumed,
    Say,
    SpeechPlayed,
    StartRecording,
    Tick,
    Write,
)
from tests.edge_agent.interview.helpers import MS, Room, of, plan, question
from tests.edge_agent.interview.test_runner import CALIBRATED
from tests.edge_agent.interview.test_runner_machine import assert_turns_are_nested, play, steps

pytestmark = pytest.mark.unit

BREAK_NS = 5_000 * MS


def killed(room: Room, *, obliging: bool = True) -> Room:
    """Another agent that goes on with what this one remembers, as it was kept."""
    memory = room.runner.memory()
    again = Room(obliging=obliging)
    again.now_ms = room.now_ms + 5_000
    if memory is not None:
        kept = memories.decode(memory.encode())
        assert kept == memory
        again.tell(Resumed(kept, room.now_ms * MS, again.now_ms * MS))
    return again


def test_the_interrupted_question_is_asked_again_as_another_turn_and_the_rest_follows() -> None:
    room = Room()
    room.start(plan(question(1), question(2), question(3)))
    room.tell(DonePressed())
    room.speak(1_000)
    again = killed(room)
    asked = [one for one in again.written(TurnEvent) if one.kind is TurnEventKind.QUESTION_ASKED]
    assert [(one.question_id, one.position) for one in asked] == [("q2", 1)]
    said = of(again.outputs, Say)[0].text
    assert said == "Sorry, we had a short technical break. Here is the question again. Question 2?"
    assert again.runner.view(again.now_ms * MS).again
    again.tell(DonePressed())
    again.tell(DonePressed())
    assert [one.question_id for one in again.written(AnswerEnded)] == ["q2", "q3"]
    assert again.written(TurnEvent)[-1].text == "completed"
    assert not again.runner.view(again.now_ms * MS).again


def test_a_break_is_a_disturbance_of_the_interrupted_turn() -> None:
    room = Room()
    room.start()
    turn_id = room.runner.view(0).turn_id
    again = killed(room)
    assert again.written(Disturbance) == [
        Disturbance(room.now_ms * MS, again.now_ms * MS, "the room's agent was restarted", turn_id)
    ]


def test_what_may_be_lost_with_the_agent_is_said_again() -> None:
    room = Room()
    room.start()
    again = killed(room)
    assert again.written(CommandResult) == [CommandResult("c1", CommandOutcome.DONE, "")]
    assert again.written(Consent) == room.written(Consent)
    assert again.events()[0] is TurnEventKind.INTERVIEW_STARTED


def test_a_calibration_outlives_the_agent_and_is_said_again() -> None:
    room = Room()
    room.start(plan(calibrate=True))
    begun = killed(room)
    room.tell(CALIBRATED)
    again = killed(room)
    assert again.runner.view(0).calibration == CALIBRATED.calibration
    assert again.written(Calibration) == [CALIBRATED.calibration]
    assert not begun.written(Calibration)
    assert begun.runner.view(0).phase is Phase.CALIBRATING


def test_recording_goes_on_only_where_it_was_granted() -> None:
    room = Room()
    room.order(StartInterview(plan()))
    room.tell(CheckedIn())
    again = killed(room)
    assert not of(again.outputs, StartRecording)
    assert again.runner.view(again.now_ms * MS).phase is Phase.CONSENTING
    again.tell(Consented(recording=True, ai_scoring=True))
    assert of(again.outputs, StartRecording)
    assert of(killed(again).outputs, StartRecording)


def test_a_pushed_question_that_waits_is_asked_and_none_is_asked_twice() -> None:
    room = Room()
    room.start(plan(question(1), question(2)))
    room.order(PushQuestion(question(9)))
    room.tell(DonePressed())
    again = killed(room)
    for _ in range(3):
        again.tell(DonePressed())
    assert [one.question_id for one in again.written(AnswerEnded)] == ["q9", "q2"]


def test_a_command_that_was_carried_out_is_not_carried_out_again() -> None:
    room = Room()
    room.start()
    again = killed(room)
    again.order(StartInterview(plan()), name="c1")
    assert len(again.written(CommandResult)) == 1


def test_an_end_that_was_ordered_comes_at_once() -> None:
    room = Room(obliging=False)
    room.start()
    room.tell(SpeechPlayed())
    room.order(EndInterview("enough"))
    assert room.runner.view(0).closing
    again = killed(room)
    assert again.written(TurnEvent)[-1].text == "enough"
    assert not again.written(AnswerEnded)


@pytest.mark.parametrize("over", ["never begun", "declined", "completed"])
def test_nothing_is_remembered_of_an_interview_that_is_over(over: str) -> None:
    room = Room()
    if over == "declined":
        room.order(StartInterview(plan()))
        room.tell(CheckedIn())
        room.tell(Consented(recording=False, ai_scoring=False))
    if over == "completed":
        room.start(plan(question(1)))
        room.tell(DonePressed())
    assert room.runner.memory() is None


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"null", b'{"version": 2}', b'{"version": 1, "plan": {}}', b"\xff"]
)
def test_a_damaged_memory_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - any: the file is left out then
        memories.decode(data)


@settings(max_examples=300, deadline=None)
@given(steps, steps)
def test_wherever_it_is_killed_each_question_ends_once_and_turns_are_nested(
    before: list[tuple[Input, int]], after: list[tuple[Input, int]]
) -> None:
    room = play(before, obliging=True)
    memory = room.runner.memory()
    again = killed(room)
    for told, later_ms in after:
        again.now_ms += later_ms
        again.tell(told)
    open_now = memory is not None and memory.question is not None
    assert_turns_are_nested(again.outputs, memory.position - open_now if memory else 0)
    if memory is not None:
        ended = [one.question_id for one in [*_ended(room, memory), *_ended(again, memory)]]
        assert len(set(ended)) == len(ended)


@settings(max_examples=100, deadline=None)
@given(steps)
def test_a_resumed_interview_ends_by_itself(before: list[tuple[Input, int]]) -> None:
    again = killed(play(before, obliging=True))
    if again.runner.view(0).phase in {Phase.IDLE, Phase.WAITING, Phase.CONSENTING}:
        return
    for _ in range(400):
        again.now_ms += 1_000
        again.tell(Tick())
    assert again.runner.view(again.now_ms * MS).phase is Phase.IDLE


def _ended(room: Room, memory: Memory) -> list[AnswerEnded]:
    """Answers of the interview that is remembered; its id may come again later, in another order."""
    answers: list[AnswerEnded] = []
    for one in room.outputs:
        if isinstance(one, Write) and one.interview_id == memory.plan.interview_id:
            if isinstance(one.value, AnswerEnded):
                answers.append(one.value)
            if one.value == TurnEvent(TurnEventKind.INTERVIEW_STARTED):
                answers.clear()
    return answers
