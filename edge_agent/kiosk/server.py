"""The kiosk page, served on loopback in the agent's own event loop."""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import structlog
import uvicorn
from litestar import Litestar, WebSocket, get, websocket
from litestar.response import File, Response
from litestar.static_files import create_static_files_router

from edge_agent.config import Kiosk as KioskSettings
from edge_agent.errors import ConfigError
from edge_agent.interview.steps import Input
from edge_agent.kiosk.guard import Guard
from edge_agent.kiosk.state import State
from edge_agent.kiosk.touch import Read, Scan, Volume, touched

STATIC = Path(__file__).parent / "static"
TOKEN_BYTES = 24
TOKEN_CHARACTERS = TOKEN_BYTES * 4 // 3
"""In base64."""
SHORTEST_PAUSE_S = 0.1
SEND_TIMEOUT_S = 5.0
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "font-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-cache",
}

log = structlog.get_logger(__name__)


class Kiosk:
    """Shows the latest state to every page that is open; hands presses to `on_input`."""

    def __init__(
        self,
        settings: KioskSettings,
        on_input: Callable[[Input], None],
        on_volume: Callable[[int], None] = lambda _percent: None,
        *,
        on_scan: Callable[[], None] = lambda: None,
        picture: Callable[[], bytes] = lambda: b"",
        on_read: Callable[[str, str], None] = lambda _text, _language: None,
    ) -> None:
        """`on_scan` hears, again and again, that a QR code is looked for; `picture` is the camera's last
        one, empty where nobody may see it; `on_read` gets a text and its language, to be read aloud.
        """
        self._on_read = on_read
        self._on_volume, self._on_scan, self._picture = on_volume, on_scan, picture
        self._settings = settings
        self._on_input = on_input
        self._token = _token_before(settings.url_file) or secrets.token_urlsafe(TOKEN_BYTES)
        self._state: State = {}
        self._changed = asyncio.Event()
        self.url = ""

    def show(self, state: State) -> None:
        """Latest wins: a page that is slow misses states and holds nobody up."""
        if state != self._state:
            self._state = state
            self._changed.set()
            self._changed = asyncio.Event()

    @asynccontextmanager
    async def serving(self) -> AsyncIterator[None]:
        """While this is open, the page is. Raises `ConfigError` where the port is taken."""
        listener = self._listen()
        port = int(listener.getsockname()[1])
        host = f"[{self._settings.host}]" if ":" in self._settings.host else self._settings.host
        self.url = f"http://{host}:{port}/?token={self._token}"
        app = Guard(self._app(), self._token, port)
        server = _Server(
            uvicorn.Config(
                app, log_config=None, lifespan="off", access_log=False, ws="websockets-sansio"
            )
        )
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        self._announce()
        try:
            yield
        finally:
            server.should_exit = server.force_exit = True
            await serving

    def _listen(self) -> socket.socket:
        host, port = self._settings.host, self._settings.port
        try:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            return socket.create_server((host, port), family=family)
        except OSError as error:
            raise ConfigError(
                "kiosk.port", f"{host}:{port} cannot be used: {error.strerror}"
            ) from error

    def _announce(self) -> None:
        log.info(f"kiosk at {self.url}")  # noqa: G004 - people and `make demo` look for this line
        if self._settings.url_file is not None:
            self._settings.url_file.parent.mkdir(parents=True, exist_ok=True)
            # The group is the browser's where the folder hands its group down, else the agent's own.
            self._settings.url_file.touch(mode=0o640)
            self._settings.url_file.write_text(self.url + "\n", encoding="utf-8")

    def _app(self) -> Litestar:
        @get("/", sync_to_thread=False)
        def page() -> File:
            return File(
                STATIC / "index.html", content_disposition_type="inline", media_type="text/html"
            )

        @get("/state", sync_to_thread=False)
        def state() -> dict[str, Any]:
            return self._state

        @get("/camera", sync_to_thread=False)
        def camera() -> Response[bytes]:
            picture = self._picture()
            return Response(
                picture,
                media_type="image/jpeg",
                status_code=200 if picture else 204,
                headers={"Cache-Control": "no-store"},
            )

        @websocket("/ws")
        async def live(socket: WebSocket[Any, Any, Any]) -> None:
            await self._live(socket)

        files = create_static_files_router(path="/static", directories=[STATIC])
        return Litestar(
            [page, state, camera, live, files],
            openapi_config=None,
            response_headers=HEADERS,
            logging_config=None,
        )

    async def _live(self, page: WebSocket[Any, Any, Any]) -> None:
        await page.accept()
        # A page that went away, or does not read for 5 s, is closed; it connects anew by itself.
        with suppress(ExceptionGroup):
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._send(page))
                tasks.create_task(self._receive(page))

    async def _send(self, page: WebSocket[Any, Any, Any]) -> None:
        while True:
            changed = self._changed
            text = json.dumps(self._state, ensure_ascii=False)
            async with asyncio.timeout(SEND_TIMEOUT_S):
                await page.send_text(text)
            await asyncio.sleep(SHORTEST_PAUSE_S)
            await changed.wait()

    async def _receive(self, page: WebSocket[Any, Any, Any]) -> None:
        while True:
            told = touched(await page.receive_text())
            if told is None:
                log.warning("the kiosk page sent what this agent does not know")
            elif isinstance(told, Volume):
                self._on_volume(told.percent)
            elif isinstance(told, Read):
                self._on_read(told.text, told.language)
            elif isinstance(told, Scan):
                self._on_scan()
            else:
                self._on_input(told)


class _Server(uvicorn.Server):
    """Signals belong to the room, which stops everything in order."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def _token_before(url_file: Path | None) -> str:
    """The token of this room's last address, so that a page which is open finds an agent that was
    started again; empty where there is none.
    """
    if url_file is None:
        return ""
    try:
        address = url_file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    token = parse_qs(urlsplit(address).query).get("token", [""])[0]
    return token if len(token) == TOKEN_CHARACTERS else ""
