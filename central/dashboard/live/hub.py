"""One NATS subscription per process, fanned out to every browser's bounded queue."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final
from uuid import uuid4

from central.bus import subjects
from central.bus.events import Readings
from central.dashboard.live.history import History
from central.dashboard.live.port import Events, LiveBus
from central.dashboard.live.queue import Queue

WAITING: Final = 4096
"""Events between NATS and the queues; more and every browser reloads."""
FRESH_S: Final = 3.0
"""Readings that came longer ago say nothing of now."""
MOST_ROOMS: Final = 4096
"""Whose latest readings are kept; then those that spoke longest ago are forgotten."""


@dataclass(slots=True, eq=False)
class Listener:
    """One browser: its queue, and the bell that says that something is in it. `doubt`: whose is it?"""

    queue: Queue
    account_id: int = 0
    follows: bool = False
    """It is told where in the history it is."""
    bell: asyncio.Event = field(default_factory=asyncio.Event)
    doubt: asyncio.Event = field(default_factory=asyncio.Event)


class Hub:
    """`run` until cancelled; `listen` from any number of sockets."""

    def __init__(self, bus: LiveBus) -> None:
        self._bus = bus
        self._listeners: set[Listener] = set()
        self.events_seen = 0
        self._latest: dict[str, tuple[float, Readings]] = {}
        self._history = History(uuid4().hex)

    @property
    def cursor(self) -> str:
        """The place after everything that this process has heard."""
        return self._history.cursor

    @property
    def listening(self) -> int:
        """How many browsers listen now."""
        return len(self._listeners)

    def now(self, room: str) -> Readings | None:
        """What a room says of itself right now; None where nothing came for three seconds."""
        came_s, readings = self._latest.get(room, (float("-inf"), None))
        return readings if time.monotonic() - came_s < FRESH_S else None

    def _remember(self, readings: Readings) -> None:
        self._latest.pop(readings.room, None)  # the newest last
        self._latest[readings.room] = (time.monotonic(), readings)
        while len(self._latest) > MOST_ROOMS:
            self._latest.pop(next(iter(self._latest)))

    async def run(self) -> None:
        """Move events from NATS to the queues, until cancelled. The subscription survives restarts of
        NATS; what was published meanwhile is lost, and the pages ask for changes by themselves.
        """
        async with self._bus.subscribe_live(subjects.ALL_LIVE, WAITING) as events:
            await self._fan_out(events)

    def doubt(self, account_id: int) -> None:
        """Something of this account changed: its sockets look at it now."""
        for listener in self._listeners:
            if listener.account_id == account_id:
                listener.doubt.set()

    @contextmanager
    def listen(
        self, queue: Queue, *, account_id: int = 0, after: str | None = None
    ) -> Iterator[Listener]:
        """Fill this queue while the context is open. `after`: a cursor, after which everything is put in
        at once, or that it is gone; "" begins here; None wants no cursors.
        """
        listener = Listener(queue, account_id, follows=after is not None)
        if after is not None:
            self._catch_up(listener, after)
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def _catch_up(self, listener: Listener, after: str) -> None:
        """No event can come between: nothing here waits."""
        missed = self._history.since(after) if after else ()
        if missed is None:
            listener.queue.lose()
        for event in missed or ():
            listener.queue.put(event)
        for room in tuple(self._latest):
            readings = self.now(room)
            if readings is not None:
                listener.queue.put(readings)
        listener.queue.reach(self.cursor)
        listener.bell.set()

    async def _fan_out(self, events: Events) -> None:
        dropped = 0
        async for event in events:
            self.events_seen += 1
            if isinstance(event, Readings):
                self._remember(event)
            lost, dropped = events.dropped > dropped, events.dropped
            if lost:
                self._history = History(uuid4().hex)
            self._history.add(event)
            for listener in tuple(self._listeners):
                if lost:
                    listener.queue.lose()
                if listener.follows:
                    listener.queue.reach(self.cursor)
                if listener.queue.put(event) or lost:
                    listener.bell.set()
