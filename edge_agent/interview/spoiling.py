"""What spoiled an answer that was not the candidate's doing, and whether they are offered another try.

Pure. One offer for each question: a second answer stands as it is.
"""

from __future__ import annotations

from edge_agent.flow import AnswerEndReason, Disturbance
from edge_agent.interview.answer import MS
from edge_agent.interview.steps import Disturbed

OFFER_AFTER_MS = 1_000
"""So much of an answer has to be disturbed, all together: a click is no reason to begin anew."""

OFFER_SHOWN_MS = 60_000
"""How long the offer stays; then the answer that was given counts."""

OFFERED_AFTER = frozenset(
    {
        AnswerEndReason.SILENCE,
        AnswerEndReason.DONE,
        AnswerEndReason.TIME_LIMIT,
        AnswerEndReason.NO_ANSWER,
    }
)
"""Who skipped, or does not know, chose so."""


class Spoiling:
    """Of one turn."""

    def __init__(self, turn_id: str, *, retaken: bool) -> None:
        """`retaken`: this turn is the other try."""
        self._turn_id = turn_id
        self._retaken = retaken
        self._since_ns: int | None = None
        self._ns = 0

    def opened(self, now_ns: int) -> None:
        """The answer begins here: what staff mark goes back so far."""
        self._since_ns = now_ns

    def take(self, told: Disturbed) -> Disturbance | None:
        """The span to write down; None where it was, or where no answer is open."""
        if self._since_ns is None:
            return None
        from_ns = self._since_ns if told.from_ns is None else max(told.from_ns, self._since_ns)
        self._ns += max(told.to_ns - from_ns, 0)
        if told.written:
            return None
        self._since_ns = told.to_ns  # what is marked once is not marked again
        return Disturbance(from_ns, told.to_ns, told.cause, self._turn_id)

    @property
    def offers(self) -> bool:
        """The candidate may answer again."""
        return not self._retaken and self._ns >= OFFER_AFTER_MS * MS
