"""What a killed agent goes on with is never behind what it did."""

from __future__ import annotations

import pytest

from edge_agent.flow import AnswerEndReason, Command, RecordValue, StartInterview
from edge_agent.interview import Runner
from edge_agent.interview.memory import Memory
from edge_agent.interview.presses import DonePressed
from edge_agent.interview.steps import (
    AnswerClosed,
    CheckedIn,
    Consented,
    SpeechPlayed,
)
from edge_agent.stage import Hands, Stage
from tests.edge_agent.interview.helpers import plan, question

pytestmark = pytest.mark.unit


class Witness:
    """Journal and keeper in one: notes in which order things came."""

    def __init__(self) -> None:
        self.memory: Memory | None = None
        self.known: list[Memory | None] = []
        """What was remembered when each record was written."""
        self.records: list[RecordValue] = []

    def keep(self, memory: Memory | None) -> None:
        self.memory = memory

    def append(self, value: RecordValue, *, interview_id: str = "") -> int:
        self.records.append(value)
        self.known.append(self.memory)
        return len(self.records)


def test_each_step_is_remembered_before_it_is_written() -> None:
    witness = Witness()
    hands = Hands(
        start_recording=lambda *_: None,
        stop_recording=lambda: None,
        pause_recording=lambda _: None,
        open_answer=lambda _, __: None,
        close_answer=_closed,
        say=lambda _: None,
        hush=lambda: None,
        sample=lambda: None,
    )
    stage = Stage(Runner(lambda: "turn"), witness, hands, witness)
    stage.command(Command("c1", 2**62, StartInterview(plan(question(1)))))
    assert all(known is not None for known in witness.known)
    stage.tell(CheckedIn())
    stage.tell(Consented(recording=True, ai_scoring=True))
    *_, asked = witness.known
    assert asked is not None
    assert (asked.turn_id, asked.consent is not None) == ("turn", True)
    stage.tell(SpeechPlayed())
    stage.tell(DonePressed())
    assert witness.memory is None
    assert witness.known[-1] is None  # the end is written when nothing is to go on with


def _closed(turn_id: str, reason: AnswerEndReason) -> AnswerClosed:
    return AnswerClosed(turn_id, 0, 0, 0)
