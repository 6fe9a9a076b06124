"""Enrolment tokens: `dae1.<id>.<secret>.<pin>`, shown once, good once, for one room.

The pin is the SHA-256 of the root's public key: a room PC believes no other central. What is stored is
the SHA-256 of the secret, which has 256 random bits: no slower hash is needed.
"""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from cryptography import x509

from central.errors import StartError
from central.fleet.certificates import public_sha256

LASTS_MINUTES: Final = 30
LONGEST_MINUTES: Final = 24 * 60
_ID_BYTES, _SECRET_BYTES = 6, 32
_SHAPE: Final = re.compile(
    r"dae1\.(?P<id>[0-9a-f]{12})\.(?P<secret>[A-Za-z0-9_-]{43})\.(?P<pin>[0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True)
class Token:
    """A token as the admin is shown it. The secret is never printed with it."""

    token_id: str
    secret: str = field(repr=False)
    pin: str

    @property
    def text(self) -> str:
        """To be copied to the room PC."""
        return f"dae1.{self.token_id}.{self.secret}.{self.pin}"

    @property
    def secret_sha256(self) -> str:
        """What is stored of the secret."""
        return sha256(self.secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class TokenState:
    """What is stored about a token."""

    secret_sha256: str
    expires_at: datetime
    room_is_active: bool
    used_over: str | None
    """SHA-256 of the key that it let in; None: unused."""


@dataclass(frozen=True, slots=True)
class Unused:
    """The token lets this key in."""


@dataclass(frozen=True, slots=True)
class UsedByThisKey:
    """The answer to the same question was lost: the same certificate again."""


@dataclass(frozen=True, slots=True)
class NotGood:
    """Why not; `stolen`: somebody knows the token who should not."""

    why: str
    stolen: bool = False


def new_token(roots_pem: bytes) -> Token:
    """A token for agents that shall trust the root in `roots_pem` (the first, where there are several).

    Raises `StartError` where there is none.
    """
    try:
        root = x509.load_pem_x509_certificates(roots_pem)[0]
    except (ValueError, IndexError) as error:
        raise StartError("token", "gateway.rooms_ca holds no certificate") from error
    return Token(
        secrets.token_hex(_ID_BYTES),
        secrets.token_urlsafe(_SECRET_BYTES),
        public_sha256(root.public_key()),
    )


def parse(text: str) -> Token | None:
    """The token in a request; None for what is none."""
    match = _SHAPE.fullmatch(text.strip()) if len(text) < 256 else None
    return None if match is None else Token(match["id"], match["secret"], match["pin"])


def judge(
    token: Token, state: TokenState | None, key_sha256: str, now: datetime
) -> Unused | UsedByThisKey | NotGood:
    """What the token is good for, over this key. A wrong secret and an unknown token look the same."""
    known = state.secret_sha256 if state is not None else "0" * 64
    if not hmac.compare_digest(known, token.secret_sha256) or state is None:
        return NotGood("this token is unknown; ask an admin for a new one")
    if not state.room_is_active:
        return NotGood("the token's room is closed; ask an admin")
    if state.used_over is not None and not hmac.compare_digest(state.used_over, key_sha256):
        return NotGood("this token was used by another PC; ask an admin for a new one", stolen=True)
    if now >= state.expires_at:
        return NotGood("this token has expired; ask an admin for a new one")
    return Unused() if state.used_over is None else UsedByThisKey()
