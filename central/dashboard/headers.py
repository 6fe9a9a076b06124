"""What every response tells the browser not to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from litestar.datastructures import MutableScopeHeaders
from litestar.status_codes import HTTP_200_OK
from litestar.types import Message, Scope

_POLICY: Final = (
    "default-src 'self'; connect-src 'self'; img-src 'self' data:; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'; object-src 'none'"
)
_ALWAYS: Final = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
_TLS: Final = {"strict-transport-security": "max-age=31536000"}
_OPEN: Final = ("/static/", "/healthz")
_BUILT: Final = "public, max-age=31536000, immutable"
"""A built file's address changes with its content: by its version, or by a name with its hash."""
_NAMED: Final = "/static/build/assets/"


def harden(*, secure: bool) -> Callable[[Message, Scope], Awaitable[None]]:
    """A hook that sets them on errors and static files too. What is about people is never cached."""
    wanted = _ALWAYS | (_TLS if secure else {})

    async def before_send(message: Message, scope: Scope) -> None:
        if message["type"] != "http.response.start":
            return
        headers = MutableScopeHeaders.from_message(message)
        for name, value in wanted.items():
            headers.setdefault(name, value)
        if not scope["path"].startswith(_OPEN):
            headers.setdefault("cache-control", "no-store")
        elif message["status"] == HTTP_200_OK and _is_built(scope):
            headers["cache-control"] = _BUILT

    return before_send


def _is_built(scope: Scope) -> bool:
    return scope["path"].startswith(_NAMED) or scope["query_string"].startswith(b"v=")
