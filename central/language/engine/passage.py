"""Many at once, or one alone; first come, first served."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class Passage:
    """Who wants to be alone waits until everybody has left; who comes later waits behind."""

    def __init__(self) -> None:
        self._inside = 0
        self._one_alone = False
        self._waiting: deque[tuple[asyncio.Future[None], bool]] = deque()

    async def enter(self, *, alone: bool) -> None:
        """Returns once inside; `leave` has to follow."""
        if not self._waiting and self._may(alone=alone):
            self._let_in(alone=alone)
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((turn, alone))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()
            else:
                self._waiting.remove((turn, alone))
                self._call_in()
            raise

    def leave(self) -> None:
        """Lets in who may be next."""
        self._inside -= 1
        self._one_alone = False
        self._call_in()

    def _may(self, *, alone: bool) -> bool:
        return not self._inside if alone else not self._one_alone

    def _let_in(self, *, alone: bool) -> None:
        self._inside += 1
        self._one_alone = alone

    def _call_in(self) -> None:
        while self._waiting and self._may(alone=self._waiting[0][1]):
            turn, alone = self._waiting.popleft()
            self._let_in(alone=alone)
            turn.set_result(None)


@contextmanager
def leaving(passage: Passage) -> Iterator[None]:
    """Leaves at the end of the block."""
    try:
        yield
    finally:
        passage.leave()
