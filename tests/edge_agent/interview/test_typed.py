"""Who answers in writing is not hurried by silence, and loses nothing of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edge_agent.flow import AnswerEnded, AnswerEndReason, AnswerTyped, Phase
from edge_agent.interview.presses import DonePressed, PausePressed, ResumePressed, Typed
from tests.edge_agent.interview.helpers import MS, Room, plan, question

pytestmark = pytest.mark.unit


def writing(*, typed_answers: bool = True, limit_ms: int = 60_000) -> Room:
    room = Room()
    asked = plan(question(1, limit_ms=limit_ms), question(2))
    room.start(replace(asked, typed_answers=typed_answers))
    return room


def test_what_was_written_is_one_more_transcript_of_the_answer() -> None:
    room = writing()
    room.tell(Typed("I asked"))
    room.tell(Typed(" I asked them first.\n"))
    room.tell(DonePressed())
    (typed,) = room.written(AnswerTyped)
    (ended,) = room.written(AnswerEnded)
    assert (typed.turn_id, typed.text, typed.ordinal) == (ended.turn_id, "I asked them first.", 1)
    assert ended.utterances == 2  # one was heard too
    room.tell(DonePressed())
    assert len(room.written(AnswerTyped)) == 1  # the next answer begins empty


def test_silence_neither_asks_nor_ends_it_and_the_limit_keeps_it() -> None:
    room = writing()
    room.tell(Typed("I think"))
    room.wait(59_900)
    view = room.runner.view(room.now_ms * MS)
    assert (view.phase, view.still_there, view.typed) == (Phase.ANSWERING, False, "I think")
    room.wait(100)
    assert [one.reason for one in room.written(AnswerEnded)] == [AnswerEndReason.TIME_LIMIT]
    assert [one.text for one in room.written(AnswerTyped)] == ["I think"]


def test_a_pause_keeps_what_was_written() -> None:
    room = writing()
    room.tell(Typed("First"))
    room.tell(PausePressed())
    room.tell(ResumePressed())
    assert room.runner.view(room.now_ms * MS).typed == "First"


def test_nobody_writes_where_that_was_not_agreed_and_blanks_are_nothing() -> None:
    for room, text in ((writing(typed_answers=False), "Hello"), (writing(), " \n")):
        room.tell(Typed(text))
        room.tell(DonePressed())
        assert room.written(AnswerTyped) == []
        assert [one.utterances for one in room.written(AnswerEnded)] == [1]
