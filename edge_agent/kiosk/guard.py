"""Who may speak to the kiosk server: the page that the agent's own address opened, nobody else.

Loopback keeps other machines out; token, `Host` and `Origin` keep out other pages of the same
browser (DNS rebinding included) and other users of the same PC.
"""

from __future__ import annotations

import hmac
from typing import Any, cast
from urllib.parse import parse_qs

from litestar.types import ASGIApp, Receive, Scope, Send

GUARDED = {"/", "/ws", "/state", "/camera"}
"""Style and script files hold nothing secret, and their links cannot carry a token."""


class Guard:
    """An ASGI application around another one: 403 for whoever may not."""

    def __init__(self, app: ASGIApp, token: str, port: int) -> None:
        self._app = app
        self._token = token
        self._hosts = {f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        kind = str(cast("Any", scope)["type"])
        if kind == "lifespan" or self._may(scope):
            await self._app(scope, receive, send)
        elif kind == "websocket":
            await _refuse_socket(receive, send)
        else:
            await _refuse(send)

    def _may(self, scope: Any) -> bool:
        headers = {bytes(key): bytes(value).decode("latin-1") for key, value in scope["headers"]}
        if headers.get(b"host", "") not in self._hosts:
            return False
        origin = headers.get(b"origin")
        if origin is not None and origin.removeprefix("http://") not in self._hosts:
            return False
        if scope["path"] not in GUARDED:
            return True
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        return hmac.compare_digest(given.encode(), self._token.encode())


async def _refuse(send: Any) -> None:
    text = b"403: open the address that edge-agent printed, with its token\n"
    headers = [(b"content-type", b"text/plain"), (b"content-length", str(len(text)).encode())]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": text})


async def _refuse_socket(receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.close", "code": 4403, "reason": "wrong token or origin"})
