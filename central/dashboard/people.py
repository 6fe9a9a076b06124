"""What is done with accounts: one transaction each, for pages and the API, as `actions`.

What an administrator changes counts from the next request on; open sockets of this process look at it at
once, those of others within ten seconds.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard.auth import passwords
from central.dashboard.live.hub import Hub
from central.storage import accounts, users
from central.storage.users import UNUSABLE, Account, NewUser


async def add_user(
    session: AsyncSession, new: NewUser, password: str | None, *, actor: Account | None
) -> Account:
    """Add an account; without a password nobody can sign in to it (a candidate who only sits in a
    room). `new.password_hash` is replaced.
    """
    stored = UNUSABLE if password is None else await passwords.hashed(password)
    account = await users.create(
        session,
        replace(new, password_hash=stored),
        actor_id=None if actor is None else actor.id,
    )
    await session.commit()
    return account


async def invite(session: AsyncSession, new: NewUser, *, actor: Account) -> tuple[Account, str]:
    """Add an account with a password that is shown once, and used once."""
    password = passwords.initial()
    account = await add_user(session, replace(new, is_initial=True), password, actor=actor)
    return account, password


async def set_role(
    session: AsyncSession, hub: Hub, user_id: int, role: str, *, actor: Account
) -> None:
    """Another role."""
    await accounts.set_role(session, user_id, role, actor_id=actor.id)
    await session.commit()
    hub.doubt(user_id)


async def set_active(
    session: AsyncSession, hub: Hub, user_id: int, *, is_active: bool, actor: Account
) -> None:
    """Switch it off, or on again."""
    await accounts.set_active(session, user_id, is_active=is_active, actor_id=actor.id)
    await session.commit()
    hub.doubt(user_id)


async def reset_password(
    session: AsyncSession, hub: Hub, user_id: int, *, actor: Account
) -> tuple[Account, str]:
    """A new password for somebody else, shown once and used once."""
    password = passwords.initial()
    account = await accounts.set_initial_password(
        session, user_id, await passwords.hashed(password), actor_id=actor.id
    )
    await session.commit()
    hub.doubt(user_id)
    return account, password


async def end_sessions(session: AsyncSession, hub: Hub, user_id: int, *, actor: Account) -> None:
    """Whoever is signed in to it has to sign in again, everywhere."""
    person = await accounts.get(session, user_id)
    await users.end_sessions(session, person.account.id, actor_id=actor.id)
    await session.commit()
    hub.doubt(user_id)
