"""What a candidate tries between the consents and the first question: camera, microphone and
loudspeaker, then a question that counts for nothing. Nothing is recorded before both are over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from edge_agent.flow import InterviewPlan, Phase
from edge_agent.interview import presses, steps
from edge_agent.interview.answer import MS
from edge_agent.interview.limits import CHECKING_LIMIT_MS, PRACTICE_ANSWER_MS, PRACTICE_LIMIT_MS
from edge_agent.interview.presses import DevicesTried, SentenceWanted
from edge_agent.interview.words import can_you_hear, practice_question


@dataclass(frozen=True, slots=True)
class TryingView:
    """`said`: what the room says, or asks, as text. `listening_ms`: since the practice answer is open;
    None before.
    """

    said: str = ""
    listening_ms: int | None = None


class Trying:
    """Of one interview. `phase` is what is tried now; None before and after."""

    def __init__(self, plan: InterviewPlan | None, say_ids: Iterator[int]) -> None:
        self._say_ids = say_ids
        self._ahead = _wanted(plan)
        self._since_ns = 0
        self._listening_ns: int | None = None
        self._say_id = 0
        self.phase: Phase | None = None

    def begin(self, now_ns: int, language: str) -> list[steps.Output]:
        """The next thing to try; `phase` is None where there is none."""
        self.phase = self._ahead.pop(0) if self._ahead else None
        self._since_ns, self._listening_ns = now_ns, None
        said = self._say(language) if self.phase is Phase.PRACTISING else []
        return [steps.Hush(), *said]  # the notice may be being read aloud

    def handle(
        self, told: steps.Input, now_ns: int, language: str
    ) -> tuple[list[steps.Output], bool]:
        """What to do because of `told`, and whether this is over."""
        match told:
            case steps.SpeechPlayed(say_id) if say_id in {0, self._say_id}:
                self._listen(now_ns)
            case presses.RepeatPressed() | SentenceWanted():
                return [steps.Hush(), *self._say(language)], False
            case DevicesTried() if self.phase is Phase.CHECKING:
                return [steps.Hush()], True
            case presses.DonePressed() | presses.SkipPressed() if self.phase is Phase.PRACTISING:
                return [steps.Hush()], True
        return ([steps.Hush()], True) if self._late(now_ns) else ([], False)

    def view(self, now_ns: int, language: str) -> TryingView | None:
        """For the kiosk; None where nothing is tried."""
        if self.phase is None:
            return None
        since = self._listening_ns
        return TryingView(self._text(language), None if since is None else (now_ns - since) // MS)

    def _listen(self, now_ns: int) -> None:
        if self.phase is Phase.PRACTISING and self._listening_ns is None:
            self._listening_ns = now_ns

    def _late(self, now_ns: int) -> bool:
        """Nobody ends it: an empty chair must not hold the room for ever."""
        if self.phase is Phase.CHECKING:
            return now_ns - self._since_ns >= CHECKING_LIMIT_MS * MS
        if (
            self._listening_ns is not None
            and now_ns - self._listening_ns >= PRACTICE_ANSWER_MS * MS
        ):
            return True
        return now_ns - self._since_ns >= PRACTICE_LIMIT_MS * MS

    def _say(self, language: str) -> list[steps.Output]:
        self._say_id = next(self._say_ids)
        return [steps.Say(self._text(language), language, self._say_id)]

    def _text(self, language: str) -> str:
        practising = self.phase is Phase.PRACTISING
        return practice_question(language) if practising else can_you_hear(language)


def _wanted(plan: InterviewPlan | None) -> list[Phase]:
    if plan is None:
        return []
    wanted = ((plan.check_devices, Phase.CHECKING), (plan.practice, Phase.PRACTISING))
    return [phase for is_wanted, phase in wanted if is_wanted]
