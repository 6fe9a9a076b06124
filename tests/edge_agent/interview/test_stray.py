"""A second tap is for nobody: not for the next question, and not for the answer it has just opened."""

from __future__ import annotations

import pytest

from edge_agent.flow import (
    AnswerEnded,
    AnswerEndReason,
    CommandOutcome,
    CommandResult,
    MarkDisturbed,
    Phase,
    SkipQuestion,
)
from edge_agent.interview.presses import DoesNotKnowPressed, DonePressed, SkipPressed
from edge_agent.interview.stray import DOUBLE_TAP_MS
from edge_agent.interview.view import RunnerView
from tests.edge_agent.interview.helpers import MS, Room, plan, question

pytestmark = pytest.mark.unit


def shown(room: Room) -> RunnerView:
    return room.runner.view(room.now_ms * MS)


def thinking() -> Room:
    room = Room()
    room.start(plan(question(1, think_ms=30_000), question(2, think_ms=30_000)))
    assert shown(room).phase is Phase.THINKING
    return room


@pytest.mark.parametrize("press", [SkipPressed, DoesNotKnowPressed])
def test_pressed_twice_at_a_question_that_nobody_has_answered_one_question_is_left(
    press: type[SkipPressed | DoesNotKnowPressed],
) -> None:
    room = thinking()
    first = shown(room).turn_id
    room.tell(press(first))
    room.tell(press(first))
    assert shown(room).question_id == "q2"
    room.tell(press(shown(room).turn_id))
    assert [one.question_id for one in room.written(AnswerEnded)] == ["q1", "q2"]


def test_skipping_the_practice_twice_skips_no_question() -> None:
    room = thinking()
    room.tell(SkipPressed(""))
    assert shown(room).question_id == "q1"


@pytest.mark.parametrize(("after_ms", "ends"), [(0, False), (400, False), (DOUBLE_TAP_MS, True)])
def test_starting_with_two_taps_ends_no_answer(after_ms: int, ends: bool) -> None:
    room = thinking()
    room.tell(DonePressed(shown(room).turn_id))
    assert shown(room).phase is Phase.ANSWERING
    room.wait(after_ms)
    room.tell(DonePressed(shown(room).turn_id))
    assert bool(room.written(AnswerEnded)) is ends


def test_ending_a_disturbed_answer_with_two_taps_leaves_the_offer_to_answer_again() -> None:
    room = Room()
    room.start()
    room.speak(4_000)
    room.order(MarkDisturbed("noise"))
    room.tell(DonePressed(shown(room).turn_id))
    room.tell(DonePressed(shown(room).turn_id))
    assert shown(room).phase is Phase.OFFERING
    room.wait(DOUBLE_TAP_MS)
    room.tell(DonePressed(shown(room).turn_id))
    assert [one.reason for one in room.written(AnswerEnded)] == [AnswerEndReason.DONE]


def test_an_order_to_skip_what_is_over_is_refused_and_says_why() -> None:
    room = thinking()
    seen = shown(room).turn_id
    room.order(SkipQuestion("off topic", seen), name="once")
    room.order(SkipQuestion("off topic", seen), name="twice")
    assert shown(room).question_id == "q2"
    told = {one.command_id: one for one in room.written(CommandResult)}
    assert told["once"].outcome is CommandOutcome.DONE
    assert told["twice"].outcome is CommandOutcome.REFUSED
    assert told["twice"].detail == "Another question is being asked by now."
