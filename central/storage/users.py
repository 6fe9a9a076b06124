"""People with accounts, and how often they mistyped their password."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, func, or_, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.storage import audit
from central.storage.tables import EndedSession, User

WRONG_PASSWORDS: Final = 5
LOCKED_FOR: Final = timedelta(minutes=15)
UNUSABLE: Final = "!"
"""The hash of an account that nobody can sign in to (a candidate who only sits in a room)."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who someone is. `session_epoch` is part of each of their sessions and tokens."""

    id: int
    email: str
    username: str
    role: str
    full_name: str | None
    language: str
    is_active: bool
    session_epoch: int
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Login:
    """What a password is checked against; never leaves the login."""

    account: Account
    password_hash: str
    locked_until: datetime | None
    is_initial: bool
    """Somebody else chose the password."""


@dataclass(frozen=True, slots=True)
class NewUser:
    """An account to be. `password_hash` comes from `central.dashboard.auth.passwords`."""

    email: str
    username: str
    role: str
    password_hash: str
    full_name: str | None = None
    language: str = "ko"
    is_initial: bool = False
    """The password is to be used once, to put one's own in its place."""


async def create(session: AsyncSession, new: NewUser, *, actor_id: int | None) -> Account:
    """Add an account.

    Raises `Refused` (user_exists) where the e-mail or the name is taken.
    """
    row = User(
        email=new.email.strip().lower(),
        username=new.username.strip(),
        role=new.role,
        password_hash=new.password_hash,
        password_is_initial=new.is_initial,
        full_name=new.full_name,
        language=new.language,
    )
    await _refuse_if_taken(session, row)
    session.add(row)
    try:
        await session.flush()
    except IntegrityError as error:
        raise Refused("user_exists", 409, "This e-mail or user name is taken.") from error
    audit.write(
        session,
        actor_id=row.id if actor_id is None else actor_id,
        action="user.create",
        subject=f"user:{row.id}",
        detail={"role": new.role},
    )
    return account_of(row)


async def by_login(session: AsyncSession, login: str) -> Login | None:
    """The account with this user name or e-mail, locked until the transaction ends so that attempts
    are counted one after another.
    """
    query = (
        select(User)
        .where(or_(User.username == login.strip(), User.email == login.strip().lower()))
        .order_by((User.username == login.strip()).desc())
        .limit(1)
        .with_for_update()
    )
    row = (await session.scalars(query)).one_or_none()
    if row is None:
        return None
    return Login(account_of(row), row.password_hash, row.locked_until, row.password_is_initial)


async def by_id(session: AsyncSession, user_id: int) -> Account | None:
    """The account with this id, whether active or not."""
    row = await session.get(User, user_id)
    return None if row is None else account_of(row)


async def find(
    session: AsyncSession, *, role: str | None = None, limit: int = 500
) -> tuple[Account, ...]:
    """Accounts by name."""
    query = select(User).order_by(User.username).limit(limit)
    if role is not None:
        query = query.where(User.role == role)
    return tuple(account_of(row) for row in (await session.scalars(query)).all())


async def wrong_password(session: AsyncSession, user_id: int, now: datetime) -> None:
    """Count one; the fifth in a row locks the account for 15 minutes and starts counting anew."""
    row = await session.get_one(User, user_id, with_for_update=True)
    row.failed_logins += 1
    if row.failed_logins >= WRONG_PASSWORDS:
        row.failed_logins = 0
        row.locked_until = now + LOCKED_FOR
        audit.write(session, actor_id=None, action="user.locked", subject=f"user:{user_id}")


async def logged_in(session: AsyncSession, user_id: int) -> None:
    """Forget wrong passwords."""
    row = await session.get_one(User, user_id, with_for_update=True)
    row.failed_logins = 0
    row.locked_until = None
    row.last_login_at = func.now()
    audit.write(session, actor_id=user_id, action="user.login", subject=f"user:{user_id}")


async def choose_password(session: AsyncSession, user_id: int, password_hash: str) -> Account:
    """Put one's own password in place of another; every session and token from before is over."""
    row = await session.get_one(User, user_id, with_for_update=True)
    row.password_hash, row.password_is_initial = password_hash, False
    row.session_epoch += 1
    audit.write(session, actor_id=user_id, action="user.password", subject=f"user:{user_id}")
    return account_of(row)


async def end_sessions(session: AsyncSession, user_id: int, *, actor_id: int | None) -> None:
    """Make every session and token of this account worthless."""
    row = await session.get_one(User, user_id, with_for_update=True)
    row.session_epoch += 1
    audit.write(session, actor_id=actor_id, action="user.end_sessions", subject=f"user:{user_id}")


async def end_session(session: AsyncSession, key: str, lasts: timedelta) -> None:
    """This session is over; those that ran out by themselves are forgotten."""
    await session.execute(delete(EndedSession).where(EndedSession.ended_at < func.now() - lasts))
    await session.execute(postgresql.insert(EndedSession).values(key=key).on_conflict_do_nothing())


async def has_ended(session: AsyncSession, key: str) -> bool:
    """Whether somebody signed out of this session."""
    found = await session.scalar(select(EndedSession.key).where(EndedSession.key == key))
    return found is not None


def account_of(row: User) -> Account:
    """A user row as a value, without its password hash."""
    return Account(
        id=row.id,
        email=row.email,
        username=row.username,
        role=row.role,
        full_name=row.full_name,
        language=row.language,
        is_active=row.is_active,
        session_epoch=row.session_epoch,
        created_at=row.created_at,
    )


async def _refuse_if_taken(session: AsyncSession, row: User) -> None:
    query = select(User.id).where(
        or_(User.email == row.email, func.lower(User.username) == row.username.lower())
    )
    if await session.scalar(query.limit(1)) is not None:
        raise Refused("user_exists", 409, "This e-mail or user name is taken.")
