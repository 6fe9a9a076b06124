"""Sessions of browsers: an encrypted cookie that names an account, its epoch and the session."""

from __future__ import annotations

import secrets
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from litestar.connection import ASGIConnection
from litestar.exceptions import SerializationException
from litestar.middleware.session.client_side import ClientSideSessionBackend, CookieBackendConfig

from central.dashboard.auth.tokens import Claims
from central.storage.users import Account

COOKIE: Final = "daedam_session"
LASTS_S: Final = 12 * 3600

Connection = ASGIConnection[Any, Any, Any, Any]


class _Backend(ClientSideSessionBackend):
    """Litestar's own answers a cookie that somebody tampered with by failing; here it is no session."""

    def load_data(self, data: list[bytes]) -> dict[str, Any]:
        try:
            loaded = super().load_data(data)
        except (InvalidTag, SerializationException, ValueError, KeyError, TypeError):
            return {}
        return loaded if isinstance(loaded, dict) else {}


class _Cookies(CookieBackendConfig):
    _backend_class = _Backend


def cookies(key: bytes, *, secure: bool) -> CookieBackendConfig:
    """How the cookie is set: AES-GCM, httpOnly, SameSite=Lax, 12 hours since last used."""
    return _Cookies(
        secret=key,
        key=COOKIE,
        max_age=LASTS_S,
        httponly=True,
        samesite="lax",
        secure=secure,
    )


def begin(connection: Connection, account: Account) -> None:
    """Sign this browser in. What the session held before is forgotten."""
    key = secrets.token_urlsafe(18)
    what = {"user": str(account.id), "epoch": account.session_epoch, "session": key}
    connection.set_session(what)


def end(connection: Connection) -> None:
    """Sign this browser out."""
    connection.clear_session()


def claims(session: Any) -> Claims | None:
    """Whose session it is, or None for nobody's. It was decrypted, so it is ours; still only its own
    shape is believed.
    """
    match session:
        case {"user": str(user), "epoch": int(epoch), "session": str(key)} if user.isdecimal():
            return Claims(int(user), epoch, key)
        case {"user": str(user), "epoch": int(epoch)} if user.isdecimal():
            return Claims(int(user), epoch)  # of an older version
        case _:
            return None
