"""Accounts as administrators change them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec
from litestar import get, post, put
from litestar.params import FromPath, JSONBody
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import ids, people
from central.dashboard.api import shapes
from central.dashboard.api.people import Role
from central.dashboard.auth import roles
from central.dashboard.wants import RightNow, Session, SignedIn
from central.storage import accounts

ADMINS = [roles.allow(roles.ADMIN)]


class Managed(msgspec.Struct, frozen=True):
    """An account. `password`: their own, one that was made for them and is used once, or none: they sign
    in nowhere. `last_login_at` null: never, or before central kept it.
    """

    user: shapes.User
    password: Literal["own", "initial", "none"]
    last_login_at: datetime | None
    locked_until: datetime | None


class NewRole(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counts from the next request on."""

    role: Role


class Switch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is switched off signs in nowhere."""

    is_active: bool


class Initial(msgspec.Struct, frozen=True):
    """Shown once: with it, one chooses one's own on the page /password."""

    password: str


@get("/users/{user_id:str}", guards=ADMINS)
async def get_user(user_id: FromPath[str], session: Session) -> Managed:
    """One account, and how it is signed in to."""
    return await _managed(session, ids.parse(user_id, "user"))


@put("/users/{user_id:str}/role", guards=ADMINS)
async def set_role(
    user_id: FromPath[str],
    data: JSONBody[NewRole],
    session: Session,
    hub: RightNow,
    account: SignedIn,
) -> Managed:
    """Another role; the last administrator keeps theirs."""
    number = ids.parse(user_id, "user")
    await people.set_role(session, hub, number, data.role, actor=account)
    return await _managed(session, number)


@put("/users/{user_id:str}/active", guards=ADMINS)
async def set_active(
    user_id: FromPath[str],
    data: JSONBody[Switch],
    session: Session,
    hub: RightNow,
    account: SignedIn,
) -> Managed:
    """Switch it off, or on again; the last administrator stays."""
    number = ids.parse(user_id, "user")
    await people.set_active(session, hub, number, is_active=data.is_active, actor=account)
    return await _managed(session, number)


@post("/users/{user_id:str}/password", guards=ADMINS)
async def reset_password(
    user_id: FromPath[str], session: Session, hub: RightNow, account: SignedIn
) -> Initial:
    """A new password for somebody else; all of their sessions and tokens end."""
    number = ids.parse(user_id, "user")
    _, password = await people.reset_password(session, hub, number, actor=account)
    return Initial(password)


@post("/users/{user_id:str}/end-sessions", guards=ADMINS, status_code=204)
async def end_sessions(
    user_id: FromPath[str], session: Session, hub: RightNow, account: SignedIn
) -> None:
    """All of its sessions and tokens end."""
    await people.end_sessions(session, hub, ids.parse(user_id, "user"), actor=account)


async def _managed(session: AsyncSession, user_id: int) -> Managed:
    person = await accounts.get(session, user_id)
    return Managed(
        user=shapes.user(person.account),
        password=person.password,
        last_login_at=person.last_login_at,
        locked_until=person.locked_until,
    )


HANDLERS = (get_user, set_role, set_active, reset_password, end_sessions)
