"""A bus in memory: remembers what was rung and published, and hands out what the test puts in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from central.bus.events import Event
from central.bus.sounds import SoundReply, SoundRequest


class FakeEvents:
    def __init__(self) -> None:
        self.dropped = 0
        self.waiting: asyncio.Queue[Event] = asyncio.Queue()

    def __aiter__(self) -> AsyncIterator[Event]:
        return self

    async def __anext__(self) -> Event:
        return await self.waiting.get()


class FakeLiveBus:
    """Every subscriber gets every event, whatever the subject."""

    def __init__(self) -> None:
        self.rung: list[str] = []
        self.announced: list[tuple[str, str]] = []
        self.published: list[Event] = []
        self.subscribers: list[FakeEvents] = []
        self.sounds: dict[int, bytes] = {}
        self.asked_for: list[SoundRequest] = []
        self.deaf = False
        """No speech worker answers."""

    async def publish(self, event: Event) -> None:
        self.published.append(event)
        for subscriber in self.subscribers:
            subscriber.waiting.put_nowait(event)

    async def ring(self, subject: str) -> None:
        self.rung.append(subject)

    async def request_sound(self, request: SoundRequest, timeout_s: float) -> SoundReply | None:
        data = self.sounds.get(request.turn_id)
        self.asked_for.append(request)
        if data is None:
            return None if self.deaf else SoundReply(problem="sound_unknown")
        return SoundReply(data[request.start : request.end], len(data), str(hash(data)))

    async def announce(self, subject: str, word: str) -> None:
        self.announced.append((subject, word))

    @asynccontextmanager
    async def subscribe_live(self, subject: str, limit: int = 256) -> AsyncIterator[FakeEvents]:
        events = FakeEvents()
        self.subscribers.append(events)
        try:
            yield events
        finally:
            self.subscribers.remove(events)
