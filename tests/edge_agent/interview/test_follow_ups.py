"""What a room does with a follow-up that it holds: asks it next, or forgets it, and waits for none."""

from __future__ import annotations

import pytest

from edge_agent.flow import (
    CommandOutcome,
    CommandResult,
    EndInterview,
    HoldFollowUp,
    PushQuestion,
    TurnEvent,
    TurnEventKind,
)
from edge_agent.interview.presses import DonePressed, SkipPressed
from edge_agent.interview.runner import Runner
from edge_agent.interview.steps import (
    Resumed,
)
from tests.edge_agent.interview.helpers import MS, Room, question

pytestmark = pytest.mark.unit


def asked(room: Room) -> list[str]:
    events = room.written(TurnEvent)
    return [one.question_id for one in events if one.kind is TurnEventKind.QUESTION_ASKED]


def held(number: int = 8, after: str = "q1", utterances: int = 1) -> HoldFollowUp:
    return HoldFollowUp(question(number), after, utterances)


def room(*, said: bool = True) -> Room:
    """At its first question; an answer has one utterance in the end."""
    it = Room()
    it.start()
    if said:
        it.speak(2_000)
    return it


def outcome(it: Room, command_id: str) -> CommandOutcome:
    return next(one.outcome for one in it.written(CommandResult) if one.command_id == command_id)


def test_a_held_follow_up_is_asked_right_after_its_answer() -> None:
    it = room()
    command = it.order(held())
    it.wait(3_000)
    assert outcome(it, command) is CommandOutcome.DONE
    assert asked(it) == ["q1", "q8"]
    it.tell(DonePressed())
    assert asked(it) == ["q1", "q8", "q2"]


def test_the_latest_counts_and_none_may_be_held_any_more() -> None:
    it = room()
    it.order(held(8))
    it.order(held(9))
    it.tell(DonePressed())
    assert asked(it) == ["q1", "q9"]
    it.order(held(10, after="q9"))
    it.order(HoldFollowUp(None, "q9", 1))
    it.tell(DonePressed())
    assert asked(it) == ["q1", "q9", "q2"]


def test_one_that_was_made_before_the_last_words_is_forgotten() -> None:
    it = room()
    it.order(held(utterances=0))
    it.tell(DonePressed())
    assert asked(it) == ["q1", "q2"]


def test_one_that_comes_late_is_refused_and_nobody_waited() -> None:
    it = room()
    it.tell(DonePressed())
    assert asked(it) == ["q1", "q2"]
    command = it.order(held())
    assert outcome(it, command) is CommandOutcome.REFUSED
    it.tell(DonePressed())
    assert asked(it) == ["q1", "q2"]


def test_who_skips_is_not_followed_up() -> None:
    it = room()
    it.order(held())
    it.tell(SkipPressed())
    assert asked(it) == ["q1", "q2"]


def test_who_says_nothing_is_not_followed_up() -> None:
    it = room(said=False)
    it.order(held())
    it.wait(16_000)
    assert asked(it) == ["q1", "q2"]


def test_a_person_who_pushes_a_question_goes_first() -> None:
    it = room()
    it.order(held())
    it.order(PushQuestion(question(5)))
    it.tell(DonePressed())
    assert asked(it) == ["q1", "q5"]
    it.tell(DonePressed())
    assert asked(it) == ["q1", "q5", "q2"]


def test_an_interview_that_ends_asks_nothing_more() -> None:
    it = room()
    it.order(held())
    it.order(EndInterview("enough"))
    assert asked(it) == ["q1"]


def test_a_follow_up_may_follow_a_follow_up_and_none_is_asked_twice() -> None:
    it = room()
    it.order(held(8))
    it.tell(DonePressed())
    it.order(held(9, after="q8"))
    it.tell(DonePressed())
    command = it.order(held(8, after="q9"))
    assert outcome(it, command) is CommandOutcome.REFUSED
    it.tell(DonePressed())
    assert asked(it) == ["q1", "q8", "q9", "q2"]


def test_what_was_held_when_the_agent_was_killed_is_forgotten() -> None:
    """The answer begins anew, and so does what may be missing from it."""
    it = room()
    it.order(held())
    memory = it.runner.memory()
    assert memory is not None
    it.runner = Runner(lambda: "again")
    it.tell(Resumed(memory, 0, it.now_ms * MS))
    it.tell(DonePressed())
    assert asked(it) == ["q1", "q1", "q2"]
