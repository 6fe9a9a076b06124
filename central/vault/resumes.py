"""Résumés as they arrive: documents whose keys the upload key wraps, until the steward takes them over.

The dashboard seals them and the language role reads them once; neither has the site key. What the upload
key opens is what waits to be read, never the résumés of the past.
"""

from __future__ import annotations

from collections.abc import AsyncIterable
from dataclasses import dataclass

from central.config import Config
from central.errors import Refused
from central.media import media_store
from central.storage import documents
from central.storage.documents import DocumentRow
from central.storage.pool import Connection
from central.vault import site_key
from central.vault.counted import Counted
from central.vault.documents import About, Place, place_in, read, seal, subject_of
from central.vault.site_key import Wrapped
from central.vault.vault import Vault


@dataclass(frozen=True, slots=True)
class Stored:
    """What came."""

    size_bytes: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Arriving:
    """A media store, and the upload key in the place of the site key."""

    vault: Vault

    @classmethod
    def of(cls, config: Config) -> Arriving:
        """As the settings say. No file is touched yet."""
        return cls(Vault(media_store(config), lambda: site_key.load_upload_key(config)))

    def place(self) -> Place:
        """Raises `StartError` where the upload key is missing."""
        return place_in(self.vault)

    async def put(
        self,
        place: Place,
        interview_id: int,
        about: About,
        content: AsyncIterable[bytes],
        most_bytes: int,
    ) -> Stored:
        """Seals a stream into its place. Raises `Refused` (resume_too_large 413)."""
        counted = Counted(content, most_bytes, too_large)
        await seal(self.vault, place, interview_id, about, counted)
        return Stored(counted.size, counted.hash.digest())

    async def content_of(self, row: DocumentRow) -> bytes:
        """Its bytes. Raises `VaultError`, or `StartError` where the key is missing."""
        opened = await read(self.vault, row)
        return b"".join([piece async for piece in opened.content])


async def take_over(conn: Connection, arriving: Arriving, vault: Vault) -> int:
    """Wraps by the site key what was read; how many. Files stay as they are. `conn` is in autocommit.

    Raises `StartError` where one of the two keys is missing.
    """
    count = 0
    for row in await documents.arrived(conn):
        subject = subject_of(row.name)
        key = arriving.vault.site_keys().unwrap(Wrapped(row.sealed, row.site_key_id), subject)
        anew = vault.site_keys().wrap(key, subject)
        count += await documents.keep(conn, row, anew.sealed, anew.site_key_id)
    return count


def too_large(most_bytes: int) -> Refused:
    """The sentence with the limit in it."""
    most = most_bytes // 1_000_000
    return Refused("resume_too_large", 413, f"A résumé has at most {most} MB.")
