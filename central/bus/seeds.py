"""The private halves of the roles' nkeys: one file a role, made once, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import nkeys

from central.bus.accounts import ACCOUNTS
from central.errors import ConfigError


def make_missing(folder: Path) -> dict[str, str]:
    """A seed for every role, made where there is none; their public keys by role."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return {role: _public(_ensure(folder / f"{role}.seed")) for role in ACCOUNTS}


def read(folder: Path | None, role: str) -> str:
    """The role's seed; empty where no folder is set. Raises `ConfigError` where it is not there."""
    if folder is None:
        return ""
    file = folder / f"{role}.seed"
    try:
        return file.read_text(encoding="ascii").strip()
    except OSError as error:
        raise ConfigError("nats.seeds", f"{file} cannot be read: {error.strerror}") from error


def _ensure(file: Path) -> str:
    if not file.exists():
        draft = file.with_suffix(".new")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as to:
            to.write(nkeys.encode_seed(secrets.token_bytes(32), nkeys.PREFIX_BYTE_USER))
            to.flush()
            os.fsync(to.fileno())
        draft.rename(file)
    return file.read_text(encoding="ascii").strip()


def _public(seed: str) -> str:
    return str(nkeys.from_seed(bytearray(seed.encode())).public_key.decode())
