"""One question and its answer: asked, thought about, answered, closed."""

from __future__ import annotations

from collections.abc import Iterator

from edge_agent.flow import (
    AnswerEnded,
    AnswerEndReason,
    InterviewPlan,
    Phase,
    PlannedQuestion,
    TurnEvent,
    TurnEventKind,
)
from edge_agent.interview.answer import DEFAULT_LIMIT_MS, MS, AnswerClock
from edge_agent.interview.steps import (
    AnswerClosed,
    CloseAnswer,
    DoesNotKnowPressed,
    DonePressed,
    Hush,
    Input,
    OpenAnswer,
    Output,
    RepeatPressed,
    Say,
    SkipPressed,
    SpeechPlayed,
    VoiceChanged,
    Write,
)
from edge_agent.interview.words import after_a_break

SAY_LIMIT_MS = 10_000
SAY_LIMIT_PER_LETTER_MS = 400
"""A speaker that does not report back in this time is given up: twice the slowest speech."""


class Turn:
    """Opens its answer at most once and closes it exactly once; `ended` is set when it is over."""

    def __init__(
        self,
        plan: InterviewPlan,
        question: PlannedQuestion,
        position: int,
        turn_id: str,
        say_ids: Iterator[int],
        *,
        again: bool = False,
    ) -> None:
        """`again`: it was being asked when the room broke down."""
        self.question = question
        self.position = position
        self.turn_id = turn_id
        self.again = again
        self.phase = Phase.ASKING
        self.closing = False
        self.ended: AnswerEnded | None = None
        self._plan = plan
        self._say_ids = say_ids
        self._say_id = 0
        self._say_until_ns: int | None = None
        self._think_until_ns = 0
        self._clock: AnswerClock | None = None
        self._begun = False
        self._reason = AnswerEndReason.DONE
        self._out: list[Output] = []

    @property
    def answer_limit_ms(self) -> int:
        return self.question.answer_limit_ms or DEFAULT_LIMIT_MS

    def still_there(self, now_ns: int) -> bool:
        """The kiosk should ask whether the candidate is still there."""
        return bool(self._clock and not self.closing and self._clock.still_there(now_ns))

    def ask(self, now_ns: int) -> list[Output]:
        """Show and speak the question."""
        self._out = []
        self._event(TurnEventKind.QUESTION_ASKED, text=self.question.text)
        before = f"{after_a_break(self._plan.language)} " if self.again else ""
        self._say(now_ns, before)
        return self._out

    def handle(self, told: Input, now_ns: int, *, speaking: bool) -> list[Output]:
        """What to do because of `told`; `speaking` is the candidate's voice right now."""
        self._out = []
        match told:
            case SpeechPlayed(say_id):
                self._played(say_id, now_ns, speaking=speaking)
            case VoiceChanged():
                self._voice(now_ns, speaking=told.speaking)
            case DonePressed():
                self._done(now_ns, speaking=speaking)
            case SkipPressed():
                self._end(AnswerEndReason.SKIPPED)
            case DoesNotKnowPressed():
                self._end(AnswerEndReason.DOES_NOT_KNOW)
            case RepeatPressed():
                self._repeat(now_ns)
            case AnswerClosed():
                self._closed(told)
            case _:
                self._pass_time(now_ns, speaking=speaking)
        return self._out

    def end(self, reason: AnswerEndReason) -> list[Output]:
        """The turn ends now; where an answer is open, `ended` follows its `AnswerClosed`."""
        self._out = []
        self._end(reason)
        return self._out

    def _played(self, say_id: int, now_ns: int, *, speaking: bool) -> None:
        if self._say_until_ns is None or say_id not in {0, self._say_id}:
            return
        self._say_until_ns = None
        if self.phase is Phase.ASKING:
            self._event(TurnEventKind.QUESTION_SPOKEN)
            self._think(now_ns, speaking=speaking)
        elif self._clock is not None:
            self._clock.hold(now_ns)

    def _think(self, now_ns: int, *, speaking: bool) -> None:
        self._think_until_ns = now_ns + self.question.think_ms * MS
        self.phase = Phase.THINKING
        if not self.question.think_ms:
            self._open(now_ns, speaking=speaking)

    def _voice(self, now_ns: int, *, speaking: bool) -> None:
        if self.closing:
            return
        if self.phase is Phase.THINKING and speaking:
            self._open(now_ns, speaking=True)  # who begins early has thought enough
        elif self._clock is not None:
            self._clock.voice(now_ns, speaking=speaking)
            self._note_begin()

    def _done(self, now_ns: int, *, speaking: bool) -> None:
        if self.phase is Phase.THINKING:
            self._open(now_ns, speaking=speaking)
        elif self.phase is Phase.ANSWERING:
            self._end(AnswerEndReason.DONE)

    def _repeat(self, now_ns: int) -> None:
        """Say it again where nothing was said yet and nothing is being said."""
        asked = self.phase in {Phase.THINKING, Phase.ANSWERING}
        if asked and not self.closing and not self._begun and self._say_until_ns is None:
            self._say(now_ns)

    def _pass_time(self, now_ns: int, *, speaking: bool) -> None:
        if self._say_until_ns is not None and now_ns >= self._say_until_ns:
            self._hush()  # no QUESTION_SPOKEN: nobody knows whether it was heard
            if self.phase is Phase.ASKING:
                self._think(now_ns, speaking=speaking)
        thought = now_ns >= self._think_until_ns and self._say_until_ns is None
        if self.phase is Phase.THINKING and thought:
            self._open(now_ns, speaking=speaking)
        if self._clock is None or self.closing:
            return
        if self._say_until_ns is not None:
            self._clock.hold(now_ns)
        reason = self._clock.verdict(now_ns)
        if reason is not None:
            self._end(reason)

    def _open(self, now_ns: int, *, speaking: bool) -> None:
        self._hush()
        self.phase = Phase.ANSWERING
        self._clock = AnswerClock(self._plan, self.question, now_ns)
        self._event(TurnEventKind.ANSWER_OPENED)
        self._out.append(OpenAnswer(self.turn_id, self._plan.language))
        if speaking:
            self._clock.voice(now_ns, speaking=True)
            self._note_begin()

    def _note_begin(self) -> None:
        if self._clock is not None and self._clock.begun and not self._begun:
            self._begun = True
            self._event(TurnEventKind.ANSWER_BEGUN)

    def _end(self, reason: AnswerEndReason) -> None:
        if self.closing or self.ended is not None:
            return
        self._hush()
        self._reason = reason
        if self._clock is None:  # never opened: there is nothing to close
            self.ended = self._ended_with(0, 0, 0)
            return
        self.closing = True
        self._out.append(CloseAnswer(self.turn_id, reason))

    def _closed(self, told: AnswerClosed) -> None:
        if self.closing and told.turn_id == self.turn_id:
            self.ended = self._ended_with(told.utterances, told.first_sample, told.end_sample)

    def _ended_with(self, utterances: int, first_sample: int, end_sample: int) -> AnswerEnded:
        return AnswerEnded(
            self.turn_id,
            self.question.question_id,
            self._reason,
            utterances,
            first_sample,
            end_sample,
        )

    def _say(self, now_ns: int, before: str = "") -> None:
        text = before + self.question.text
        self._say_id = next(self._say_ids)
        letters_ms = len(text) * SAY_LIMIT_PER_LETTER_MS
        self._say_until_ns = now_ns + (SAY_LIMIT_MS + letters_ms) * MS
        self._out.append(Say(text, self._plan.language, self._say_id))

    def _hush(self) -> None:
        if self._say_until_ns is not None:
            self._say_until_ns = None
            self._out.append(Hush())

    def _event(self, kind: TurnEventKind, text: str = "") -> None:
        event = TurnEvent(kind, self.turn_id, self.question.question_id, self.position, text)
        self._out.append(Write(event, self._plan.interview_id))
