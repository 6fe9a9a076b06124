"""What the room is saying right now: one text at a time, until the speaker has reported back."""

from __future__ import annotations

from collections.abc import Iterator

from edge_agent.interview.answer import MS
from edge_agent.interview.steps import Say

SAY_LIMIT_MS = 10_000
SAY_LIMIT_PER_LETTER_MS = 400
"""A speaker that does not report back in this time is given up: twice the slowest speech."""


class Saying:
    """Of one turn."""

    def __init__(self, say_ids: Iterator[int]) -> None:
        self._say_ids = say_ids
        self._say_id = 0
        self._until_ns: int | None = None

    @property
    def on(self) -> bool:
        """Something is being said."""
        return self._until_ns is not None

    def begin(self, text: str, language: str, now_ns: int) -> Say:
        """Say this."""
        self._say_id = next(self._say_ids)
        letters_ms = len(text) * SAY_LIMIT_PER_LETTER_MS
        self._until_ns = now_ns + (SAY_LIMIT_MS + letters_ms) * MS
        return Say(text, language, self._say_id)

    def played(self, say_id: int) -> bool:
        """The speaker is done; False where that was said of something else."""
        if self._until_ns is None or say_id not in {0, self._say_id}:
            return False
        self._until_ns = None
        return True

    def is_given_up(self, now_ns: int) -> bool:
        """The speaker has not reported back in time."""
        return self._until_ns is not None and now_ns >= self._until_ns

    def stop(self) -> bool:
        """Whether there is something to hush."""
        on, self._until_ns = self.on, None
        return on
