"""Accounts as an administrator sees and changes them. One administrator who can sign in always stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.storage import audit
from central.storage.tables import User
from central.storage.tables.people import ROLES
from central.storage.users import UNUSABLE, Account, account_of

ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Person:
    """`password`: their own, one that somebody made for them and that is used once, or none: they sign
    in nowhere. `last_login_at` None: never, or before central kept it.
    """

    account: Account
    password: Literal["own", "initial", "none"]
    last_login_at: datetime | None
    locked_until: datetime | None


async def find(
    session: AsyncSession, *, role: str | None = None, text: str = "", after: str = "", limit: int
) -> tuple[Person, ...]:
    """By user name, those whose names or e-mail hold `text`; go on with `after` = the last user name."""
    wanted: list[ColumnElement[bool]] = [User.username > after if after else true()]
    if role is not None:
        wanted.append(User.role == role)
    if text:
        named = (User.username, User.full_name, User.email)
        wanted.append(or_(*(one.icontains(text, autoescape=True) for one in named)))
    query = select(User).where(*wanted).order_by(User.username).limit(limit)
    return tuple(_person(row) for row in (await session.scalars(query)).all())


async def get(session: AsyncSession, user_id: int) -> Person:
    """Raises `Refused` (user_unknown)."""
    row = await session.get(User, user_id)
    if row is None:
        raise Refused("user_unknown", 404, "There is no account with this id.")
    return _person(row)


async def set_role(session: AsyncSession, user_id: int, role: str, *, actor_id: int) -> None:
    """From the next request on. Raises `Refused`: user_unknown, role_unknown, last_admin."""
    if role not in ROLES:
        raise Refused("role_unknown", 422, f"The roles are {', '.join(ROLES)}.")
    row = await _locked(session, user_id, stays=role == ADMIN)
    before, row.role = row.role, role
    if before != role:
        _note(session, actor_id, "user.role", row, {"from": before, "to": role})


async def set_active(
    session: AsyncSession, user_id: int, *, is_active: bool, actor_id: int
) -> None:
    """Who is switched off signs in nowhere, and every session of theirs is over.

    Raises `Refused`: user_unknown, last_admin.
    """
    row = await _locked(session, user_id, stays=is_active)
    if row.is_active == is_active:
        return
    row.is_active = is_active
    row.session_epoch += not is_active
    _note(session, actor_id, "user.reactivate" if is_active else "user.deactivate", row)


async def set_initial_password(
    session: AsyncSession, user_id: int, password_hash: str, *, actor_id: int
) -> Account:
    """One that they sign in with once, to choose their own; every session of theirs is over.

    Raises `Refused`: user_unknown; own_password for one's own account, which could lock the last
    administrator out.
    """
    row = await _row(session, user_id)
    if user_id == actor_id:
        raise Refused("own_password", 409, "Choose your own password on the page Password.")
    row.password_hash, row.password_is_initial = password_hash, True
    row.failed_logins, row.locked_until = 0, None
    row.session_epoch += 1
    _note(session, actor_id, "user.reset_password", row)
    return account_of(row)


async def _locked(session: AsyncSession, user_id: int, *, stays: bool) -> User:
    """The account, locked. `stays`: it takes part as it did, and so no administrator is lost.

    Raises `Refused`: user_unknown, last_admin.
    """
    # All of them first, and in order: of two who switch each other off, one waits for the other.
    query = (
        select(User.id)
        .where(User.role == ADMIN, User.is_active, User.password_hash != UNUSABLE)
        .order_by(User.id)
        .with_for_update()
    )
    admins = set((await session.scalars(query)).all())
    row = await _row(session, user_id)
    if not stays and admins == {row.id}:
        raise Refused(
            "last_admin", 409, "Nobody else could administrate: make another administrator first."
        )
    return row


async def _row(session: AsyncSession, user_id: int) -> User:
    row = await session.get(User, user_id, with_for_update=True)
    if row is None:
        raise Refused("user_unknown", 404, "There is no account with this id.")
    return row


def _person(row: User) -> Person:
    return Person(account_of(row), _password(row), row.last_login_at, row.locked_until)


def _password(row: User) -> Literal["own", "initial", "none"]:
    if row.password_hash == UNUSABLE:
        return "none"
    return "initial" if row.password_is_initial else "own"


def _note(
    session: AsyncSession,
    actor_id: int,
    action: str,
    row: User,
    detail: dict[str, Any] | None = None,
) -> None:
    audit.write(session, actor_id=actor_id, action=action, subject=f"user:{row.id}", detail=detail)
