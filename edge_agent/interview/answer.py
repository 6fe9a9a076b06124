"""When an open answer is over: pure timing over what hearing says."""

from __future__ import annotations

from edge_agent.flow import AnswerEndReason, InterviewPlan, PlannedQuestion
from edge_agent.interview.steps import VOICE_END_MS, VOICE_START_MS

MS = 1_000_000
"""Nanoseconds in a millisecond."""

MIN_VOICED_MS = 1_500
"""Silence ends no answer with less voice than this: a thoughtful "well..." is not an answer."""

DEFAULT_LIMIT_MS = 180_000
DEFAULT_SILENCE_MS = 3_000
DEFAULT_PROMPT_MS = 10_000


class AnswerClock:
    """One answer's voice and silence, from its opening on.

    Silence counts from the last voice itself, not from the moment hearing was sure of it: hearing
    reports the end of voice `VOICE_END_MS` late and its start `VOICE_START_MS` late.
    """

    def __init__(self, plan: InterviewPlan, question: PlannedQuestion, opened_ns: int) -> None:
        self._limit_ns = (question.answer_limit_ms or DEFAULT_LIMIT_MS) * MS
        self._silence_ns = (plan.answer_end_silence_ms or DEFAULT_SILENCE_MS) * MS
        self._prompt_ns = (plan.no_answer_prompt_ms or DEFAULT_PROMPT_MS) * MS
        self._typed = plan.typed_answers
        self._opened_ns = opened_ns
        self._quiet_ns = opened_ns
        self._voice_ns: int | None = None
        self._voiced_ns = 0
        self.begun = False

    def voice(self, now_ns: int, *, speaking: bool) -> None:
        """The candidate began or ceased to speak."""
        if speaking and self._voice_ns is None:
            self._voice_ns = max(now_ns - VOICE_START_MS * MS, self._opened_ns)
            self.begun = True
        elif not speaking and self._voice_ns is not None:
            self._quiet_ns = max(now_ns - VOICE_END_MS * MS, self._voice_ns)
            self._voiced_ns += self._quiet_ns - self._voice_ns
            self._voice_ns = None

    def hold(self, now_ns: int) -> None:
        """The room itself is speaking: this silence is not the candidate's."""
        self._quiet_ns = max(self._quiet_ns, now_ns)

    def pause(self, now_ns: int) -> None:
        """Nobody listens from now on: voice that goes on is not heard."""
        if self._voice_ns is not None:
            self._voiced_ns += now_ns - self._voice_ns
            self._voice_ns = None

    def go_on(self, now_ns: int, paused_ns: int) -> None:
        """The time of a pause counts for nothing, and silence begins anew."""
        self._opened_ns += paused_ns
        self._quiet_ns = now_ns

    def verdict(self, now_ns: int) -> AnswerEndReason | None:
        """Why the answer is over now; None while it is not."""
        if now_ns - self._opened_ns >= self._limit_ns:
            return AnswerEndReason.TIME_LIMIT
        if self._voice_ns is not None or self._typed:  # who writes is quiet
            return None
        quiet_ns = now_ns - self._quiet_ns
        enough = self._voiced_ns >= MIN_VOICED_MS * MS
        if enough and quiet_ns >= self._silence_ns:
            return AnswerEndReason.SILENCE
        if quiet_ns >= 2 * self._prompt_ns:
            return AnswerEndReason.SILENCE if self.begun else AnswerEndReason.NO_ANSWER
        return None

    def still_there(self, now_ns: int) -> bool:
        """The kiosk should ask whether the candidate is still there."""
        listens = self._voice_ns is None and not self._typed
        return listens and now_ns - self._quiet_ns >= self._prompt_ns
