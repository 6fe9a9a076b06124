"""The dashboard as a process: an engine, a bus, and uvicorn in our own event loop."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import uvicorn

from central.bus.bus import Bus
from central.config import Config
from central.config import Dashboard as Settings
from central.dashboard.app import create_app
from central.dashboard.live.sockets import RECHECK_S
from central.errors import StartError
from central.storage.engine import create_engine
from central.supervisor.notify import Notify

LEAVE_S: Final = 3
TICK_S: Final = 0.5
LARGEST_MESSAGE: Final = 4_096
"""Bytes of a WebSocket message from a browser: they have nothing to say."""


class _Server(uvicorn.Server):
    """Leaves signals to whoever runs the loop."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


async def serve(config: Config, notify: Notify, *, recheck_s: float = RECHECK_S) -> None:
    """Serve browsers and programs until cancelled. Open sockets look at their account every
    `recheck_s`.

    Raises `StartError`: beyond loopback without TLS, no session secret, the port is taken, or NATS
    does not answer.
    """
    settings = config.dashboard
    refuse_open(settings)
    with _listening(settings) as listener:
        engine = create_engine(config.database.url, config.database.pool_size)
        try:
            async with await Bus.connect(config.nats.url, "dashboard", config.seeds()) as bus:
                app = create_app(config, engine, bus, recheck_s=recheck_s)
                await _run(_Server(_uvicorn(config, app)), listener, notify)
        finally:
            await engine.dispose()


def refuse_open(settings: Settings) -> None:
    """Raises `StartError` where passwords would cross a network in clear."""
    has_tls = settings.certificate is not None and settings.private_key is not None
    if not has_tls and not _is_loopback(settings.host):
        raise StartError(
            "dashboard",
            f"will not serve {settings.host} without TLS; set dashboard.certificate and "
            "dashboard.private_key, or dashboard.host to 127.0.0.1 behind a proxy",
        )


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """Bound before anything else starts: a taken port is known at once."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listener = socket.create_server((settings.host, settings.port), family=family, backlog=512)
    except OSError as error:
        raise StartError(
            "dashboard",
            f"cannot listen on {settings.host}:{settings.port}: {error.strerror}; "
            "set another dashboard.port",
        ) from error
    with listener:
        yield listener


def _uvicorn(config: Config, app: object) -> uvicorn.Config:
    settings = config.dashboard
    return uvicorn.Config(
        app,  # type: ignore[arg-type] # an ASGI app by another name
        log_config=None,
        access_log=False,
        lifespan="on",
        ws="websockets-sansio",
        ws_max_size=LARGEST_MESSAGE,
        server_header=False,
        timeout_graceful_shutdown=LEAVE_S,
        ssl_certfile=_path(config, settings.certificate),
        ssl_keyfile=_path(config, settings.private_key),
    )


def _path(config: Config, file: Path | None) -> str | None:
    return None if file is None else str(config.path(file))


async def _run(server: _Server, listener: socket.socket, notify: Notify) -> None:
    host, port = listener.getsockname()[:2]
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    try:
        while not server.started and not serving.done():
            await asyncio.wait([serving], timeout=0.02)
        if server.started:
            notify.ready(address=f"[{host}]:{port}" if ":" in host else f"{host}:{port}")
        while not serving.done():
            notify.watchdog()
            await asyncio.wait([serving], timeout=TICK_S)
        await serving
        raise StartError("dashboard", "the web server ended; see the lines above")
    finally:
        server.should_exit = True
        await asyncio.wait([serving], timeout=LEAVE_S + 2)
