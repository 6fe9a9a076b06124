"""Keys and files together: what the sealer, the readers and the documents work with."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

from central.config import Config
from central.errors import VaultError
from central.media import MediaStore, media_store
from central.storage import vault_keys
from central.storage.pool import Connection
from central.storage.sealing import Part
from central.vault import site_key
from central.vault.container import KEY_BYTES
from central.vault.content import RecordsFile
from central.vault.sealed import SealedFile
from central.vault.site_key import SiteKeys, Wrapped


@dataclass(frozen=True, slots=True)
class Vault:
    """A media store and whoever reads the site keys. They are read anew each time, so that a rotation
    needs no restart.
    """

    store: MediaStore
    site_keys: Callable[[], SiteKeys]

    @classmethod
    def of(cls, config: Config) -> Vault:
        """The vault that the settings name. No file is touched yet."""
        return cls(media_store(config), lambda: site_key.load(config))

    async def key_to_seal(self, conn: Connection, interview_id: int) -> bytes | None:
        """The interview's key, made now where it has none; None where it was destroyed.

        Raises `StartError` where the site key is missing: then none is made.
        """
        keys, subject = self.site_keys(), subject_of(interview_id)
        stored = await vault_keys.key_of(conn, interview_id)
        if stored is None:
            wrapped = keys.wrap(secrets.token_bytes(KEY_BYTES), subject)
            stored = await vault_keys.add_key(
                conn, interview_id, wrapped.sealed, wrapped.site_key_id
            )
        if stored.sealed is None:
            return None
        return keys.unwrap(Wrapped(stored.sealed, stored.site_key_id), subject)

    async def open(self, conn: Connection, part: Part) -> RecordsFile:
        """A sealed part, to be read. Raises `VaultError` where its key was destroyed or its file is not
        what was sealed, `StartError` where the site key is missing.
        """
        stored = await vault_keys.key_of(conn, part.interview_id)
        if stored is None or stored.sealed is None:
            raise VaultError(part.name, "its key was destroyed: the interview was erased")
        wrapped = Wrapped(stored.sealed, stored.site_key_id)
        key = self.site_keys().unwrap(wrapped, subject_of(part.interview_id))
        return await open_records(self.store, key, part.name, part.interview_id)


async def open_records(store: MediaStore, key: bytes, name: str, interview_id: int) -> RecordsFile:
    """A file of this interview's records. Raises `VaultError`."""
    file = await SealedFile.open(store, key, name)
    if file.header.owner != interview_id:
        raise VaultError(name, f"belongs to interview {file.header.owner}, not {interview_id}")
    return await RecordsFile.open(file)


def subject_of(interview_id: int) -> str:
    """What an interview's wrapped key is bound to."""
    return f"interview:{interview_id}"
