"""One question and its answer: asked, thought about, answered, closed."""

from __future__ import annotations

from collections.abc import Iterator

from edge_agent.flow import (
    AnswerEnded,
    AnswerEndReason,
    AnswerTyped,
    InterviewPlan,
    Phase,
    PlannedQuestion,
    TurnEvent,
    TurnEventKind,
)
from edge_agent.interview import presses, steps
from edge_agent.interview.answer import DEFAULT_LIMIT_MS, MS, AnswerClock
from edge_agent.interview.pausing import Pausing
from edge_agent.interview.saying import Saying
from edge_agent.interview.spoiling import OFFER_SHOWN_MS, OFFERED_AFTER, Spoiling
from edge_agent.interview.stray import is_stray
from edge_agent.interview.words import before_again


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
        again: str = "",
        paused: bool = False,
    ) -> None:
        """`again`: why it is asked again, "break" (of the room) or "noise"; empty where it is not.
        `paused`: it begins in a pause that waited for the answer before.
        """
        self.question, self.position, self.turn_id = question, position, turn_id
        self.again = again
        self.phase, self.phase_ns = Phase.ASKING, 0
        self.answer_again = False  # it is over, and its question shall be asked again
        self.closing, self.typed = False, ""
        self.ended: AnswerEnded | None = None
        self._plan = plan
        self._saying = Saying(say_ids)
        self._think_until_ns = 0
        self._clock: AnswerClock | None = None
        self._begun, self._reason = False, AnswerEndReason.DONE
        self.pausing = Pausing(waits=paused)
        self._spoiling = Spoiling(turn_id, retaken=again == "noise")
        self._heard = (0, 0, 0)
        self._out: list[steps.Output] = []

    @property
    def answer_limit_ms(self) -> int:
        return self.question.answer_limit_ms or DEFAULT_LIMIT_MS

    def still_there(self, now_ns: int) -> bool:
        """The kiosk should ask whether the candidate is still there."""
        listens = self._clock is not None and not self.closing and not self.pausing.on
        return bool(listens and self._clock and self._clock.still_there(now_ns))

    @property
    def offers_again(self) -> bool:
        """The answer was disturbed: the candidate may answer again."""
        return self._spoiling.offers

    def ask(self, now_ns: int) -> list[steps.Output]:
        """Show and speak the question."""
        self._out, self.phase_ns = [], now_ns
        self._event(TurnEventKind.QUESTION_ASKED, text=self.question.text)
        if self.pausing.waits:
            self._pause(now_ns)
        else:
            self._say(now_ns, before_again(self.again, self._plan.language))
        return self._out

    def handle(self, told: steps.Input, now_ns: int, *, speaking: bool) -> list[steps.Output]:
        """What to do because of `told`; `speaking` is the candidate's voice right now."""
        self._out = []
        if is_stray(told, self.turn_id, self.phase, (now_ns - self.phase_ns) // MS):
            return self._out
        if self.pausing.on:
            self._while_paused(told, now_ns, speaking=speaking)
            return self._out
        match told:
            case presses.PausePressed() | presses.ResumePressed():
                self._want_pause(now_ns, wanted=isinstance(told, presses.PausePressed))
            case steps.Disturbed():
                self._disturb(told)
            case presses.Typed() if self._plan.typed_answers and not self.closing:
                self.typed = told.text
            case presses.AnswerAgainPressed():
                self._again(now_ns)
            case _:
                self._step(told, now_ns, speaking=speaking)
        return self._out

    def _step(self, told: steps.Input, now_ns: int, *, speaking: bool) -> None:
        match told:
            case steps.SpeechPlayed(say_id):
                self._played(say_id, now_ns, speaking=speaking)
            case steps.VoiceChanged():
                self._voice(now_ns, speaking=told.speaking)
            case presses.DonePressed():
                self._done(now_ns, speaking=speaking)
            case presses.SkipPressed():
                self._end(AnswerEndReason.SKIPPED, now_ns)
            case presses.DoesNotKnowPressed():
                self._end(AnswerEndReason.DOES_NOT_KNOW, now_ns)
            case presses.RepeatPressed():
                self._repeat(now_ns)
            case steps.AnswerClosed():
                self._closed(told, now_ns)
            case _:
                self._pass_time(now_ns, speaking=speaking)

    def end(self, reason: AnswerEndReason, now_ns: int) -> list[steps.Output]:
        """The turn ends now; where an answer is open, `ended` follows its `AnswerClosed`."""
        self._out = []
        self._end(reason, now_ns)
        return self._out

    def _played(self, say_id: int, now_ns: int, *, speaking: bool) -> None:
        if not self._saying.played(say_id):
            return
        if self.phase is Phase.ASKING:
            self._event(TurnEventKind.QUESTION_SPOKEN)
            self._think(now_ns, speaking=speaking)
        elif self._clock is not None:
            self._clock.hold(now_ns)

    def _think(self, now_ns: int, *, speaking: bool) -> None:
        self._think_until_ns = now_ns + self.question.think_ms * MS
        self._enter(Phase.THINKING, now_ns)
        if not self.question.think_ms:
            self._open(now_ns, speaking=speaking)

    def _voice(self, now_ns: int, *, speaking: bool) -> None:
        if self.phase is Phase.THINKING and speaking:
            self._open(now_ns, speaking=True)  # who begins early has thought enough
        elif self._clock is not None and not self.closing:
            self._clock.voice(now_ns, speaking=speaking)
            self._note_begin()

    def _done(self, now_ns: int, *, speaking: bool) -> None:
        if self.phase is Phase.THINKING:
            self._open(now_ns, speaking=speaking)
        elif self.phase is Phase.ANSWERING:
            self._end(AnswerEndReason.DONE, now_ns)
        elif self.phase is Phase.OFFERING:
            self._settle()

    def _repeat(self, now_ns: int) -> None:
        """steps.Say it again where nothing was said yet and nothing is being said."""
        asked = self.phase in {Phase.THINKING, Phase.ANSWERING}
        if asked and not self.closing and not self._begun and not self._saying.on:
            self._say(now_ns)

    def _pass_time(self, now_ns: int, *, speaking: bool) -> None:
        if self._saying.is_given_up(now_ns):
            self._hush()  # no QUESTION_SPOKEN: nobody knows whether it was heard
            if self.phase is Phase.ASKING:
                self._think(now_ns, speaking=speaking)
        thought = now_ns >= self._think_until_ns and not self._saying.on
        if self.phase is Phase.THINKING and thought:
            self._open(now_ns, speaking=speaking)
        if self.phase is Phase.OFFERING and now_ns - self.phase_ns >= OFFER_SHOWN_MS * MS:
            self._settle()
        if self._clock is None or self.closing:
            return
        if self._saying.on:
            self._clock.hold(now_ns)
        if (reason := self._clock.verdict(now_ns)) is not None:
            self._end(reason, now_ns)

    def _open(self, now_ns: int, *, speaking: bool) -> None:
        self._hush()
        self._enter(Phase.ANSWERING, now_ns)
        self._spoiling.opened(now_ns)
        self._clock = AnswerClock(self._plan, self.question, now_ns)
        self._event(TurnEventKind.ANSWER_OPENED)
        self._out.append(steps.OpenAnswer(self.turn_id, self._plan.language))
        if speaking:
            self._clock.voice(now_ns, speaking=True)
            self._note_begin()

    def _note_begin(self) -> None:
        if self._clock is not None and self._clock.begun and not self._begun:
            self._begun = True
            self._event(TurnEventKind.ANSWER_BEGUN)

    def _end(self, reason: AnswerEndReason, now_ns: int) -> None:
        if self.phase is Phase.OFFERING:
            self._settle()
        if self.closing or self.ended is not None:
            return
        if self.pausing.on:
            self._unpause(now_ns)
        self._hush()
        self._reason = reason
        if self._clock is None:  # never opened: there is nothing to close
            self._settle()
            return
        self.closing = True
        self._out.append(steps.CloseAnswer(self.turn_id, reason))

    def _closed(self, told: steps.AnswerClosed, now_ns: int) -> None:
        if not self.closing or told.turn_id != self.turn_id or self.phase is Phase.OFFERING:
            return
        self._heard = told.utterances, told.first_sample, told.end_sample
        if self._spoiling.offers and self._reason in OFFERED_AFTER:
            self._enter(Phase.OFFERING, now_ns)
        else:
            self._settle()

    def _settle(self) -> None:
        """What was heard is the answer."""
        count, *span = self._heard
        if self.typed.strip():
            ids = f"{self.turn_id}-typed", self.turn_id
            typed = AnswerTyped(*ids, self.typed.strip(), self._plan.language, count)
            self._out.append(steps.Write(typed, self._plan.interview_id))
            count += 1
        question_id = self.question.question_id
        self.ended = AnswerEnded(self.turn_id, question_id, self._reason, count, *span)

    def _disturb(self, told: steps.Disturbed) -> None:
        if not self.closing and (value := self._spoiling.take(told)) is not None:
            self._out.append(steps.Write(value, self._plan.interview_id))

    def _again(self, now_ns: int) -> None:
        """Both answers are kept; this one is not marked."""
        if not self._spoiling.offers or self.ended is not None:
            return
        if self.phase is Phase.OFFERING:
            self._reason, self.answer_again = AnswerEndReason.DISTURBED, True
            self._settle()
        elif self.phase is Phase.ANSWERING and not self.closing:
            self.answer_again = True
            self._end(AnswerEndReason.DISTURBED, now_ns)

    def _want_pause(self, now_ns: int, *, wanted: bool) -> None:
        if self.pausing.want(self.phase, self._plan.policy, wanted=wanted) and not self.closing:
            self._pause(now_ns)

    def _pause(self, now_ns: int) -> None:
        self._hush()
        if self._clock is not None:
            self._clock.pause(now_ns)
        self.pausing.begin(self.phase, self.phase_ns, now_ns)
        self._enter(Phase.PAUSED, now_ns)
        self._event(TurnEventKind.PAUSED)
        self._out.append(steps.PauseRecording())

    def _while_paused(self, told: steps.Input, now_ns: int, *, speaking: bool) -> None:
        match told:
            case presses.ResumePressed():
                self._go_on(now_ns, speaking=speaking)
            case presses.SkipPressed():
                self._end(AnswerEndReason.SKIPPED, now_ns)

    def _go_on(self, now_ns: int, *, speaking: bool) -> None:
        """Where the pause began, with as much time as was left then."""
        paused_ns = self._unpause(now_ns)
        self._think_until_ns += paused_ns
        if self.phase is Phase.ASKING:
            self._say(now_ns, before_again(self.again, self._plan.language))
        if self._clock is not None:
            self._clock.go_on(now_ns, paused_ns)
            self._clock.voice(now_ns, speaking=speaking)
            self._note_begin()

    def _unpause(self, now_ns: int) -> int:
        before, since_ns, paused_ns = self.pausing.end(now_ns)
        self._enter(before, since_ns)
        self._out.append(steps.ResumeRecording())
        self._event(TurnEventKind.RESUMED)
        return paused_ns

    def _enter(self, phase: Phase, since_ns: int) -> None:
        self.phase, self.phase_ns = phase, since_ns

    def _say(self, now_ns: int, before: str = "") -> None:
        text = before + self.question.text
        self._out.append(self._saying.begin(text, self._plan.language, now_ns))

    def _hush(self) -> None:
        if self._saying.stop():
            self._out.append(steps.Hush())

    def _event(self, kind: TurnEventKind, text: str = "") -> None:
        event = TurnEvent(kind, self.turn_id, self.question.question_id, self.position, text)
        self._out.append(steps.Write(event, self._plan.interview_id))
