"""A TCP proxy that is as bad as a network can be, on demand.

Delay and loss of packets cannot be had from the kernel everywhere; what a byte stream sees of them can.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from enum import Enum

CHUNK_BYTES = 64 * 1024
SLOW_BYTES_S = 1_000
FLAP_S = 0.7
DELAY_S = 0.3
CONNECT_S = 5.0


class Mode(Enum):
    """What happens to bytes, in both directions."""

    PASS = "pass"
    CUT = "cut"
    """Connections are reset, in the middle of whatever they carry; new ones too."""
    BLACK_HOLE = "black hole"
    """Nothing passes and nothing is said. What was held passes once the mode changes, as after a
    cable was put back: TCP sends it again."""
    HALF_OPEN = "half open"
    """As a black hole, but what it held is never delivered: those connections stay silent for ever,
    as behind a router that forgot them."""
    SLOW = "1 kB/s"
    FLAPPING = "flapping"
    """Passes and resets in turns of 0.7 s."""
    DELAY = "delay"
    """0.3 s later, in each direction."""


@dataclass(eq=False, slots=True)
class _Link:
    """One accepted connection and the one beyond."""

    near: asyncio.StreamWriter
    far: asyncio.StreamWriter
    dead: bool = False
    lanes: list[asyncio.Task[None]] = field(default_factory=list)

    def reset(self) -> None:
        """Both ends see a reset, and what was held is gone."""
        for lane in self.lanes:
            lane.cancel()
        for writer in (self.near, self.far):
            _reset(writer)


class FaultProxy:
    """Stands between whoever connects to `address` and `upstream` (`host:port`). `slow_bytes_s` is what
    `Mode.SLOW` carries in each direction.
    """

    def __init__(self, upstream: str, slow_bytes_s: int = SLOW_BYTES_S) -> None:
        self.slow_bytes_s = slow_bytes_s
        host, _, port = upstream.rpartition(":")
        self._upstream = (host, int(port))
        self._mode = Mode.PASS
        self._changed = asyncio.Event()
        self._links: set[_Link] = set()
        self._accepted: set[asyncio.Task[None]] = set()
        self._flapping: asyncio.Task[None] | None = None
        self._closed_by_flap = False
        self.address = ""
        self.resets = 0

    @property
    def mode(self) -> Mode:
        return self._mode

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[FaultProxy]:
        """Listens on a free port of loopback inside the block."""
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.address = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        try:
            yield self
        finally:
            server.close()
            self.set(Mode.PASS)
            work = [*self._accepted, *(lane for link in self._links for lane in link.lanes)]
            for task in work:
                task.cancel()
            for link in list(self._links):
                link.reset()
            await asyncio.gather(*work, return_exceptions=True)

    def set(self, mode: Mode) -> None:
        """From now on."""
        if mode is Mode.HALF_OPEN:
            self._forget()
        if self._mode is Mode.HALF_OPEN and mode is not Mode.HALF_OPEN:
            self._forget()  # what began meanwhile too
        self._mode = mode
        self._changed.set()
        self._changed = asyncio.Event()
        if self._flapping is not None:
            self._flapping.cancel()
        self._flapping, self._closed_by_flap = None, False
        if mode is Mode.CUT:
            self._reset_all()
        elif mode is Mode.FLAPPING:
            self._flapping = asyncio.create_task(self._flap())

    async def _flap(self) -> None:
        while True:
            self._closed_by_flap = not self._closed_by_flap
            if self._closed_by_flap:
                self._reset_all()
            await asyncio.sleep(FLAP_S)

    def _forget(self) -> None:
        for link in self._links:
            link.dead = True

    def _reset_all(self) -> None:
        for link in list(self._links):
            link.reset()
            self.resets += 1

    def _refuses(self) -> bool:
        return self._mode is Mode.CUT or self._closed_by_flap

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._accepted.add(task)
        try:
            await self._carry(reader, writer)
        except (OSError, asyncio.CancelledError):  # ours alone: see `serving`
            _reset(writer)
        finally:
            self._accepted.discard(task)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refuses():
            _reset(writer)
            return
        try:
            async with asyncio.timeout(CONNECT_S):
                beyond, far = await asyncio.open_connection(*self._upstream)
        except (OSError, TimeoutError):
            _reset(writer)
            return
        link = _Link(writer, far, dead=self._mode is Mode.HALF_OPEN)
        self._links.add(link)
        link.lanes = [
            asyncio.create_task(self._lane(link, reader, far)),
            asyncio.create_task(self._lane(link, beyond, writer)),
        ]
        try:
            await asyncio.wait(link.lanes, return_when=asyncio.FIRST_EXCEPTION)
        finally:
            for lane in link.lanes:
                lane.cancel()
            await asyncio.gather(*link.lanes, return_exceptions=True)
            self._links.discard(link)
            link.reset()

    async def _lane(
        self, link: _Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """One direction, to its end."""
        while data := await reader.read(self._at_once()):
            await self._hold(link)
            await self._wait(len(data))
            await self._hold(link)
            writer.write(data)
            await writer.drain()
        await self._hold(link)
        with suppress(OSError, RuntimeError):
            writer.write_eof()

    def _at_once(self) -> int:
        return self.slow_bytes_s // 10 if self._mode is Mode.SLOW else CHUNK_BYTES

    async def _hold(self, link: _Link) -> None:
        while link.dead or self._mode is Mode.BLACK_HOLE:
            await self._changed.wait()

    async def _wait(self, size: int) -> None:
        if self._mode is Mode.DELAY:
            await asyncio.sleep(DELAY_S)
        elif self._mode is Mode.SLOW:
            changed = self._changed
            with suppress(TimeoutError):
                async with asyncio.timeout(size / self.slow_bytes_s):
                    await changed.wait()


def _reset(writer: asyncio.StreamWriter) -> None:
    """RST instead of FIN: whoever reads gets an error, not an end."""
    sock = writer.get_extra_info("socket")
    if sock is not None:
        with suppress(OSError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
