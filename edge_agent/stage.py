"""Carries out what the interview runner asks for, and tells it what came of it.

Synchronous and in order: an output is carried out before the next input is looked at, so that the
journal's order is the order of what happened.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from edge_agent.flow import (
    AnswerEndReason,
    Channels,
    Command,
    CommandResult,
    EndInterview,
    RecordValue,
    TurnEvent,
)
from edge_agent.interview import Runner, RunnerView
from edge_agent.interview.memory import Memory
from edge_agent.interview.steps import (
    AnswerClosed,
    CloseAnswer,
    CommandArrived,
    Hush,
    Input,
    OpenAnswer,
    Output,
    PauseRecording,
    ResumeRecording,
    Say,
    StartRecording,
    StopRecording,
    Write,
)
from edge_agent.service import clock
from edge_agent.uplink.journal import Journal

LOCAL = "local-"
"""Ids of commands that the room gives itself begin so; central never sees them."""
LOCAL_STOP = f"{LOCAL}stop"
"""The one that it gives itself when it is stopped."""


@dataclass(frozen=True, slots=True)
class Hands:
    """What the stage does things with."""

    start_recording: Callable[[str, bool, Channels], None]
    stop_recording: Callable[[], None]
    pause_recording: Callable[[bool], None]
    """Keep nothing from now on; False: go on."""
    open_answer: Callable[[str, str], None]
    close_answer: Callable[[str, AnswerEndReason], AnswerClosed]
    say: Callable[[Say], None]
    hush: Callable[[], None]
    sample: Callable[[], int | None]
    """Sample of channel 0 right now; None where no sound was captured yet."""


class Keeper(Protocol):
    """Remembers an open interview beyond the agent's life."""

    def keep(self, memory: Memory | None) -> None:
        """Durable when it returns; None: there is none any more."""


class Stage:
    """The only one who talks to the runner. Whatever writes raises `SpoolFull`."""

    def __init__(
        self,
        runner: Runner,
        journal: Journal,
        hands: Hands,
        keeper: Keeper | None = None,
        *,
        mono_ns: Callable[[], int] = clock.mono_ns,
    ) -> None:
        """`keeper`: what lets a killed agent go on; None: nothing does. `mono_ns`: now."""
        self._keeper = keeper
        self._mono_ns = mono_ns
        self._runner = runner
        self._journal = journal
        self._hands = hands
        self._inbox: deque[Input] = deque()
        self._busy = False

    def view(self) -> RunnerView:
        return self._runner.view(self._mono_ns())

    def tell(self, told: Input) -> None:
        """Safe to call from within what an output causes: it then waits its turn."""
        self._inbox.append(told)
        if self._busy:
            return
        self._busy = True
        try:
            while self._inbox:
                outputs = self._runner.handle(self._inbox.popleft(), self._mono_ns())
                if (
                    self._keeper is not None
                ):  # first: what is remembered is never behind what is done
                    self._keeper.keep(self._runner.memory())
                for output in outputs:
                    self._carry_out(output)
        finally:
            self._busy = False

    def command(self, command: Command, not_ready: Sequence[str] = ()) -> None:
        """Central asks for something; `not_ready` is what the room has against beginning."""
        self.tell(CommandArrived(command, clock.wall_ns(), tuple(not_ready)))

    def close(self) -> None:
        """The agent stops: cut and keep the open answer, end the interview."""
        body = EndInterview("the room's agent was stopped")
        self.command(Command(LOCAL_STOP, 2**62, body))

    def _carry_out(self, output: Output) -> None:
        hands = self._hands
        match output:
            case Write():
                self._write(output.value, output.interview_id)
            case Say():
                hands.say(output)
            case Hush():
                hands.hush()
            case StartRecording():
                hands.start_recording(output.interview_id, output.scored, output.channels)
            case StopRecording():
                hands.stop_recording()
            case PauseRecording() | ResumeRecording():
                hands.pause_recording(isinstance(output, PauseRecording))
            case OpenAnswer():
                hands.open_answer(output.turn_id, output.language)
            case CloseAnswer():
                self._inbox.append(hands.close_answer(output.turn_id, output.reason))

    def _write(self, value: RecordValue, interview_id: str) -> None:
        if isinstance(value, CommandResult) and value.command_id.startswith(LOCAL):
            return
        if isinstance(value, TurnEvent):
            value = replace(value, sample=self._hands.sample())
        self._journal.append(value, interview_id=interview_id)
