"""The candidate's code: what was typed or shown, and whether it is the right one. Needs no network."""

from __future__ import annotations

import hashlib
import hmac
from enum import StrEnum
from typing import Final

from edge_agent.flow import CheckInCode

PREFIX: Final = "DAEDAM:"
"""What a QR code of ours begins with."""
LENGTH: Final = 6
MOST_TRIES: Final = 5
"""Then staff have to look."""
MOST_ROUNDS: Final = 1_000_000
"""A plan that asks for more work than this could stop the room."""


class CheckInWay(StrEnum):
    """How the candidate checked in; what the record says."""

    CODE = "code"
    QR = "qr"
    STAFF = "staff"
    BUTTON = "button"
    REPLAY = "replay"


def normal(text: str) -> str:
    """As codes are written: capital letters and digits alone."""
    return "".join(one for one in text.upper() if one.isascii() and one.isalnum())


def of_qr(text: str) -> str | None:
    """The code in a QR code; None where it is none of ours."""
    if not text.startswith(PREFIX):
        return None
    code = normal(text.removeprefix(PREFIX))
    return code if len(code) == LENGTH else None


def is_right(typed: str, known: CheckInCode) -> bool:
    """Whether this is the code that the plan knows."""
    rounds = min(max(known.rounds, 1), MOST_ROUNDS)
    salt = bytes.fromhex(known.salt)
    found = hashlib.pbkdf2_hmac("sha256", normal(typed).encode(), salt, rounds)
    return hmac.compare_digest(found.hex(), known.digest)
