"""How much may be under way without an acknowledgement: what bounds memory on both sides.

A finished write is no delivery: HTTP/2 accepts about 4 MB into a reader that stands still.
"""

from __future__ import annotations

import asyncio
from collections import deque

from edge_agent.uplink.journal import StoredRecord


class Window:
    """Counts payload bytes between sending and `Ack`."""

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        self._sent: deque[tuple[int, int]] = deque()
        self._in_flight = 0
        self._opened = asyncio.Event()

    @property
    def in_flight_bytes(self) -> int:
        return self._in_flight

    @property
    def free_bytes(self) -> int:
        return max(self.limit_bytes - self._in_flight, 0)

    async def room_for(self, size_bytes: int) -> None:
        """Wait until `size_bytes` fit; a record larger than the whole window goes alone."""
        while self._in_flight and size_bytes > self.free_bytes:
            self._opened.clear()
            await self._opened.wait()

    def sent(self, records: list[StoredRecord]) -> None:
        for one in records:
            self._sent.append((one.seq, len(one.payload)))
            self._in_flight += len(one.payload)

    def acknowledged(self, up_to: int) -> None:
        while self._sent and self._sent[0][0] <= up_to:
            self._in_flight -= self._sent.popleft()[1]
        self._opened.set()
