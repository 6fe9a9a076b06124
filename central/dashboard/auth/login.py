"""From a name and a password to an account, counting what goes wrong."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from central.dashboard.auth import passwords
from central.dashboard.auth.throttle import Throttle
from central.errors import Refused
from central.storage import users
from central.storage.users import Account

AT_ONCE: Final = 2
"""Logins that are checked at the same time; others wait. Each holds a database connection."""


class Logins:
    """One per process."""

    def __init__(
        self, maker: async_sessionmaker[AsyncSession], throttle: Throttle | None = None
    ) -> None:
        self._maker = maker
        self._throttle = throttle or Throttle()
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def log_in(
        self, login: str, password: str, *, address: str, chosen: str | None = None
    ) -> Account:
        """The account of this user name or e-mail. `chosen`: a password to put in place of this one,
        whereupon every session of before is over.

        Raises `Refused`: too_many_attempts 429 (this address), account_locked 429 (five wrong
        passwords), wrong_password 401 (also for an unknown name), password_initial 403 (somebody else
        chose it: choose one), password_length and password_same 422.
        """
        if not self._throttle.allows(address, time.monotonic()):
            raise Refused("too_many_attempts", 429, "Too many attempts; wait a minute.")
        async with self._turn, self._maker() as session:
            account = await self._checked(session, login, password, chosen)
            await session.commit()
        if account is None:
            raise Refused("wrong_password", 401, "The user name or the password is wrong.")
        return account

    async def _checked(
        self, session: AsyncSession, login: str, password: str, chosen: str | None
    ) -> Account | None:
        """Holds the account's row until the commit: attempts on it come one after another."""
        found = await users.by_login(session, login)
        now = datetime.now(UTC)
        if found is not None and found.locked_until is not None and found.locked_until > now:
            raise Refused(
                "account_locked", 429, "Too many wrong passwords; try again in 15 minutes."
            )
        right = await passwords.matches(password, None if found is None else found.password_hash)
        if found is None:
            return None
        if not right or not found.account.is_active:
            await users.wrong_password(session, found.account.id, now)
            return None
        if chosen is None and found.is_initial:
            raise Refused("password_initial", 403, "Choose your own password first: see /password.")
        await users.logged_in(session, found.account.id)
        if chosen is None:
            return found.account
        if chosen == password:
            raise Refused("password_same", 422, "Choose another password than the one you have.")
        hashed = await passwords.hashed(chosen)
        return await users.choose_password(session, found.account.id, hashed)
