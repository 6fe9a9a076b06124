"""NATS may go and come back under a running hub."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from central.bus.bus import Bus
from central.bus.events import RoomChanged
from central.dashboard.live.hub import Hub
from central.dashboard.live.queue import Queue
from central.embedded.nats import NatsServer

pytestmark = pytest.mark.integration


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def running(server: NatsServer) -> Iterator[str]:
    server.prepare()
    process = subprocess.Popen(server.command(), stderr=subprocess.DEVNULL)
    try:
        deadline_s = time.monotonic() + 20
        while server.url(process.pid) is None and time.monotonic() < deadline_s:
            time.sleep(0.02)
        yield server.address()
    finally:
        process.kill()
        process.wait()


async def until_heard(bus: Bus, queue: Queue) -> float:
    """Publish once in 50 ms until it comes back; how long that took, in seconds."""
    began = time.monotonic()
    async with asyncio.timeout(15):
        while True:
            await bus.publish(RoomChanged("a", connected=True))
            await asyncio.sleep(0.05)
            batch = queue.take()
            if batch is not None:
                assert json.loads(batch)[0]["type"] == "room"
                return time.monotonic() - began


async def test_live_channels_go_on_by_themselves_when_nats_is_back(tmp_path: Path) -> None:
    server = NatsServer(tmp_path, free_port(), for_tests=True)
    with running(server) as url:
        bus = await Bus.connect(url, "test")
        hub = Hub(bus)
        task = asyncio.ensure_future(hub.run())
        with hub.listen(Queue("a")) as listener:
            await until_heard(bus, listener.queue)
    try:
        await bus.publish(RoomChanged("a", connected=False))  # lost, and nothing breaks
        with running(server), hub.listen(Queue("a")) as listener:
            assert await until_heard(bus, listener.queue) < 5
            assert hub.listening == 1
            await bus.close()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
    assert hub.listening == 0
