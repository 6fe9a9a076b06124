"""What every response tells the browser not to do."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from litestar.datastructures import MutableScopeHeaders
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

    return before_send
