"""Engines that share one card (or one machine's cores): a question goes first.

While one of them works for a question, the others keep still between two batches; not for ever, so that
many questions cannot starve an evaluation.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from central.language.model import Urgency

LONGEST_PAUSE_S: Final = 10.0


class Pausable(Protocol):
    """An engine's process."""

    def pause(self, *, on: bool) -> None:
        """Keep still, or go on."""


class Card:
    """Everything that runs there; from one event loop."""

    def __init__(self, longest_pause_s: float = LONGEST_PAUSE_S) -> None:
        self._longest_pause_s = longest_pause_s
        self._engines: list[Pausable] = []
        self._questions: Counter[int] = Counter()
        """Of each engine, those at work."""
        self._resting: asyncio.TimerHandle | None = None
        self._tired = False

    def join(self, engine: Pausable) -> None:
        """This engine runs there."""
        self._engines.append(engine)

    @contextmanager
    def working(self, engine: Pausable, urgency: Urgency) -> Iterator[None]:
        """A call of this urgency, for as long as the block runs."""
        if urgency is not Urgency.QUESTION or len(self._engines) < 2:
            yield
            return
        self._questions[id(engine)] += 1
        self._settle()
        try:
            yield
        finally:
            self._questions[id(engine)] -= 1
            self._settle()

    def _settle(self) -> None:
        asked = any(self._questions.values())
        if not asked:
            self._tired = False
        self._time(on=asked and not self._tired)
        for engine in self._engines:
            others = asked and not self._questions[id(engine)]
            engine.pause(on=others and not self._tired)

    def _time(self, *, on: bool) -> None:
        if not on and self._resting is not None:
            self._resting.cancel()
            self._resting = None
        elif on and self._resting is None:
            loop = asyncio.get_running_loop()
            self._resting = loop.call_later(self._longest_pause_s, self._enough)

    def _enough(self) -> None:
        self._resting, self._tired = None, True
        self._settle()
