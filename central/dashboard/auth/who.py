"""Puts the account on every connection: bearer token under `/api`, browser session elsewhere."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from litestar.connection import ASGIConnection
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard.auth import browser, tokens
from central.dashboard.auth.tokens import Claims
from central.dashboard.means import Supply
from central.errors import Refused
from central.storage import users
from central.storage.users import Account


class Who(ASGIMiddleware):
    """Sets `scope["user"]` to an `Account` or None, and `scope["auth"]` to why it is None."""

    def __init__(self, supply: Supply, token_key: bytes) -> None:
        self._supply = supply
        self._token_key = token_key

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Look the account up anew on every connection: a role taken away counts at once."""
        scope["user"] = None
        scope["auth"] = None
        try:
            claims = self._claims(ASGIConnection(scope))
            if claims is not None:
                scope["user"] = await self._account(claims)
        except Refused as refused:
            scope["auth"] = refused
        await next_app(scope, receive, send)

    def _claims(self, connection: ASGIConnection[Any, Any, Any, Any]) -> Claims | None:
        if not connection.scope["path"].startswith("/api/"):
            return browser.claims(connection.scope.get("session"))
        scheme, _, token = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        return tokens.read(token.strip(), self._token_key, now=datetime.now(UTC))

    async def _account(self, claims: Claims) -> Account:
        async with self._supply().maker() as session:
            return await still_valid(session, claims)


async def still_valid(session: AsyncSession, claims: Claims) -> Account:
    """The account that the claims name.

    Raises `Refused` (session_ended) where it is gone, switched off, or signed out.
    """
    account = await users.by_id(session, claims.user_id)
    if account is None or not account.is_active or account.session_epoch != claims.epoch:
        raise Refused("session_ended", 401, "This session has ended; sign in again.")
    if claims.session and await users.has_ended(session, claims.session):
        raise Refused("session_ended", 401, "This session has ended; sign in again.")
    return account
