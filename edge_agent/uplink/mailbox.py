"""What waits to be written to one stream: one slot each for health, live reading and batch.

Two concurrent writes on one grpc.aio stream kill the call, so one writer empties this. Health and
live are latest-wins; a batch waits its turn. Live goes before batches because it is limited to ten a
second and cannot starve them, while batches after a long cut would starve it.
"""

from __future__ import annotations

import asyncio

from edge_agent.flow import Health, LiveReading
from edge_agent.uplink.journal import StoredRecord


class Mailbox:
    """Three slots and one taker."""

    def __init__(self) -> None:
        self._health: Health | None = None
        self._live: LiveReading | None = None
        self._batch: list[StoredRecord] = []
        self._filled = asyncio.Event()
        self._batch_taken = asyncio.Event()

    def report(self, health: Health) -> None:
        self._health = health
        self._filled.set()

    def show(self, reading: LiveReading) -> None:
        self._live = reading
        self._filled.set()

    def renew(self) -> None:
        """A new stream begins: what a former one left is old."""
        self._live = None
        self._batch = []

    async def send(self, batch: list[StoredRecord]) -> None:
        """Waits until the writer took it: at most one batch is under way beside the window."""
        self._batch = batch
        self._batch_taken.clear()
        self._filled.set()
        await self._batch_taken.wait()

    async def take(self) -> Health | LiveReading | list[StoredRecord]:
        """The most urgent thing; waits for one."""
        while True:
            if self._health is not None:
                health, self._health = self._health, None
                return health
            if self._live is not None:
                live, self._live = self._live, None
                return live
            if self._batch:
                batch, self._batch = self._batch, []
                self._batch_taken.set()
                return batch
            self._filled.clear()
            await self._filled.wait()
