"""Half a second of frames between capture and analysis; when full the oldest goes, and is counted. With
room for one it hands over the newest and nothing else.

Analysis takes a quarter of a frame's time, so the ring is empty unless the machine looks elsewhere:
a late reading is better than a hole in the record, and a stall of half a second is caught up with in
a fifth of one.
"""

from __future__ import annotations

import threading
from collections import deque
from typing import Generic, TypeVar

T = TypeVar("T")
SIZE = 16


class Ring(Generic[T]):
    """Bounded hand-over from one thread to another."""

    def __init__(self, size: int = SIZE) -> None:
        self._frames: deque[T] = deque()
        self._size = size
        self._changed = threading.Condition()
        self._closed = False
        self.captured = 0
        self.dropped = 0

    def put(self, frame: T) -> None:
        """Never waits."""
        with self._changed:
            if len(self._frames) == self._size:
                self._frames.popleft()
                self.dropped += 1
            self._frames.append(frame)
            self.captured += 1
            self._changed.notify()

    def take(self) -> T | None:
        """The oldest frame, waiting for one; None once closed and empty."""
        with self._changed:
            self._changed.wait_for(lambda: self._frames or self._closed)
            return self._frames.popleft() if self._frames else None

    def close(self) -> None:
        """No more frames will come."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
