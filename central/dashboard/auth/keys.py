"""The dashboard's keys, all derived from one secret file, so that one file rotates them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from central.errors import StartError

SHORTEST_BYTES: Final = 32


@dataclass(frozen=True, slots=True)
class Keys:
    """32 bytes for each use. Never printed."""

    token: bytes = field(repr=False)
    session: bytes = field(repr=False)
    forms: bytes = field(repr=False)


def derive(secret: bytes) -> Keys:
    """Keys from the secret by HKDF-SHA256, a label each."""
    return Keys(*(_key(secret, use) for use in (b"token", b"session", b"forms")))


def load(path: Path) -> Keys:
    """Keys from the secret's file.

    Raises `StartError` where it is missing, unreadable or shorter than 32 bytes.
    """
    try:
        secret = path.read_bytes()
    except OSError as error:
        raise StartError(
            "dashboard",
            f"cannot read dashboard.session_secret {path}: {error.strerror}; "
            f"make it with: head -c 32 /dev/urandom > {path}",
        ) from error
    if len(secret) < SHORTEST_BYTES:
        raise StartError(
            "dashboard", f"dashboard.session_secret {path} holds less than {SHORTEST_BYTES} bytes"
        )
    return derive(secret)


def _key(secret: bytes, use: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=b"daedam dashboard " + use).derive(secret)
