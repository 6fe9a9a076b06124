"""While the candidate reads what was understood, central is asked for it again and again: the words of
the last answer come seconds later than those of the first.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from edge_agent.errors import CentralAway
from edge_agent.flow import AnswerWords, Phase
from edge_agent.interview import RunnerView
from edge_agent.interview.steps import Input, WordsArrived

EVERY_S = 2.0
LOOK_S = 0.2
"""How soon it is noticed that the candidate reads."""

log = structlog.get_logger(__name__)


class Door(Protocol):
    """The way to central's words."""

    async def fetch(self, interview_id: str) -> tuple[AnswerWords, ...]:
        """Raises `CentralAway`."""


class ReadingBack:
    """Of one room."""

    def __init__(
        self, door: Door, *, view: Callable[[], RunnerView], tell: Callable[[Input], None]
    ) -> None:
        self._door, self._view, self._tell = door, view, tell

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            view = self._view()
            if view.phase is not Phase.CONFIRMING:
                await asyncio.sleep(LOOK_S)
                continue
            await self._ask(view.interview_id)
            await asyncio.sleep(EVERY_S)

    async def _ask(self, interview_id: str) -> None:
        try:
            answers = await self._door.fetch(interview_id)
        except CentralAway as error:
            log.info("what was understood cannot be shown now", why=str(error))
            return
        self._tell(WordsArrived(answers))
