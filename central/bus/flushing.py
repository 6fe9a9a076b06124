"""Waiting until the server has what was sent, without ever giving up a ping.

nats-py keeps a future for each ping. Where one was cancelled, by a task that ended or a timeout, the
answer to it raises in the client's read loop, and the whole process hears nothing more from NATS until
the connection is found dead a quarter of a minute later. A room that connects and goes at once must not
be able to do that to the others.
"""

from __future__ import annotations

import asyncio
from typing import Final

from nats.aio.client import Client

NEVER_S: Final = 86_400
"""The client forgets its pings when it connects anew, long before."""


class Flusher:
    """One for a connection."""

    def __init__(self, client: Client) -> None:
        self._nats = client
        self._under_way: set[asyncio.Task[None]] = set()

    async def flushed(self, timeout_s: float) -> bool:
        """Whether the server has everything that was sent before, within this time. Raises
        `nats.errors.Error` where the connection is closed.
        """
        task = asyncio.create_task(self._nats.flush(timeout=NEVER_S))
        self._under_way.add(task)
        task.add_done_callback(self._done)
        done, _ = await asyncio.wait({task}, timeout=timeout_s)
        if done:
            task.result()
        return bool(done)

    async def close(self) -> None:
        """Once the client is closed: nobody answers any more."""
        tasks = list(self._under_way)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            task.exception()  # looked at: whoever waited may be gone
