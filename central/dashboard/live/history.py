"""The last events of all rooms, so that a browser that was away gets what it missed. Pure.

Readings and captions are not kept: the next one says all that they said. A cursor names a place in one
history; a process that was restarted, or that missed events itself, begins another, and says so by not
knowing the place.
"""

from __future__ import annotations

from collections import deque
from typing import Final

from central.bus.events import CaptionChanged, Event, Readings

MOST: Final = 4096
"""Events of all rooms: several minutes of fifty rooms."""
_PASSING: Final = (Readings, CaptionChanged)


class History:
    """`name` tells this history from every other one."""

    def __init__(self, name: str, *, most: int = MOST) -> None:
        self._name = name
        self._kept: deque[Event] = deque(maxlen=most)
        self._count = 0

    @property
    def cursor(self) -> str:
        """The place after everything so far."""
        return f"{self._name}-{self._count}"

    def add(self, event: Event) -> None:
        """Keep it, at the cost of the oldest."""
        if not isinstance(event, _PASSING):
            self._count += 1
            self._kept.append(event)

    def since(self, cursor: str) -> tuple[Event, ...] | None:
        """What came after this place; None where nobody knows any more."""
        name, _, count = cursor.rpartition("-")
        if name != self._name or not (count.isascii() and count.isdecimal() and len(count) < 20):
            return None
        missed = self._count - int(count)
        if not 0 <= missed <= len(self._kept):
            return None
        return tuple(self._kept)[len(self._kept) - missed :]
