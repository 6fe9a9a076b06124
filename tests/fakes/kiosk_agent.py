"""A room's agent as the kiosk page sees it: serves the page, sends states, keeps what was pressed."""

from __future__ import annotations

import asyncio
import json
import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

from websockets.asyncio.server import Server, ServerConnection, broadcast, serve
from websockets.datastructures import Headers
from websockets.http11 import Request, Response

import edge_agent.kiosk

ROOT = Path(edge_agent.kiosk.__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self'; connect-src 'self'"
)
IDLE: dict[str, Any] = {
    "type": "state",
    "phase": "idle",
    "room_name": "1층 면접실",
    "language": "ko",
    "candidate_name": "",
    "link": "online",
    "question": None,
    "phase_elapsed_ms": 0,
    "answer_limit_ms": 120_000,
    "think_ms": 0,
    "level_dbfs": None,
    "speaking": False,
    "caption": None,
    "said": [],
    "still_there": False,
    "notice": None,
    "notice_version": "2026-11",
    "faults": [],
    "counts": {
        "frames_captured": 0,
        "frames_analysed": 0,
        "frames_dropped": 0,
        "records_appended": 0,
        "records_acked": 0,
    },
}


class FakeAgent:
    """`show(...)` changes the state and sends it; `pressed` is what the page sent back."""

    def __init__(self) -> None:
        self.state = dict(IDLE)
        self.pressed: asyncio.Queue[dict[str, Any]] = asyncio.Queue(maxsize=100)
        self.url = ""
        self._server: Server | None = None

    def show(self, **changes: Any) -> None:
        self.state |= changes
        if self._server is not None:
            broadcast(self._server.connections, json.dumps(self.state))

    async def next_press(self) -> dict[str, Any]:
        async with asyncio.timeout(5):
            return await self.pressed.get()

    @asynccontextmanager
    async def serving(self, port: int = 0) -> AsyncIterator[FakeAgent]:
        async with serve(
            self._talk, "127.0.0.1", port, process_request=self._page, compression=None
        ) as server:
            self._server = server
            bound = next(iter(server.sockets)).getsockname()[1]
            self.url = f"http://127.0.0.1:{bound}/?token=t"
            yield self

    async def _talk(self, connection: ServerConnection) -> None:
        await connection.send(json.dumps(self.state))
        async for message in connection:
            self.pressed.put_nowait(json.loads(message))

    def _page(self, connection: ServerConnection, request: Request) -> Response | None:
        path = request.path.partition("?")[0]
        if path == "/ws":
            return None
        file = ROOT / "static" / "index.html" if path == "/" else ROOT / path.lstrip("/")
        if not file.is_file():
            return connection.respond(HTTPStatus.NOT_FOUND, "not here\n")
        body = file.read_bytes()
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers = Headers(
            {
                "Content-Type": kind,
                "Content-Length": str(len(body)),
                "Content-Security-Policy": POLICY,
                "Connection": "close",
            }
        )
        return Response(200, "OK", headers, body)
