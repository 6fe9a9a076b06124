"""The code by which a candidate checks in: six characters that nobody takes for each other."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final, Literal, TypeAlias

import msgspec

ALPHABET: Final = "ACDEFGHJKMNPQRTVWXY34679"
"""Without B, I, L, O, S, U, Z, 0, 1, 2, 5 and 8."""
LENGTH: Final = 6
ROUNDS: Final = 20_000
"""Ten milliseconds of a room PC for each try."""
PREFIX: Final = "DAEDAM:"
"""What a QR code holds before the code, so that a room takes no other QR code for one."""

CheckInWay: TypeAlias = Literal["code", "qr", "staff", "button", "replay"]
"""How a candidate checked in. `button`: no code was asked for; `replay`: a replayed candidate."""
WAYS: Final = frozenset({"code", "qr", "staff", "button", "replay"})


class CheckInCode(msgspec.Struct, frozen=True):
    """What a room is told of a code: `salt` and `digest` are hexadecimal."""

    salt: str
    digest: str
    rounds: int = ROUNDS


def new_code(choose: Callable[[str], str]) -> str:
    """`choose` picks one character, as `secrets.choice` does."""
    return "".join(choose(ALPHABET) for _ in range(LENGTH))


def sealed(code: str, salt: bytes) -> CheckInCode:
    """What lets a room know `code` when it sees it, and does not tell it."""
    digest = hashlib.pbkdf2_hmac("sha256", code.encode(), salt, ROUNDS)
    return CheckInCode(salt.hex(), digest.hex())


def in_qr(code: str) -> str:
    """The text of the QR code."""
    return PREFIX + code


def grouped(code: str) -> str:
    """As people read it aloud: two groups of three."""
    return f"{code[:3]} {code[3:]}"
