"""Passwords, as bcrypt hashes. Hashing takes a quarter of a second and so runs in a thread."""

from __future__ import annotations

import asyncio
import secrets
from typing import Final

import bcrypt

from central.errors import Refused
from central.interview import check_in
from central.storage.users import UNUSABLE

SHORTEST: Final = 10
LONGEST_BYTES: Final = 72
"""What bcrypt reads; longer ones are refused instead of cut."""
ROUNDS: Final = 12
INITIAL_LETTERS: Final = check_in.ALPHABET.lower()
INITIAL_GROUPS: Final = 4
"""73 bits, and nobody takes one letter for another."""

_NOBODY: Final = bcrypt.hashpw(secrets.token_bytes(16), bcrypt.gensalt(ROUNDS))


async def hashed(password: str) -> str:
    """The bcrypt hash to store.

    Raises `Refused` (password_length) for less than 10 characters or more than 72 bytes.
    """
    if len(password) < SHORTEST or len(password.encode()) > LONGEST_BYTES:
        raise Refused(
            "password_length", 422, "A password has at least 10 characters and at most 72 bytes."
        )
    work = asyncio.to_thread(bcrypt.hashpw, password.encode(), bcrypt.gensalt(ROUNDS))
    return (await work).decode()


def initial() -> str:
    """One that is used once, to choose one's own: `k7mq-x3vd-9hpt-wca6`."""
    groups = ("".join(map(secrets.choice, [INITIAL_LETTERS] * 4)) for _ in range(INITIAL_GROUPS))
    return "-".join(groups)


async def matches(password: str, stored: str | None) -> bool:
    """Whether this is the password. Takes as long where there is no account (`stored` None) or no
    usable hash, so that names cannot be found by timing.
    """
    known = stored is not None and stored != UNUSABLE
    against = stored.encode() if stored is not None and known else _NOBODY
    offered = password.encode()[:LONGEST_BYTES]
    right = await asyncio.to_thread(bcrypt.checkpw, offered, against)
    return right and known and len(password.encode()) <= LONGEST_BYTES
