"""Accounts and access tokens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, get, post
from litestar.params import FromQuery, JSONBody, URLEncodedBody
from litestar.types import ControllerRouterHandler

from central.dashboard import people
from central.dashboard.api import shapes
from central.dashboard.auth import roles, tokens
from central.dashboard.auth.tokens import Claims
from central.dashboard.wants import Gate, Session, SignedIn
from central.errors import Refused
from central.storage import users
from central.storage.users import NewUser

Role = Literal["candidate", "interviewer", "recruiter", "admin", "it"]
Email = Annotated[str, msgspec.Meta(pattern=r"^[^@\s]+@[^@\s]+$", max_length=255)]
Username = Annotated[str, msgspec.Meta(pattern=r"^[\w.-]+$", min_length=2, max_length=100)]
FullName = Annotated[str, msgspec.Meta(min_length=1, max_length=255)]


class Registration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A candidate's own account. Other roles are made by an admin."""

    email: Email
    username: Username
    password: str
    full_name: FullName | None = None
    language: Literal["ko", "en"] = "ko"


class NewAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An account made by staff. Without a password nobody can sign in to it."""

    email: Email
    username: Username
    role: Role
    password: str | None = None
    full_name: FullName | None = None
    language: Literal["ko", "en"] = "ko"


class TokenForm(msgspec.Struct, frozen=True):
    """The OAuth2 password flow; `username` may be the e-mail."""

    username: str
    password: str
    grant_type: str = "password"


@post("/register", guards=[roles.public], security=[])
async def register(data: JSONBody[Registration], session: Session) -> shapes.User:
    """Make a candidate's account."""
    new = NewUser(data.email, data.username, roles.CANDIDATE, "", data.full_name, data.language)
    return shapes.user(await people.add_user(session, new, data.password, actor=None))


@get("/users/me", guards=[roles.allow(*roles.EVERYONE)])
async def me(account: SignedIn) -> shapes.User:
    """Who the token belongs to."""
    return shapes.user(account)


@get("/users", guards=[roles.allow(*roles.STAFF)])
async def list_users(
    session: Session,
    account: SignedIn,
    role: FromQuery[Role | None] = None,
) -> list[shapes.User]:
    """Accounts; who is no admin sees candidates only."""
    _only_candidates(account, role)
    return [shapes.user(found) for found in await users.find(session, role=role)]


@post("/users", guards=[roles.allow(*roles.STAFF)])
async def add_user(data: JSONBody[NewAccount], session: Session, account: SignedIn) -> shapes.User:
    """Make an account; who is no admin makes candidates only."""
    _only_candidates(account, data.role)
    new = NewUser(data.email, data.username, data.role, "", data.full_name, data.language)
    return shapes.user(await people.add_user(session, new, data.password, actor=account))


def handlers(token_key: bytes, minutes: int) -> list[ControllerRouterHandler]:
    """All of them; the token's needs the key."""

    @post("/token", guards=[roles.public], status_code=200, security=[])
    async def token(
        data: URLEncodedBody[TokenForm],
        request: Request[Any, Any, Any],
        logins: Gate,
    ) -> shapes.Token:
        """Sign in by the OAuth2 password flow."""
        address = request.client.host if request.client else ""
        account = await logins.log_in(data.username, data.password, address=address)
        signed = tokens.issue(
            Claims(account.id, account.session_epoch),
            token_key,
            now=datetime.now(UTC),
            minutes=minutes,
        )
        return shapes.Token(signed, expires_in=minutes * 60)

    return [register, token, me, list_users, add_user]


def _only_candidates(account: SignedIn, role: str | None) -> None:
    if account.role != roles.ADMIN and role != roles.CANDIDATE:
        raise Refused("role_not_allowed", 403, "Only an admin may do this for other roles.")
