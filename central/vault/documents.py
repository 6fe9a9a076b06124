"""Résumés and uploads at rest: each sealed under a key of its own, its file name and type inside.

For the pages that will take uploads; what a document holds never touches PostgreSQL or a disk in the
clear.
"""

from __future__ import annotations

import json
import secrets
import struct
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from central.errors import Refused, VaultError
from central.media import new_name
from central.storage import documents
from central.storage.documents import DocumentRow
from central.storage.pool import Connection, Pool
from central.vault import sealed
from central.vault.container import KEY_BYTES, Header, Kind
from central.vault.counted import Counted
from central.vault.sealed import SealedFile
from central.vault.site_key import Wrapped
from central.vault.vault import Vault

Noting: TypeAlias = Callable[[Connection, int], Awaitable[None]]
LARGEST_BYTES: Final = 50_000_000
_LENGTH: Final = struct.Struct(">I")
_LONGEST_ABOUT: Final = 4_096


@dataclass(frozen=True, slots=True)
class About:
    """What a document is called and is. Personal: sealed with it."""

    file_name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document that is being read. `content` gives its bytes once; `sha256` is over all of them."""

    about: About
    size_bytes: int
    content: AsyncIterator[bytes]
    sha256: bytes
    _file: SealedFile
    _begin: int

    def part(self, start: int, end: int) -> AsyncIterator[bytes]:
        """Its bytes [start, end), decrypting no more than they need."""
        return self._file.read(self._begin + start, min(self._begin + end, self._file.plain_bytes))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document will lie, before a byte of it has come."""

    name: str
    key: bytes = field(repr=False)
    wrapped: Wrapped


class Documents:
    """Seals, opens and destroys documents."""

    def __init__(self, pool: Pool, vault: Vault) -> None:
        self._pool = pool
        self._vault = vault

    async def put(
        self,
        about: About,
        content: AsyncIterable[bytes],
        *,
        kind: str,
        interview_id: int | None = None,
        candidate_id: int | None = None,
        largest_bytes: int = LARGEST_BYTES,
        noting: Noting | None = None,
    ) -> int:
        """Seal a document for an interview, a candidate, or both; its id. `noting` is called with it in
        the transaction from which on it is there.

        Raises `Refused` (document_too_large 413), `StartError` where the site key is missing.
        """
        place = place_in(self._vault)
        name, wrapped = place.name, place.wrapped
        async with self._pool.connection() as conn:
            document_id = await documents.begin(
                conn, name, kind, interview_id, candidate_id, wrapped.sealed, wrapped.site_key_id
            )
        counted = Counted(content, largest_bytes, _too_large)
        try:
            await seal(self._vault, place, interview_id or 0, about, counted)
        except Exception:
            async with self._pool.connection() as conn:
                await documents.forget(conn, document_id)
            raise
        async with self._pool.connection() as conn:
            kept = await documents.finish(conn, document_id, counted.size, counted.hash.digest())
            if kept and noting is not None:
                await noting(conn, document_id)
        if not kept:
            await self._vault.store.delete(name)
            raise VaultError(name, "its interview was erased while it was written")
        return document_id

    async def open(self, document_id: int) -> OpenDocument:
        """A document to be read.

        Raises `Refused` (document_unknown 404) where there is none or its key was destroyed,
        `VaultError` where its file is not what was sealed.
        """
        async with self._pool.connection() as conn:
            row = await documents.get(conn, document_id)
        if row is None:
            raise Refused("document_unknown", 404, "There is no document with this id.")
        return await read(self._vault, row)

    async def destroy(self, document_id: int, *, actor_id: int | None) -> None:
        """Destroy the document's key, audited, then delete its file.

        Raises `Refused` (document_unknown 404).
        """
        async with self._pool.connection() as conn:
            name = await documents.destroy(conn, document_id, actor_id)
        if name is None:
            raise Refused("document_unknown", 404, "There is no document with this id.")
        await self._vault.store.delete(name)


def place_in(vault: Vault) -> Place:
    """Where a document will lie, and its fresh key. Raises `StartError` where the vault's is missing."""
    name, key = new_name(), secrets.token_bytes(KEY_BYTES)
    return Place(name, key, vault.site_keys().wrap(key, subject_of(name)))


async def seal(
    vault: Vault, place: Place, interview_id: int, about: About, counted: Counted
) -> None:
    """Writes a document into its place, piece by piece."""
    header = Header.new(Kind.DOCUMENT, interview_id, place.name)
    await sealed.write(vault.store, place.key, header, _plain(about, counted))


async def read(vault: Vault, row: DocumentRow) -> OpenDocument:
    """The document of a row. Raises `VaultError`, or `StartError` where the site key is missing."""
    key = vault.site_keys().unwrap(Wrapped(row.sealed, row.site_key_id), subject_of(row.name))
    file = await SealedFile.open(vault.store, key, row.name)
    if file.header.kind is not Kind.DOCUMENT:
        raise VaultError(row.name, "is no document")
    (length,) = _LENGTH.unpack(await _whole(file, 0, _LENGTH.size))
    begin = _LENGTH.size + length
    about = json.loads(await _whole(file, _LENGTH.size, begin))
    content = file.read(begin, file.plain_bytes)
    told = About(about["file_name"], about["media_type"])
    return OpenDocument(told, row.size_bytes, content, row.sha256, file, begin)


def subject_of(name: str) -> str:
    """What a document's wrapped key is bound to."""
    return f"document:{name}"


def _too_large(most_bytes: int) -> Refused:
    most = most_bytes // 1_000_000
    return Refused("document_too_large", 413, f"A file has at most {most} MB.")


async def _plain(about: About, content: Counted) -> AsyncIterator[bytes]:
    said = {"file_name": about.file_name, "media_type": about.media_type}
    told = json.dumps(said, ensure_ascii=False).encode()
    if len(told) > _LONGEST_ABOUT:
        raise Refused("document_name", 422, "The file's name is too long.")
    yield _LENGTH.pack(len(told)) + told
    async for piece in content.pieces():
        yield piece


async def _whole(file: SealedFile, start: int, end: int) -> bytes:
    return b"".join([piece async for piece in file.read(start, end)])
