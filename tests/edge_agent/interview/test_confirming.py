"""The candidate reads what was understood and corrects it; nothing of that holds the end up for ever."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_agent.flow import (
    AnswerConfirmed,
    AnswerWords,
    ConfirmVerdict,
    Correction,
    EndInterview,
    InterviewPlan,
    Permission,
    Phase,
    Policy,
    PushQuestion,
    TurnEvent,
    TurnEventKind,
    UtteranceWords,
)
from edge_agent.interview.confirming import MOST_WRITTEN, Sentence
from edge_agent.interview.limits import CONFIRMING_LIMIT_MS, CONFIRMING_QUIET_MS, WORDS_WAIT_MS
from edge_agent.interview.memory import decode
from edge_agent.interview.presses import (
    ConfirmingLeft,
    DoesNotKnowPressed,
    DonePressed,
    SentenceCorrected,
    StillReading,
    WordsMisheard,
    WordsRight,
)
from edge_agent.interview.runner import Runner
from edge_agent.interview.steps import Input, Resumed, StartRecording, StopRecording, WordsArrived
from tests.edge_agent.interview.helpers import MS, Room, of, plan, question

pytestmark = pytest.mark.unit

ON, OFF = Permission.ON, Permission.OFF
ASKS = Policy("eu", "1", ON, ON, ON, ON, ON, OFF, confirm_transcript=True)
RIGHT, MISHEARD = ConfirmVerdict.RIGHT, ConfirmVerdict.MISHEARD


def held(policy: Policy | None = ASKS, *, questions: int = 2) -> InterviewPlan:
    return replace(plan(*(question(n) for n in range(1, questions + 1))), policy=policy)


def answered(policy: Policy | None = ASKS, *, questions: int = 2) -> Room:
    """After the last answer; turns are id1, id2, ..."""
    room = Room()
    room.start(held(policy, questions=questions))
    for _ in range(questions):
        room.tell(DonePressed())
    return room


def words(turn: int, *texts: str, whole: bool = True) -> AnswerWords:
    said = tuple(UtteranceWords(f"u{turn}.{n}", text) for n, text in enumerate(texts))
    return AnswerWords(f"id{turn}", said, whole)


def arrive(room: Room, *answers: AnswerWords) -> None:
    room.tell(WordsArrived(answers))


def phase(room: Room) -> Phase:
    return room.runner.view(room.now_ms * MS).phase


def shown(room: Room) -> tuple[str, tuple[str, ...]]:
    view = room.runner.view(room.now_ms * MS).confirming
    assert view is not None
    return view.turn_id, tuple(one.text for one in view.sentences)


def ends(room: Room) -> list[str]:
    return [
        one.text for one in room.written(TurnEvent) if one.kind is TurnEventKind.INTERVIEW_FINISHED
    ]


@pytest.mark.parametrize("policy", [None, replace(ASKS, confirm_transcript=False)])
def test_where_policy_does_not_ask_the_interview_ends_as_before(policy: Policy | None) -> None:
    room = answered(policy)
    assert phase(room) is Phase.FINISHED
    assert ends(room) == ["completed"]


def test_answers_are_read_one_after_the_other_and_then_it_ends() -> None:
    room = answered()
    assert phase(room) is Phase.CONFIRMING
    assert of(room.outputs, StopRecording)
    assert ends(room) == []
    arrive(room, words(1, "we use cooper net is", "it went well"), words(2, "thank you"))
    assert shown(room) == ("id1", ("we use cooper net is", "it went well"))
    room.tell(SentenceCorrected("id1", "u1.0", "we use  Kubernetes\n"))
    room.tell(WordsRight("id1"))
    assert shown(room) == ("id2", ("thank you",))
    room.tell(WordsMisheard("id2"))
    assert room.written(AnswerConfirmed) == [
        AnswerConfirmed("id1", RIGHT, ("u1.0", "u1.1"), (Correction("u1.0", "we use Kubernetes"),)),
        AnswerConfirmed("id2", MISHEARD, ("u2.0",), ()),
    ]
    assert phase(room) is Phase.FINISHED
    assert ends(room) == ["completed"]


def test_a_finger_that_presses_twice_confirms_one_answer() -> None:
    room = answered()
    arrive(room, words(1, "one"), words(2, "two"))
    room.tell(WordsRight("id1"))
    room.tell(WordsRight("id1"))
    assert [one.turn_id for one in room.written(AnswerConfirmed)] == ["id1"]
    assert shown(room) == ("id2", ("two",))


@pytest.mark.parametrize(
    "written", ["", "   ", "we use it", " we  use it\n"], ids=["cleared", "blank", "same", "spaces"]
)
def test_what_was_not_changed_is_no_correction(written: str) -> None:
    room = answered()
    arrive(room, words(1, "we use it"))
    room.tell(SentenceCorrected("id1", "u1.0", "we lose it"))
    room.tell(SentenceCorrected("id1", "u1.0", written))
    room.tell(WordsRight("id1"))
    assert room.written(AnswerConfirmed)[0].corrections == ()


def test_nothing_is_corrected_that_is_not_shown_and_not_without_bound() -> None:
    room = answered()
    arrive(room, words(1, "one", "more"), words(2, "two"))
    room.tell(SentenceCorrected("id2", "u2.0", "three"))
    room.tell(SentenceCorrected("id1", "u9.9", "three"))
    room.tell(SentenceCorrected("id1", "u1.0", "x" * MOST_WRITTEN))
    room.tell(SentenceCorrected("id1", "u1.1", "y"))
    view = room.runner.view(room.now_ms * MS).confirming
    assert view is not None
    assert view.sentences == (
        Sentence("u1.0", "one", "x" * MOST_WRITTEN),
        Sentence("u1.1", "more", ""),
    )


def test_late_words_come_onto_the_screen_and_what_was_shown_is_what_was_confirmed() -> None:
    room = answered(questions=1)
    arrive(room, words(1, "one", whole=False))
    view = room.runner.view(room.now_ms * MS).confirming
    assert view is not None
    assert view.arriving
    arrive(room, words(1, "one", "two"))
    assert shown(room) == ("id1", ("one", "two"))
    room.tell(WordsRight("id1"))
    arrive(room, words(1, "one", "two", "three"))
    assert room.written(AnswerConfirmed)[0].utterance_ids == ("u1.0", "u1.1")


@pytest.mark.parametrize("some", [False, True], ids=["nothing comes", "no more comes"])
def test_without_the_network_it_waits_a_moment_and_goes_on(some: bool) -> None:
    room = answered()
    if some:
        arrive(room, words(1, "one", whole=False))
    room.wait(WORDS_WAIT_MS - 100)
    assert phase(room) is Phase.CONFIRMING
    room.wait(100)
    if some:
        assert shown(room) == ("id1", ("one",))
        room.tell(WordsRight("id1"))  # the other answer's words never came
    assert phase(room) is Phase.FINISHED
    assert len(room.written(AnswerConfirmed)) == some


def test_an_answer_without_words_is_passed_over() -> None:
    room = answered(questions=3)
    arrive(room, words(1), words(2, "two"), words(3))
    assert shown(room) == ("id2", ("two",))
    view = room.runner.view(room.now_ms * MS).confirming
    assert view is not None
    assert (view.position, view.count) == (0, 2)
    room.tell(WordsRight("id2"))
    assert phase(room) is Phase.FINISHED


def test_answers_that_nobody_marks_are_not_read() -> None:
    room = Room()
    room.start(held())
    room.tell(DoesNotKnowPressed())
    room.tell(DonePressed())
    arrive(room, words(1, "one"), words(2, "two"))
    assert shown(room) == ("id2", ("two",))


def test_who_presses_nothing_is_not_waited_for_and_writing_is_pressing() -> None:
    room = answered()
    arrive(room, words(1, "one"), words(2, "two"))
    room.wait(CONFIRMING_QUIET_MS - 100)
    room.tell(SentenceCorrected("id1", "u1.0", "once"))
    room.wait(CONFIRMING_QUIET_MS - 100)
    room.tell(StillReading())
    room.wait(CONFIRMING_QUIET_MS - 100)
    assert phase(room) is Phase.CONFIRMING
    room.wait(100)
    assert phase(room) is Phase.FINISHED
    assert room.written(AnswerConfirmed) == []
    assert ends(room) == ["completed"]


def test_it_has_an_end_whatever_is_pressed() -> None:
    room = answered()
    arrive(room, words(1, "one"), words(2, "two"))
    for _ in range(CONFIRMING_LIMIT_MS // 100_000):
        assert phase(room) is Phase.CONFIRMING
        room.tell(SentenceCorrected("id1", "u1.0", "once"))
        room.wait(100_000)
    assert phase(room) is Phase.FINISHED


def test_the_candidate_may_leave_it() -> None:
    room = answered()
    arrive(room, words(1, "one"), words(2, "two"))
    room.tell(WordsRight("id1"))
    room.tell(ConfirmingLeft())
    assert phase(room) is Phase.FINISHED
    assert [one.turn_id for one in room.written(AnswerConfirmed)] == ["id1"]


def test_staff_who_end_an_interview_end_it() -> None:
    room = answered()
    room.order(PushQuestion(question(9)))
    assert phase(room) is Phase.CONFIRMING  # refused: the questions are over
    room.order(EndInterview("no time"))
    assert ends(room) == ["no time"]
    early = Room()
    early.start(held())
    early.order(EndInterview("no time"))
    assert ends(early) == ["no time"]


def test_a_killed_agent_goes_on_with_what_was_not_confirmed_and_records_nothing() -> None:
    room = answered(questions=3)
    arrive(room, words(1, "one"), words(2, "two"), words(3, "three"))
    room.tell(WordsRight("id1"))
    memory = room.runner.memory()
    assert memory is not None
    again = Room()
    again.runner = Runner(lambda: "new")
    out = again.tell(Resumed(decode(memory.encode()), 0, 1))
    assert of(out, StartRecording) == []
    assert of(out, AnswerConfirmed) == room.written(AnswerConfirmed)  # it may have been lost
    assert phase(again) is Phase.CONFIRMING
    arrive(again, words(1, "one"), words(2, "two"), words(3, "three"))
    assert shown(again) == ("id2", ("two",))


PRESSES: list[Input] = [
    WordsRight("id1"), WordsMisheard("id2"), SentenceCorrected("id1", "u1.0", "once"),
    SentenceCorrected("id2", "u2.0", "twice"), DonePressed(), ConfirmingLeft(),
    WordsArrived((words(1, "one"),)), WordsArrived((words(2, "two"), words(3, whole=False))),
    WordsArrived((words(1), words(2), words(3))), WordsArrived(()),
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PRESSES), st.integers(0, 200_000)), max_size=20))
def test_whatever_is_pressed_no_answer_is_confirmed_twice_and_it_ends_once(
    steps: list[tuple[Input, int]],
) -> None:
    room = answered(questions=3)
    for told, ms in steps:
        room.tell(told)
        room.now_ms += ms
        room.wait(100)
    room.now_ms += CONFIRMING_LIMIT_MS
    room.wait(100)
    turns = [one.turn_id for one in room.written(AnswerConfirmed)]
    assert len(turns) == len(set(turns))
    assert ends(room) == ["completed"]
    for one in room.written(AnswerConfirmed):
        assert {each.utterance_id for each in one.corrections} <= set(one.utterance_ids)
