"""Which roles may use a route. Every route has exactly one of these guards; `check_all` proves it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.exceptions import ImproperlyConfiguredException
from litestar.handlers import BaseRouteHandler
from litestar.types import Guard

from central.errors import Refused
from central.storage.users import Account

CANDIDATE: Final = "candidate"
INTERVIEWER: Final = "interviewer"
RECRUITER: Final = "recruiter"
ADMIN: Final = "admin"
IT: Final = "it"

STAFF: Final = (INTERVIEWER, RECRUITER, ADMIN)
"""Those who see candidates."""
EVERYONE: Final = (CANDIDATE, INTERVIEWER, RECRUITER, ADMIN, IT)
"""Anyone who is signed in."""


@dataclass(frozen=True, slots=True)
class Allow:
    """A guard that lets these roles in; with none, everybody, signed in or not."""

    roles: tuple[str, ...]

    async def __call__(
        self, connection: ASGIConnection[Any, Any, Any, Any], _: BaseRouteHandler
    ) -> None:
        if self.roles:
            check(connection.scope.get("user"), self.roles, connection.scope.get("auth"))


def allow(*roles: str) -> Guard:
    """Only these roles."""
    return Allow(roles)


public: Final[Guard] = Allow(())
"""Everybody: the login, the health check, static files."""


def check(account: Account | None, roles: Iterable[str], why: Any = None) -> Account:
    """The account, if it may.

    Raises `Refused`: `why` (an expired token) or not_signed_in 401, role_not_allowed 403.
    """
    if account is None:
        raise why if isinstance(why, Refused) else Refused("not_signed_in", 401, "Sign in first.")
    if account.role not in roles:
        raise Refused("role_not_allowed", 403, "Your role may not do this.")
    return account


def guards_of(handler: BaseRouteHandler) -> tuple[Allow, ...]:
    """The role guards that a route really has."""
    return tuple(guard for guard in handler.resolve_guards() if isinstance(guard, Allow))


def check_all(app: Litestar) -> None:
    """Raises `ImproperlyConfiguredException` naming the routes without a role guard."""
    naked = [
        route.path
        for route in app.routes
        for handler in _handlers(route)
        if not guards_of(handler) and not _is_options(handler)
    ]
    if naked:
        raise ImproperlyConfiguredException(f"no role guard on: {', '.join(sorted(naked))}")


def _is_options(handler: BaseRouteHandler) -> bool:
    """Litestar adds these by itself; they only list a path's methods."""
    return getattr(handler, "http_methods", None) == {"OPTIONS"}


def _handlers(route: Any) -> tuple[BaseRouteHandler, ...]:
    several = getattr(route, "route_handlers", None)
    return tuple(several) if several is not None else (route.route_handler,)
