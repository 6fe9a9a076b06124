"""For how long the oldest record has been waiting for central. Pure."""

from __future__ import annotations

from collections import deque

MARKS = 720
"""An hour of marks every 5 s; beyond it every second one goes, so that days fit."""


class Waiting:
    """Looks at the spool every few seconds, and remembers when it was how long."""

    def __init__(self) -> None:
        self._marks: deque[tuple[int, int]] = deque()

    def oldest_ms(self, next_seq: int, acked_seq: int, now_ns: int) -> int:
        """The age of the record after `acked_seq`, as exact as the calls are frequent; 0 where central
        has everything. What an earlier run left counts from this run's first look.
        """
        last = self._marks[-1][0] if self._marks else 0
        if self._marks and next_seq <= last:
            self._marks.clear()  # a new series of records
            last = 0
        if next_seq - 1 > last:
            self._marks.append((next_seq - 1, now_ns))
        while self._marks and self._marks[0][0] <= acked_seq:
            self._marks.popleft()
        if len(self._marks) > MARKS:
            self._marks = deque(list(self._marks)[::2])
        return max(0, now_ns - self._marks[0][1]) // 1_000_000 if self._marks else 0
