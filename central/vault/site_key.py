"""The site key: wraps the keys of interviews and documents. It lies in a file of its own, apart from
the data that it protects, and central never makes a new one in silence.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from central.config import Config
from central.errors import StartError, VaultError
from central.vault.container import KEY_BYTES

OLD: Final = ".old-"
"""`site.key.old-<id>`: what `central vault rotate` leaves beside the present key."""
_NONCE_BYTES: Final = 12


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key that only the site key `site_key_id` opens."""

    sealed: bytes
    site_key_id: str


@dataclass(frozen=True, slots=True, repr=False)
class SiteKeys:
    """The present site key and earlier ones, by id. Never logged: no `repr`."""

    current: str
    keys: Mapping[str, bytes]

    def wrap(self, key: bytes, subject: str) -> Wrapped:
        """`key` under the present site key, good for `subject` ("interview:7") alone: AES-256-GCM
        with a random nonce and the subject as associated data.
        """
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, key, _bound(subject))
        return Wrapped(nonce + sealed, self.current)

    def unwrap(self, wrapped: Wrapped, subject: str) -> bytes:
        """The key again. Raises `StartError` where its site key is missing, `VaultError` where the
        row was changed or is another subject's.
        """
        site_key = self.keys.get(wrapped.site_key_id)
        if site_key is None:
            raise _lacking(wrapped.site_key_id, self.keys)
        nonce, sealed = wrapped.sealed[:_NONCE_BYTES], wrapped.sealed[_NONCE_BYTES:]
        try:
            return AESGCM(site_key).decrypt(nonce, sealed, _bound(subject))
        except (InvalidTag, ValueError) as error:
            problem = "its wrapped key was changed; restore the database from its backup"
            raise VaultError(subject, problem) from error

    def demand(self, used: Iterable[str]) -> None:
        """Raises `StartError` where one of the ids that keys are wrapped by is not among these."""
        for site_key_id in used:
            if site_key_id not in self.keys:
                raise _lacking(site_key_id, self.keys)


def load(config: Config) -> SiteKeys:
    """The site keys that the settings name, and the old ones beside the present one.

    Raises `StartError` saying what to do where a file is missing or holds no key.
    """
    file = config.path(config.vault.site_key)
    current = _read(file)
    keys = {key_id(current): current}
    beside = sorted(file.parent.glob(f"{file.name}{OLD}*"))
    for old in (*map(config.path, config.vault.old_site_keys), *beside):
        key = _read(old)
        keys[key_id(key)] = key
    return SiteKeys(key_id(current), keys)


def load_upload_key(config: Config) -> SiteKeys:
    """The key that wraps those of uploaded videos. Raises `StartError` where it is missing."""
    key = _read(config.path(config.vault.upload_key))
    return SiteKeys(key_id(key), {key_id(key): key})


def key_id(key: bytes) -> str:
    """A site key's public name: eight bytes of a hash that says nothing of the key."""
    return hashlib.sha256(b"daedam site key id" + key).hexdigest()[:16]


def write_key(file: Path, key: bytes) -> None:
    """A key into a file for this account alone: on disk when this returns, whole or not at all."""
    partial = file.with_name(f".{file.name}.part")
    partial.unlink(missing_ok=True)
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.write(handle, key)
        os.fsync(handle)
    finally:
        os.close(handle)
    partial.rename(file)
    folder = os.open(file.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _read(file: Path) -> bytes:
    try:
        key = file.read_bytes()
    except OSError as error:
        raise StartError(
            "vault",
            f"the site key {file} cannot be read ({error.strerror}); restore it from its backup, or "
            "set vault.site_key. Without it no sealed interview can be read, and none is sealed",
        ) from error
    if len(key) != KEY_BYTES:
        raise StartError(
            "vault",
            f"{file} holds {len(key)} bytes, a site key is {KEY_BYTES}; restore it from its backup",
        )
    return key


def _lacking(wanted: str, there: Iterable[str]) -> StartError:
    return StartError(
        "vault",
        f"keys of interviews are wrapped by site key {wanted}, and only {', '.join(there)} is here; "
        "restore that key from its backup and name it in vault.old_site_keys (or vault.site_key)",
    )


def _bound(subject: str) -> bytes:
    return b"daedam key of " + subject.encode()
