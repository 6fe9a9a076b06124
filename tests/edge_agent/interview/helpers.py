"""A runner driven through an interview, with a clock that the test moves."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count
from typing import TypeVar

from edge_agent.flow import (
    Command,
    CommandBody,
    InterviewPlan,
    PlannedQuestion,
    RecordValue,
    StartInterview,
    TurnEvent,
    TurnEventKind,
)
from edge_agent.interview.runner import Runner
from edge_agent.interview.steps import (
    AnswerClosed,
    CheckedIn,
    CloseAnswer,
    CommandArrived,
    Consented,
    Input,
    Output,
    Say,
    SpeechPlayed,
    Tick,
    VoiceChanged,
    Write,
)

T = TypeVar("T")
MS = 1_000_000
WALL_NS = 1_000


def question(number: int, *, think_ms: int = 0, limit_ms: int = 60_000) -> PlannedQuestion:
    return PlannedQuestion(f"q{number}", f"Question {number}?", think_ms, limit_ms, "technical")


def plan(*questions: PlannedQuestion, calibrate: bool = False, name: str = "i1") -> InterviewPlan:
    asked = questions or (question(1), question(2))
    return InterviewPlan(name, "Ada", "en", asked, 3_000, 8_000, "2026-1", calibrate)


class Room:
    """Hands inputs to a runner and carries out what is instant: speech is played at once, and a
    closed answer holds one utterance.
    """

    def __init__(self, *, obliging: bool = True) -> None:
        ids = count(1)
        self.runner = Runner(lambda: f"id{next(ids)}")
        self.now_ms = 0
        self.obliging = obliging
        self.outputs: list[Output] = []
        self._commands = count(1)

    def tell(self, told: Input) -> list[Output]:
        out = list(self.runner.handle(told, self.now_ms * MS))
        self.outputs.extend(out)
        if self.obliging:
            for one in list(out):
                if isinstance(one, Say):
                    out += self.tell(SpeechPlayed(one.say_id))
                if isinstance(one, CloseAnswer):
                    out += self.tell(AnswerClosed(one.turn_id, 1, 10, 20))
        return out

    def wait(self, ms: int) -> list[Output]:
        """Ticks every 100 ms for `ms`."""
        out: list[Output] = []
        end_ms = self.now_ms + ms
        while self.now_ms < end_ms:
            self.now_ms = min(self.now_ms + 100, end_ms)
            out += self.tell(Tick())
        return out

    def speak(self, ms: int) -> list[Output]:
        """Voice of `ms`, as hearing reports it: seen 128 ms after its start, 600 after its end."""
        out = self.wait(128) + self.tell(VoiceChanged(speaking=True))
        out += self.wait(ms - 128 + 600)
        return out + self.tell(VoiceChanged(speaking=False))

    def order(self, body: CommandBody | None, *, name: str = "", expires: int = 10**12) -> str:
        command_id = name or f"c{next(self._commands)}"
        self.tell(CommandArrived(Command(command_id, expires, body), WALL_NS))
        return command_id

    def start(self, held: InterviewPlan | None = None) -> None:
        """Up to the first question."""
        self.order(StartInterview(held or plan()))
        self.tell(CheckedIn())
        self.tell(Consented(recording=True, ai_scoring=True))

    def written(self, kind: type[T]) -> list[T]:
        return of(self.outputs, kind)

    def events(self) -> list[TurnEventKind]:
        return [event.kind for event in self.written(TurnEvent)]


def of(outputs: Iterable[Output], kind: type[T]) -> list[T]:
    """Values of `kind` among what was asked for and what was written."""
    values: list[Output | RecordValue] = [
        one.value if isinstance(one, Write) else one for one in outputs
    ]
    return [value for value in values if isinstance(value, kind)]
