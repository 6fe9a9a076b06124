"""The live events of a subject, as an iterator that forgets the oldest rather than falling behind."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Self

import msgspec
import nats
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from central.bus.events import Event
from central.bus.flushing import Flusher
from central.cancelling import cancellable

FLUSH_S = 2.0

_log = structlog.get_logger(__name__)
_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)


class LiveEvents:
    """Iterates until it is closed. At most `limit` events wait; then the oldest is dropped and
    counted in `dropped`.
    """

    def __init__(self, client: Client, flusher: Flusher, subject: str, limit: int) -> None:
        self._nats = client
        self._flusher = flusher
        self._subject = subject
        self._waiting: deque[Event] = deque(maxlen=limit)
        self._arrived = asyncio.Event()
        self._subscription: Subscription | None = None
        self._closed = False
        self.dropped = 0

    async def __aenter__(self) -> Self:
        try:
            await self._subscribe()
        except BaseException:
            await self.aclose()  # nobody leaves what was not entered
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Event:
        await self._subscribe()
        while not self._waiting:
            if self._closed:
                raise StopAsyncIteration
            self._arrived.clear()
            await self._arrived.wait()
        return self._waiting.popleft()

    async def aclose(self) -> None:
        """Ends the subscription and the iteration."""
        self._closed = True
        self._arrived.set()
        if self._subscription is None:
            return
        try:
            await self._subscription.unsubscribe()
        except nats.errors.Error:
            return  # the connection is closed already

    async def _subscribe(self) -> None:
        if self._subscription is None and not self._closed:
            await cancellable(self._begin())
            try:
                if await self._flusher.flushed(FLUSH_S):
                    return
                problem = "no answer"
            except nats.errors.Error as error:
                problem = str(error)
            # The client subscribes again by itself when NATS is back.
            _log.warning("not subscribed yet", subject=self._subject, error=problem)

    async def _begin(self) -> None:
        self._subscription = await self._nats.subscribe(self._subject, cb=self._on_message)

    async def _on_message(self, message: Msg) -> None:
        try:
            event = _decoder.decode(message.data)
        except msgspec.MsgspecError as error:
            _log.warning("an event cannot be read", subject=message.subject, error=str(error))
            return
        if len(self._waiting) == self._waiting.maxlen:
            self.dropped += 1
        self._waiting.append(event)
        self._arrived.set()
