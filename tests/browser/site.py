"""The dashboard as browsers reach it: its own thread, real PostgreSQL and NATS, a furnished site."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from central import config as settings
from central.bus.bus import Bus
from central.bus.events import Event
from central.dashboard import serve
from central.fleet.root import create_authority
from central.storage.engine import create_engine, sessions
from tests.browser.scene import Scene, furnish


class Ready:
    """Takes what a role tells its supervisor."""

    def __init__(self) -> None:
        self.address = ""
        self.told = threading.Event()

    def ready(self, address: str = "") -> None:
        self.address = address
        self.told.set()

    def status(self, text: str) -> None: ...

    def watchdog(self) -> None: ...


@dataclass
class Site:
    """`tell` publishes a live event as a gateway would."""

    url: str
    scene: Scene
    database_url: str
    _loop: asyncio.AbstractEventLoop
    _bus: Bus

    @property
    def bus(self) -> Bus:
        """For what a test plays the part of; use it in `run`."""
        return self._bus

    def tell(self, event: Event) -> None:
        self.run(self._bus.publish(event))

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Let the site's own loop do this."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=15)


@contextmanager
def running_site(database_url: str, nats_url: str, folder: Path) -> Iterator[Site]:
    """A dashboard on a free port until the context ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="dashboard", daemon=True)
    thread.start()

    def run(work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, loop).result(timeout=20)

    config = _config(database_url, nats_url, folder)
    ready = Ready()
    scene: Scene = run(_furnish(database_url))
    serving: asyncio.Task[None] = run(_begun(config, ready))
    bus: Bus = run(Bus.connect(nats_url, "test"))
    try:
        if not ready.told.wait(timeout=20):
            serving.result()  # why it ended; or that it never was ready
        yield Site(f"http://{ready.address}", scene, database_url, loop, bus)
    finally:
        run(bus.close())
        run(_ended(serving))
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()


async def _begun(config: settings.Config, ready: Ready) -> asyncio.Task[None]:
    return asyncio.create_task(serve.serve(config, ready))  # type: ignore[arg-type] # a Notify that listens


async def _ended(serving: asyncio.Task[None]) -> None:
    """However long it takes: what is left of it would fail whichever test comes next."""
    serving.cancel()
    await asyncio.wait([serving])


def _config(database_url: str, nats_url: str, folder: Path) -> settings.Config:
    secret = folder / "secrets" / "session.key"
    secret.parent.mkdir(parents=True, exist_ok=True)
    secret.write_bytes(bytes(range(32)))
    secret.with_name("upload.key").write_bytes(bytes(range(32)))
    authority = create_authority(folder / "authority")
    (folder / "tls").mkdir()
    (folder / "tls" / "rooms-ca.crt").write_bytes(authority.certificate)
    return settings.Config(
        data_dir=folder,
        database=settings.Database(url=database_url),
        nats=settings.Nats(url=nats_url),
        dashboard=settings.Dashboard(port=0),
    )


async def _furnish(database_url: str) -> Scene:
    engine = create_engine(database_url)
    try:
        return await furnish(sessions(engine), database_url)
    finally:
        await engine.dispose()
