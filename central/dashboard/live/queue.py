"""What waits for one browser. Readings: only the latest of each room. All else: in order, at most 256;
more than that and the browser is told to fetch the page anew. Of a sealed queue nothing leaves that a
machine concluded. Pure: no I/O, no clock.
"""

from __future__ import annotations

from collections import deque
from typing import Final

import msgspec
from msgspec.structs import replace

from central.bus.events import Event, MarksAdded, Readings
from central.interview.aggregates import without_points

MOST: Final = 256
NOTHING: Final = b"[]"
RELOAD: Final = b'[{"type":"reload"}]'
_RELOAD: Final = {"type": "reload"}

_encoder = msgspec.json.Encoder()


class Queue:
    """Events in, JSON arrays out. `room` None takes those of all rooms; `kinds` None takes all.
    `sealed`: that there are marks is said, and no more of them, nor any points.
    """

    def __init__(
        self,
        room: str | None = None,
        *,
        kinds: frozenset[type] | None = None,
        sealed: bool = False,
        most: int = MOST,
    ) -> None:
        self._room = room
        self._kinds = kinds
        self._sealed = sealed
        self._most = most
        self._readings: dict[str, Readings] = {}
        self._ordered: deque[Event] = deque()
        self._overflowed = False
        self._cursor = self._told = ""

    def put(self, event: Event) -> bool:
        """Take one event; False where it is not for this browser."""
        if self._room is not None and event.room != self._room:
            return False
        if self._kinds is not None and type(event) not in self._kinds:
            return False
        if isinstance(event, Readings):
            self._readings[event.room] = event
        elif len(self._ordered) >= self._most:
            self.lose()
        else:
            self._ordered.append(event)
        return True

    def lose(self) -> None:
        """Something is missing from here on: what waits is worthless, but for the latest readings."""
        self._overflowed = True
        self._ordered.clear()

    def reach(self, cursor: str) -> None:
        """Everything up to this place is here or has left."""
        self._cursor = cursor

    def take(self) -> bytes | None:
        """Everything that waits as one JSON array, or None for nothing: that something is missing,
        events in order, readings, and the place that is reached where it is another than before.
        """
        batch: list[object] = [_RELOAD] if self._overflowed else []
        batch += [*self._ordered, *self._readings.values()]
        self._overflowed = False
        self._ordered.clear()
        self._readings.clear()
        if self._sealed:
            batch = [_unjudged(one) for one in batch]
        if self._cursor != self._told:
            self._told = self._cursor
            batch.append({"type": "cursor", "cursor": self._cursor})
        return _encoder.encode(batch) if batch else None


def _unjudged(event: object) -> object:
    match event:
        case MarksAdded():
            return replace(event, marks=())
        case Readings():
            return replace(event, measures=without_points(event.measures))
        case _:
            return event
