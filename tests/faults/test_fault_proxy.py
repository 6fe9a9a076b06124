"""The proxy does what its modes say: else a test of a fault proves nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.fakes.fault_proxy import FaultProxy, Mode

pytestmark = pytest.mark.faults

SOON_S = 5.0
A_WHILE_S = 0.3


class Talk:
    """A connection through the proxy to an echo."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader, self._writer = reader, writer

    def say(self, data: bytes) -> None:
        self._writer.write(data)

    async def heard(self, count: int, within_s: float = SOON_S) -> bytes:
        async with asyncio.timeout(within_s):
            return await self._reader.readexactly(count)

    async def silent(self) -> bool:
        with pytest.raises(TimeoutError):
            await self.heard(1, A_WHILE_S)
        return True

    async def reset(self) -> bool:
        async with asyncio.timeout(SOON_S):
            try:
                return await self._reader.read(1) == b""
            except ConnectionResetError:
                return True


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65_536):
        writer.write(data)
    writer.close()


@asynccontextmanager
async def proxied() -> AsyncIterator[FaultProxy]:
    server = await asyncio.start_server(_echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with FaultProxy(f"127.0.0.1:{port}").serving() as proxy:
        yield proxy
    server.close()


async def talk(proxy: FaultProxy) -> Talk:
    host, _, port = proxy.address.rpartition(":")
    return Talk(*await asyncio.open_connection(host, int(port)))


async def test_passing_changes_nothing() -> None:
    async with proxied() as proxy:
        one = await talk(proxy)
        one.say(b"hello" * 50_000)
        assert await one.heard(250_000) == b"hello" * 50_000


async def test_a_cut_resets_what_is_open_and_what_comes() -> None:
    async with proxied() as proxy:
        one = await talk(proxy)
        one.say(b"a")
        await one.heard(1)
        proxy.set(Mode.CUT)
        assert await one.reset()
        assert await (await talk(proxy)).reset()
        proxy.set(Mode.PASS)
        again = await talk(proxy)
        again.say(b"b")
        assert await again.heard(1) == b"b"


async def test_a_black_hole_delivers_late_what_it_held() -> None:
    async with proxied() as proxy:
        one = await talk(proxy)
        proxy.set(Mode.BLACK_HOLE)
        one.say(b"late")
        assert await one.silent()
        proxy.set(Mode.PASS)
        assert await one.heard(4) == b"late"


async def test_a_half_open_link_stays_silent_and_a_new_one_passes() -> None:
    async with proxied() as proxy:
        one = await talk(proxy)
        one.say(b"a")
        await one.heard(1)
        proxy.set(Mode.HALF_OPEN)
        one.say(b"lost")
        meanwhile = await talk(proxy)
        meanwhile.say(b"lost too")
        assert await one.silent()
        proxy.set(Mode.PASS)
        assert await one.silent()
        assert await meanwhile.silent()
        fresh = await talk(proxy)
        fresh.say(b"b")
        assert await fresh.heard(1) == b"b"


async def test_a_slow_link_carries_about_a_kilobyte_a_second() -> None:
    async with proxied() as proxy:
        proxy.set(Mode.SLOW)
        one = await talk(proxy)
        begun_s = time.monotonic()
        one.say(b"x" * 10_000)
        got = len(await one.heard(100))
        assert got == 100
        assert time.monotonic() - begun_s > 0.1
        assert await _less_than_all(one)


async def test_flapping_resets_in_turns() -> None:
    async with proxied() as proxy:
        proxy.set(Mode.FLAPPING)
        assert await (await talk(proxy)).reset()
        async with asyncio.timeout(SOON_S):
            while True:  # until it is up
                one = await talk(proxy)
                one.say(b"a")
                try:
                    await one.heard(1, 0.1)
                    break
                except (OSError, asyncio.IncompleteReadError, TimeoutError):
                    continue
        assert await one.reset()


async def _less_than_all(one: Talk) -> bool:
    with pytest.raises(TimeoutError):
        await one.heard(9_900, 1.0)
    return True
