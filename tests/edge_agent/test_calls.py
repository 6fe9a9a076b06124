"""A candidate can call a person at any time, also while the network is away."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from daedam.v1 import interview_pb2, record_pb2
from edge_agent.calls import Calls
from edge_agent.flow import AnswerHelp, CheckRoom, Command, CommandOutcome, HelpStep
from edge_agent.interview import Runner
from edge_agent.interview.answer import MS
from edge_agent.interview.calling import COMING_SHOWN_MS
from edge_agent.interview.presses import DonePressed, HelpPressed, HelpWithdrawn
from edge_agent.interview.steps import (
    Input,
)
from tests.fakes.memory_spool import MemorySpool

pytestmark = pytest.mark.unit


class Desk:
    """Calls over a spool in memory, and what went on to the interview."""

    def __init__(self) -> None:
        ids = count(1)
        self.spool = MemorySpool(2**20)
        self.now_ms = 0
        self.interview_id = "7"
        self.told: list[Input] = []
        self.passed_on: list[Command] = []
        self.calls = Calls(
            self.spool,
            make_id=lambda: f"call{next(ids)}",
            view=lambda: replace(Runner(lambda: "").view(0), interview_id=self.interview_id),
            tell=self.told.append,
            pass_on=self.passed_on.append,
            mono_ns=lambda: self.now_ms * MS,
            wall_ns=lambda: 100,
        )

    def answer(self, call_id: str = "call1", *, name: str = "c1", expires: int = 200) -> None:
        self.calls.command(Command(name, expires, AnswerHelp(call_id)))

    async def written(self) -> list[tuple[str, int]]:
        stored = await self.spool.read(0, 2**20)
        found: list[tuple[str, int]] = []
        for one in stored:
            if one.kind == record_pb2.RECORD_KIND_HELP_CALL:
                call = interview_pb2.HelpCall.FromString(one.payload)
                found.append((call.call_id, call.step))
        return found

    async def outcomes(self) -> list[int]:
        stored = await self.spool.read(0, 2**20)
        kind = record_pb2.RECORD_KIND_COMMAND_RESULT
        results = [one.payload for one in stored if one.kind == kind]
        return [int(interview_pb2.CommandResult.FromString(one).outcome) for one in results]


def test_a_call_waits_for_central_then_for_staff_then_somebody_comes() -> None:
    desk = Desk()
    assert desk.calls.shown() is None
    desk.calls.take(HelpPressed())
    assert desk.calls.shown() == "asking"
    desk.spool.acknowledge(1)
    assert desk.calls.shown() == "asked"
    desk.answer()
    assert desk.calls.shown() == "coming"
    desk.now_ms = COMING_SHOWN_MS
    assert desk.calls.shown() is None


async def test_every_step_is_a_record_and_a_second_press_none() -> None:
    desk = Desk()
    desk.calls.take(HelpPressed())
    desk.calls.take(HelpPressed())
    desk.answer()
    desk.answer()  # sent again until its result is stored
    assert await desk.written() == [("call1", HelpStep.CALLED), ("call1", HelpStep.TOLD)]
    assert await desk.outcomes() == [CommandOutcome.DONE]


async def test_a_call_can_be_taken_back_and_made_again() -> None:
    desk = Desk()
    desk.calls.take(HelpWithdrawn())
    for told in (HelpPressed(), HelpWithdrawn(), HelpPressed()):
        desk.calls.take(told)
    assert await desk.written() == [
        ("call1", HelpStep.CALLED),
        ("call1", HelpStep.WITHDRAWN),
        ("call2", HelpStep.CALLED),
    ]


def test_the_next_candidate_sees_nothing_of_it() -> None:
    desk = Desk()
    desk.calls.take(HelpPressed())
    desk.interview_id = "8"
    assert desk.calls.shown() is None


async def test_an_answer_after_its_expiry_promises_nobody() -> None:
    desk = Desk()
    desk.calls.take(HelpPressed())
    desk.answer(expires=50)
    assert desk.calls.shown() == "asking"
    assert await desk.outcomes() == [CommandOutcome.EXPIRED]


def test_an_agent_that_was_restarted_still_says_that_somebody_comes() -> None:
    desk = Desk()
    desk.answer("of an earlier life")
    assert desk.calls.shown() == "coming"


def test_what_is_no_call_goes_on() -> None:
    desk = Desk()
    desk.calls.take(DonePressed())
    desk.calls.command(Command("c", 200, CheckRoom()))
    assert desk.told == [DonePressed()]
    assert [one.body for one in desk.passed_on] == [CheckRoom()]
