"""The dashboard as browsers reach it: its own thread, real PostgreSQL and NATS, a furnished site."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from central import config as settings
from central.bus.bus import Bus
from central.bus.events import Event
from central.dashboard import serve
from central.fleet.root import create_authority
from central.storage.engine import create_engine, sessions
from tests.browser.loops import Loop, loop_thread
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


class Dashboard:
    """The dashboard's role, which comes back on the port that it had."""

    def __init__(self, config: settings.Config, loop: Loop) -> None:
        self._config, self._loop = config, loop
        self._serving: asyncio.Task[None] | None = None
        self.address = ""

    def start(self) -> None:
        ready = Ready()
        serving = self._loop.run(_begun(self._config, ready))
        if not ready.told.wait(timeout=20):
            serving.result()  # why it ended; or that it never was ready
        self._serving, self.address = serving, ready.address
        board = msgspec.structs.replace(
            self._config.dashboard, port=int(ready.address.rpartition(":")[2])
        )
        self._config = msgspec.structs.replace(self._config, dashboard=board)

    def stop(self) -> None:
        if self._serving is not None:
            self._loop.run(_ended(self._serving))
            self._serving = None


@dataclass
class Site:
    """`tell` publishes a live event as a gateway would."""

    scene: Scene
    database_url: str
    dashboard: Dashboard
    _loop: Loop
    _bus: Bus

    @property
    def url(self) -> str:
        return f"http://{self.dashboard.address}"

    @property
    def bus(self) -> Bus:
        """For what a test plays the part of; use it in `run`."""
        return self._bus

    def tell(self, event: Event) -> None:
        self.run(self._bus.publish(event))

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Let the site's own loop do this."""
        return self._loop.run(work)


@contextmanager
def running_site(database_url: str, nats_url: str, folder: Path) -> Iterator[Site]:
    """A dashboard on a free port until the context ends."""
    with loop_thread("dashboard") as loop, ExitStack() as stack:
        scene: Scene = loop.run(_furnish(database_url))
        dashboard = Dashboard(_config(database_url, nats_url, folder), loop)
        stack.callback(dashboard.stop)
        dashboard.start()
        bus: Bus = loop.run(Bus.connect(nats_url, "test"))
        stack.callback(lambda: loop.run(bus.close()))
        yield Site(scene, database_url, dashboard, loop, bus)


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
