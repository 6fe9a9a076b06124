"""The WebSockets of browsers: who may open one, and how events leave on it."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any, Final
from urllib.parse import urlsplit

from litestar import Router, WebSocket, websocket
from litestar.exceptions import WebSocketDisconnect, WebSocketException
from litestar.params import FromPath

from central.bus.events import CommandChanged, RoomChanged
from central.dashboard import seal
from central.dashboard.auth import browser, roles
from central.dashboard.auth.who import still_valid
from central.dashboard.live.hub import Listener
from central.dashboard.live.queue import NOTHING, Queue
from central.dashboard.means import Supply
from central.errors import Refused

COALESCE_S: Final = 0.05
BEAT_S: Final = 4.0
"""A browser that hears nothing for three of these takes the line for cut, and opens another."""
SEND_TIMEOUT_S: Final = 10.0
RECHECK_S: Final = 10.0
SESSION_ENDED: Final = 4401
VIEWERS: Final = (*roles.STAFF, roles.IT)
FLEET_ONLY: Final = frozenset({RoomChanged, CommandChanged})
"""What IT sees: how rooms are, not who sits in them."""

Socket = WebSocket[Any, Any, Any]


class Sockets:
    """The two channels. `public_url` empty: the Origin has to be the host that was asked."""

    def __init__(self, supply: Supply, *, recheck_s: float = RECHECK_S) -> None:
        self._supply = supply
        self._recheck_s = recheck_s

    def router(self) -> Router:
        """`/live/rooms` and `/live/rooms/{code}`."""

        @websocket("/live/rooms", guards=[roles.allow(*VIEWERS)])
        async def all_rooms(socket: Socket) -> None:
            await self._serve(socket, None)

        @websocket("/live/rooms/{code:str}", guards=[roles.allow(*VIEWERS)])
        async def one_room(socket: Socket, code: FromPath[str]) -> None:
            await self._serve(socket, code)

        return Router("/", route_handlers=[all_rooms, one_room])

    async def _serve(self, socket: Socket, room: str | None) -> None:
        if not self._is_ours(socket):
            raise WebSocketException(detail="not from this origin", code=4403)
        kinds = FLEET_ONLY if socket.user.role == roles.IT else None
        await socket.accept()
        given = self._supply()
        sealed = seal.may_be_sealed(socket.user, given.config.dashboard.reveal)
        after = socket.query_params.get("cursor")
        queue = Queue(room, kinds=kinds, sealed=sealed)
        with given.hub.listen(queue, account_id=socket.user.id, after=after) as listener:
            await self._until_gone(socket, listener)

    async def _until_gone(self, socket: Socket, listener: Listener) -> None:
        """Three things at once; the first that ends, ends the socket."""
        jobs = [
            asyncio.ensure_future(job)
            for job in (_pump(socket, listener), _drain(socket), self._recheck(socket, listener))
        ]
        try:
            await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for job in jobs:
                job.cancel()
            results = await asyncio.gather(*jobs, return_exceptions=True)
        await _close(socket, _code_of(results))

    async def _recheck(self, socket: Socket, listener: Listener) -> None:
        """Raises `Refused` when the account may no longer look on: now and then, and at once where
        somebody says that something of it changed.
        """
        claims = browser.claims(socket.session)
        while claims is not None:
            with suppress(TimeoutError):
                async with asyncio.timeout(self._recheck_s):
                    await listener.doubt.wait()
            listener.doubt.clear()
            async with self._supply().maker() as session:
                account = await still_valid(session, claims)
            if account.role != socket.user.role:
                raise Refused("session_ended", 401, "The role has changed.")

    def _is_ours(self, socket: Socket) -> bool:
        """Browsers always send Origin on WebSockets; what sends none is no browser with our cookie."""
        origin = socket.headers.get("origin", "")
        public_url = self._supply().config.dashboard.public_url.rstrip("/")
        if public_url:
            return origin == public_url
        return bool(origin) and urlsplit(origin).netloc == socket.headers.get("host")


async def _pump(socket: Socket, listener: Listener) -> None:
    """Send what waits, at most every 50 ms; the first event after a pause goes at once, and an empty
    batch where nothing happens: a line that was cut without a word looks like a quiet one.
    """
    last_s = 0.0
    while True:
        rang = await _rang(listener.bell)
        await asyncio.sleep(max(0.0, last_s + COALESCE_S - time.monotonic()))
        listener.bell.clear()
        batch = listener.queue.take()
        if batch is None:
            if rang:
                continue
            batch = NOTHING
        last_s = time.monotonic()
        async with asyncio.timeout(SEND_TIMEOUT_S):
            await socket.send_data(batch.decode(), mode="text")


async def _rang(bell: asyncio.Event) -> bool:
    with suppress(TimeoutError):
        async with asyncio.timeout(BEAT_S):
            await bell.wait()
    return bell.is_set()


async def _drain(socket: Socket) -> None:
    """Browsers have nothing to say here; reading notices that they left."""
    while True:
        await socket.receive_data(mode="text")


def _code_of(results: list[Any]) -> int | None:
    """What to close with, or None where the browser left."""
    if any(isinstance(result, WebSocketDisconnect) for result in results):
        return None
    if any(isinstance(result, Refused) for result in results):
        return SESSION_ENDED
    return 1011


async def _close(socket: Socket, code: int | None) -> None:
    if code is None:
        return
    try:
        await socket.close(code=code)
    except (WebSocketDisconnect, RuntimeError, WebSocketException):
        return  # it left meanwhile
