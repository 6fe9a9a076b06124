"""What the dashboard needs of NATS; `central.bus.bus.Bus` is it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from typing import Protocol

from central.bus.events import Event
from central.bus.sounds import SoundReply, SoundRequest


class Events(Protocol):
    """Live events as they come. `dropped` counts those that were lost because nobody took them."""

    dropped: int

    def __aiter__(self) -> AsyncIterator[Event]: ...


class LiveBus(Protocol):
    """Nothing in here raises because NATS is away."""

    async def publish(self, event: Event) -> None:
        """Send a live event."""
        ...

    async def ring(self, subject: str) -> None:
        """Ring a doorbell (`central.bus.subjects`)."""
        ...

    async def request_sound(self, request: SoundRequest, timeout_s: float) -> SoundReply | None:
        """A piece of an answer's sound; None where no speech worker answers in time."""
        ...

    async def announce(self, subject: str, word: str) -> None:
        """Say a word on a subject (`central.bus.subjects`)."""
        ...

    def subscribe_live(self, subject: str, limit: int = 256) -> AbstractAsyncContextManager[Events]:
        """The events on `subject`, in a context; at most `limit` wait."""
        ...
