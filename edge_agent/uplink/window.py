"""How much may be under way without an acknowledgement: what bounds memory on both sides, and how long
anything else waits behind it.

A finished write is no delivery: HTTP/2 accepts about 4 MB into a reader that stands still. And a window
that a thin link needs a minute for delays the pings behind it until the link is taken for dead, with
nothing acknowledged, again and again. So it opens as acknowledgements come quickly, and closes as they
come late.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable

from edge_agent.uplink.journal import StoredRecord

FIRST_BYTES = 16 * 1024
"""Every stream begins with this much, and never has less: two records of sound."""
QUICK_S = 1.0
"""An acknowledgement within this time doubles the window."""
LATE_S = 2.0
"""One after this time halves it: a ping has to get through in 5 s."""


class Window:
    """Counts payload bytes between sending and `Ack`; `limit_bytes` is central's, and never exceeded but
    by a record that is larger alone.
    """

    def __init__(self, limit_bytes: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit_bytes = limit_bytes
        self._clock = clock
        self._open_bytes = FIRST_BYTES
        self._sent: deque[tuple[int, int, float]] = deque()
        self._in_flight = 0
        self._opened = asyncio.Event()

    @property
    def in_flight_bytes(self) -> int:
        return self._in_flight

    @property
    def free_bytes(self) -> int:
        return max(min(self._open_bytes, self.limit_bytes) - self._in_flight, 0)

    async def room_for(self, size_bytes: int) -> None:
        """Wait until `size_bytes` fit; a record larger than the whole window goes alone."""
        while self._in_flight and size_bytes > self.free_bytes:
            self._opened.clear()
            await self._opened.wait()

    def sent(self, records: list[StoredRecord]) -> None:
        now_s = self._clock()
        for one in records:
            self._sent.append((one.seq, len(one.payload), now_s))
            self._in_flight += len(one.payload)

    def acknowledged(self, up_to: int) -> None:
        sent_s: float | None = None
        while self._sent and self._sent[0][0] <= up_to:
            _, size, at_s = self._sent.popleft()
            sent_s = at_s if sent_s is None else sent_s
            self._in_flight -= size
        if sent_s is not None:
            self._fit(self._clock() - sent_s)
        self._opened.set()

    def _fit(self, took_s: float) -> None:
        if took_s <= QUICK_S:
            self._open_bytes = min(2 * self._open_bytes, max(self.limit_bytes, FIRST_BYTES))
        elif took_s > LATE_S:
            self._open_bytes = max(self._open_bytes // 2, FIRST_BYTES)
