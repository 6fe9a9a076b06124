"""Bearer tokens of the API: JWT, HS256, one hour by default, ended early by the account's epoch."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import jwt

from central.errors import Refused

ALGORITHM: Final = "HS256"
ISSUER: Final = "daedam"


@dataclass(frozen=True, slots=True)
class Claims:
    """Whose token it is, and for which epoch of that account. `session`: which of a browser's sessions;
    "" for none.
    """

    user_id: int
    epoch: int
    session: str = ""


def issue(claims: Claims, key: bytes, *, now: datetime, minutes: int) -> str:
    """A signed token that ends `minutes` after `now`."""
    return jwt.encode(
        {
            "iss": ISSUER,
            "sub": str(claims.user_id),
            "epoch": claims.epoch,
            "iat": now,
            "exp": now + timedelta(minutes=minutes),
        },
        key,
        algorithm=ALGORITHM,
    )


def read(token: str, key: bytes, *, now: datetime) -> Claims:
    """What a token says.

    Raises `Refused` 401: token_expired after its end, token_invalid for anything else wrong with it.
    """
    try:
        content = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            issuer=ISSUER,
            # The clock is an argument: the library would take its own.
            options={
                "require": ["sub", "exp", "epoch"],
                "verify_exp": False,
                "verify_iat": False,
            },
        )
        claims = Claims(int(content["sub"]), int(content["epoch"]))
        ends = float(content["exp"])
    except (jwt.InvalidTokenError, ValueError, TypeError) as error:
        raise Refused("token_invalid", 401, "The access token is not one of ours.") from error
    if now.timestamp() >= ends:
        raise Refused("token_expired", 401, "The access token has expired; get a new one.")
    return claims
