"""Room on the disk for a whole interview, taken before it begins."""

from __future__ import annotations

import asyncio

from edge_agent.errors import ReserveRefused
from edge_agent.uplink.durable.files import Files
from edge_agent.uplink.durable.spares import FULL, STANDING, Spares

FREE_DISK = "free some space on the disk of {folder}"
EMPTY_SPOOL = (
    "raise spool.limit_bytes, or let records that wait go: restore the connection to central"
)


class Reservation:
    """Turns bytes into spares of one series."""

    def __init__(self, files: Files, root: str, spares: Spares) -> None:
        self._files, self._root, self.spares = files, root, spares

    async def hold(self, size_bytes: int, left_bytes: int) -> None:
        """Until `release`. `left_bytes`: what the spool's own limit leaves.

        Raises `ReserveRefused`, and `OSError` where the disk fails rather than being full.
        """
        if size_bytes > left_bytes:
            raise ReserveRefused(size_bytes, left_bytes, EMPTY_SPOOL)
        before = self.spares.wanted
        self.spares.want(max(before, STANDING + self.spares.enough_for(size_bytes)))
        try:
            await asyncio.to_thread(self.spares.grow)
        except OSError as error:
            if error.errno not in FULL:
                raise
            await self._give_back(before)
            raise self._refused(size_bytes) from error
        except asyncio.CancelledError:
            self.spares.want(before)  # whoever asked waits no longer; the thread ends by itself
            raise
        if self.spares.unable and self._files.free_bytes(self._root) < size_bytes:
            raise self._refused(size_bytes)

    def release(self) -> None:
        """What is left of it is given back with the next group."""
        self.spares.want(STANDING)

    async def _give_back(self, count: int) -> None:
        self.spares.want(count)
        await asyncio.to_thread(self.spares.trim)

    def _refused(self, size_bytes: int) -> ReserveRefused:
        free = self._files.free_bytes(self._root)
        return ReserveRefused(size_bytes, free, FREE_DISK.format(folder=self._root))
