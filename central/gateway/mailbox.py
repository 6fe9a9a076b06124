"""What one stream still has to say, most important first. One writer task empties it: two concurrent
writes on one grpc.aio stream end the call.
"""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

from central.gateway.responses import SessionResponse, ack

MAX_CONTROL: Final = 1_024
MAX_FINALS: Final = 64


class MailboxFull(Exception):
    """The room reads too slowly to be told what it must be told."""


class Mailbox:
    """Control messages wait in order and may not be lost; of acknowledgements and captions only the
    newest counts; of final texts and notices the oldest are dropped.
    """

    def __init__(self) -> None:
        self._control: deque[SessionResponse] = deque()
        self._ack_up_to: int | None = None
        self._caption: SessionResponse | None = None
        self._finals: deque[SessionResponse] = deque(maxlen=MAX_FINALS)
        self._something = asyncio.Event()

    def control(self, message: SessionResponse) -> None:
        """Welcome, Reject, Command, Drain. Raises `MailboxFull`."""
        if len(self._control) >= MAX_CONTROL:
            raise MailboxFull
        self._control.append(message)
        self._something.set()

    def acknowledge(self, up_to: int) -> None:
        """Everything up to here is committed."""
        self._ack_up_to = up_to
        self._something.set()

    def caption(self, message: SessionResponse) -> None:
        """Replaces the caption that was not sent yet."""
        self._caption = message
        self._something.set()

    def final(self, message: SessionResponse) -> None:
        """A final text or a notice."""
        self._finals.append(message)
        self._something.set()

    async def next(self) -> SessionResponse:
        """What to say next; waits for it."""
        while True:
            message = self._pop()
            if message is not None:
                return message
            self._something.clear()
            await self._something.wait()

    def _pop(self) -> SessionResponse | None:
        if self._control:
            return self._control.popleft()
        if self._ack_up_to is not None:
            message, self._ack_up_to = ack(self._ack_up_to), None
            return message
        if self._finals:
            return self._finals.popleft()
        caption, self._caption = self._caption, None
        return caption
