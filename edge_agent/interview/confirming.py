"""After the last answer the candidate reads what was understood, one answer after the other, and may
correct it. Central knows the words; where they do not come, or nobody presses anything, the interview
goes on to its end all the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from edge_agent.flow import (
    AnswerConfirmed,
    Answered,
    AnswerEnded,
    AnswerEndReason,
    AnswerWords,
    ConfirmVerdict,
    Correction,
    InterviewPlan,
)
from edge_agent.interview import presses, steps
from edge_agent.interview.answer import MS
from edge_agent.interview.limits import CONFIRMING_LIMIT_MS, CONFIRMING_QUIET_MS, WORDS_WAIT_MS

UNREAD = frozenset(
    {AnswerEndReason.DOES_NOT_KNOW, AnswerEndReason.DISTURBED, AnswerEndReason.INTERRUPTED}
)
"""Ends of answers that nobody marks: there is nothing to confirm."""

MOST_WRITTEN = 8_000
"""Characters of all corrections of one answer; its record stays far below what central takes."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One utterance as it was understood; `written`: what the candidate put in its place, empty where
    nothing.
    """

    utterance_id: str
    text: str
    written: str


@dataclass(frozen=True, slots=True)
class ConfirmingView:
    """The answer that is shown, number `position` (from 0) of `count`. `arriving`: more of its words may
    come; `left_ms`: until the room goes on by itself.
    """

    position: int
    count: int
    turn_id: str
    question: str
    sentences: tuple[Sentence, ...]
    arriving: bool
    left_ms: int


class Confirming:
    """Of one interview. `over`: there is nothing (more) to read, or nobody reads it."""

    def __init__(
        self, plan: InterviewPlan | None = None, answered: Iterable[Answered] = ()
    ) -> None:
        self._wanted = bool(plan and plan.policy and plan.policy.confirm_transcript)
        self.answered = tuple(answered)
        """Those that were not confirmed yet; the first is shown."""
        self.confirmed: AnswerConfirmed | None = None
        """The last one."""
        self.over = False
        self._done = 0
        self._words: dict[str, AnswerWords] = {}
        self._written: dict[str, str] = {}
        self._begun_ns = self._arrived_ns = self._pressed_ns = 0

    def add(self, ended: AnswerEnded, question: str) -> None:
        """An answer is over."""
        if self._wanted and ended.utterances and ended.reason not in UNREAD:
            self.answered += (Answered(ended.turn_id, question),)

    def begin(self, now_ns: int) -> bool:
        """Whether there is anything to read."""
        self._begun_ns = self._arrived_ns = self._pressed_ns = now_ns
        return bool(self.answered) and not self.over

    def handle(self, told: steps.Input, now_ns: int) -> tuple[AnswerConfirmed, ...]:
        """What is to be written because of `told`."""
        confirmed: tuple[AnswerConfirmed, ...] = ()
        match told:
            case steps.WordsArrived():
                self._arrive(told.answers, now_ns)
            case presses.SentenceCorrected() if self._is_shown(told.turn_id):
                self._write(told, now_ns)
            case presses.WordsRight() | presses.WordsMisheard() if self._is_shown(told.turn_id):
                confirmed = self._confirm(told, now_ns)
            case presses.StillReading():
                self._pressed_ns = now_ns
            case presses.ConfirmingLeft():
                self.over = True
        self._pass_time(now_ns)
        return confirmed

    def view(self, now_ns: int) -> ConfirmingView | None:
        """For the kiosk; None where nothing is shown."""
        if not self.answered:
            return None
        first, known = self.answered[0], self._known
        shown = tuple(
            Sentence(one.utterance_id, one.text, self._written.get(one.utterance_id, ""))
            for one in (known.utterances if known else ())
        )
        return ConfirmingView(
            position=self._done,
            count=self._done + len(self.answered),
            turn_id=first.turn_id,
            question=first.question,
            sentences=shown,
            arriving=self._arriving(now_ns),
            left_ms=max(0, (self._ends_ns(empty=not shown) - now_ns) // MS),
        )

    @property
    def _known(self) -> AnswerWords | None:
        return self._words.get(self.answered[0].turn_id) if self.answered else None

    def _is_shown(self, turn_id: str) -> bool:
        """A press is for the answer that the candidate saw: a second one of the same finger is not for
        the next.
        """
        return self._known is not None and self._known.turn_id == turn_id

    def _arrive(self, answers: Iterable[AnswerWords], now_ns: int) -> None:
        found = {one.turn_id: one for one in answers}
        if self._words != found and found:
            self._words, self._arrived_ns = {**self._words, **found}, now_ns

    def _write(self, told: presses.SentenceCorrected, now_ns: int) -> None:
        """Kept as it is written, so that a page that is loaded again has it."""
        self._pressed_ns = now_ns
        others = sum(len(text) for key, text in self._written.items() if key != told.utterance_id)
        known = self._known.utterances if self._known else ()
        if others + len(told.text) <= MOST_WRITTEN and told.utterance_id in {
            one.utterance_id for one in known
        }:
            self._written[told.utterance_id] = told.text

    def _confirm(
        self, told: presses.WordsRight | presses.WordsMisheard, now_ns: int
    ) -> tuple[AnswerConfirmed, ...]:
        known = self._known
        if known is None or not known.utterances:
            return ()
        right = isinstance(told, presses.WordsRight)
        written = [(one, " ".join(self._written.get(one.utterance_id, "").split()))
                   for one in known.utterances]  # fmt: skip
        self.confirmed = AnswerConfirmed(
            known.turn_id,
            ConfirmVerdict.RIGHT if right else ConfirmVerdict.MISHEARD,
            tuple(one.utterance_id for one in known.utterances),
            tuple(
                Correction(one.utterance_id, text)
                for one, text in written
                if text and text != one.text
            ),
        )
        self.answered, self._written = self.answered[1:], {}
        self._done, self._pressed_ns = self._done + 1, now_ns
        return (self.confirmed,)

    def _pass_time(self, now_ns: int) -> None:
        while self.answered and self._is_empty(now_ns):
            self.answered = self.answered[1:]
        if not self.answered or now_ns >= self._ends_ns(empty=False):
            self.over = True

    def _is_empty(self, now_ns: int) -> bool:
        """Nothing was understood of it, or its words do not come."""
        known = self._known
        return not (known and known.utterances) and not self._arriving(now_ns)

    def _arriving(self, now_ns: int) -> bool:
        whole = self._known is not None and self._known.whole
        return not whole and now_ns < self._arrived_ns + WORDS_WAIT_MS * MS

    def _ends_ns(self, *, empty: bool) -> int:
        quiet_ns = self._pressed_ns + CONFIRMING_QUIET_MS * MS
        waits_ns = self._arrived_ns + WORDS_WAIT_MS * MS if empty else quiet_ns
        return min(quiet_ns, waits_ns, self._begun_ns + CONFIRMING_LIMIT_MS * MS)
