"""What central lets the candidate read: captions, final sentences, notices. Never marks."""

from __future__ import annotations

from edge_agent.flow import Caption, Feedback, FinalText, Notice

NOTICE_SHOWN_NS = 60_000_000_000
PRACTICE = "practice"
"""Stands for the turn while the practice question is answered."""
MOST_SENTENCES = 100
"""Of one turn; the oldest go."""


class Words:
    """Belongs to one turn at a time; what comes for another is late and not shown."""

    def __init__(self) -> None:
        self._turn_id = ""
        self._caption: Caption | None = None
        self._said: list[str] = []
        self._known: set[str] = set()
        self._notice = ""
        self._notice_ns = 0

    def turn(self, turn_id: str) -> None:
        """The turn that is running now."""
        if turn_id != self._turn_id:
            self._turn_id = turn_id
            self._caption = None
            self._said, self._known = [], set()

    def take(self, feedback: Feedback, now_ns: int) -> None:
        match feedback:
            case Caption() if feedback.turn_id == self._turn_id:
                self._caption = feedback
            case FinalText() if feedback.turn_id == self._turn_id:
                self._final(feedback)
            case Notice():
                self._notice, self._notice_ns = feedback.text, now_ns

    def caption(self) -> Caption | None:
        return self._caption

    def said(self) -> tuple[str, ...]:
        """Finals of this turn, in order of arrival."""
        return tuple(self._said)

    def notice(self, now_ns: int) -> str | None:
        if self._notice and now_ns - self._notice_ns < NOTICE_SHOWN_NS:
            return self._notice
        return None

    def _final(self, final: FinalText) -> None:
        """The same utterance may be told twice; an empty one was noise. Its caption is over."""
        if final.utterance_id in self._known:
            return
        self._known.add(final.utterance_id)
        self._caption = None
        if final.text.strip():
            self._said = [*self._said, final.text][-MOST_SENTENCES:]
