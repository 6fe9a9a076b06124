"""Noise and faults are the room's: the span is written down; the candidate may answer again, once."""

from __future__ import annotations

import pytest

from edge_agent.flow import (
    AnswerEnded,
    AnswerEndReason,
    CommandOutcome,
    CommandResult,
    Disturbance,
    EndInterview,
    MarkDisturbed,
    Phase,
)
from edge_agent.interview.presses import (
    AnswerAgainPressed,
    DoesNotKnowPressed,
    DonePressed,
    SkipPressed,
)
from edge_agent.interview.spoiling import OFFER_SHOWN_MS
from edge_agent.interview.steps import (
    Disturbed,
    Say,
)
from tests.edge_agent.interview.helpers import MS, Room, of

pytestmark = pytest.mark.unit
NOISE = MarkDisturbed("noise")


def answering() -> Room:
    room = Room()
    room.start()
    room.speak(4_000)
    return room


def phase(room: Room) -> Phase:
    return room.runner.view(room.now_ms * MS).phase


def lost(room: Room, ms: int) -> None:
    now_ns = room.now_ms * MS
    room.tell(Disturbed("device", now_ns, now_ns - ms * MS, written=True))


def reasons(room: Room) -> list[AnswerEndReason]:
    return [one.reason for one in room.written(AnswerEnded)]


def test_what_staff_mark_goes_back_to_the_beginning_of_the_answer_or_to_the_last_mark() -> None:
    room = answering()
    first_ns = room.now_ms * MS
    room.order(NOISE)
    room.wait(1_000)
    room.order(NOISE)
    first, second = room.written(Disturbance)
    turn_id = room.runner.view(first_ns).turn_id
    assert (first.to_mono_ns, first.cause, first.turn_id) == (first_ns, "noise", turn_id)
    assert (second.from_mono_ns, second.to_mono_ns) == (first_ns, room.now_ms * MS)


def test_who_answers_again_has_both_answers_at_the_same_place() -> None:
    room = answering()
    room.order(NOISE)
    room.tell(DonePressed())
    assert (phase(room), reasons(room)) == (Phase.OFFERING, [])
    room.tell(AnswerAgainPressed())
    view = room.runner.view(room.now_ms * MS)
    assert (view.question_id, view.position, view.again) == ("q1", 0, "noise")
    assert of(room.outputs, Say)[-1].text.startswith("Sorry for the disturbance.")
    room.speak(2_000)
    room.order(NOISE)
    room.tell(DonePressed())  # once: a second answer stands as it is
    assert reasons(room) == [AnswerEndReason.DISTURBED, AnswerEndReason.DONE]
    assert room.runner.view(room.now_ms * MS).question_id == "q2"


def test_nobody_has_to_wait_for_the_end_of_a_spoiled_answer() -> None:
    room = answering()
    room.order(NOISE)
    room.tell(AnswerAgainPressed())
    assert reasons(room) == [AnswerEndReason.DISTURBED]
    assert room.runner.view(room.now_ms * MS).again == "noise"


@pytest.mark.parametrize("by_time", [False, True])
def test_who_keeps_the_answer_goes_on_and_so_does_an_offer_that_nobody_takes(
    by_time: bool,
) -> None:
    room = answering()
    room.order(NOISE)
    room.tell(DonePressed())
    room.wait(OFFER_SHOWN_MS) if by_time else room.tell(DonePressed())
    assert reasons(room) == [AnswerEndReason.DONE]
    assert room.runner.view(room.now_ms * MS).question_id == "q2"


@pytest.mark.parametrize(("ms", "offered"), [(200, False), (999, False), (1_000, True)])
def test_lost_sound_offers_another_try_where_it_is_a_second_or_more(
    ms: int,
    offered: bool,
) -> None:
    room = answering()
    lost(room, ms)
    assert room.written(Disturbance) == []  # hearing has written it
    room.tell(DonePressed())
    assert (phase(room) is Phase.OFFERING) is offered


@pytest.mark.parametrize("press", [SkipPressed(), DoesNotKnowPressed()])
def test_who_chose_to_give_no_answer_is_not_asked_again(
    press: SkipPressed | DoesNotKnowPressed,
) -> None:
    room = answering()
    room.order(NOISE)
    room.tell(press)
    assert room.runner.view(room.now_ms * MS).question_id == "q2"


def test_an_interview_that_ends_meanwhile_keeps_the_answer() -> None:
    room = answering()
    room.order(NOISE)
    room.tell(DonePressed())
    room.order(EndInterview("late"))
    assert (phase(room), reasons(room)) == (Phase.FINISHED, [AnswerEndReason.DONE])


def test_without_an_open_answer_there_is_nothing_to_mark() -> None:
    room = Room(obliging=False)
    room.start()
    name = room.order(NOISE)
    (result,) = [one for one in room.written(CommandResult) if one.command_id == name]
    assert (result.outcome, result.detail) == (CommandOutcome.REFUSED, "No answer is open.")
    room.tell(AnswerAgainPressed())
    assert room.written(AnswerEnded) == []
