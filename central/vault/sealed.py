"""A sealed file in a media store: written as a stream, read whole or in ranges of its plain text."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from typing import Final

from central.errors import VaultError
from central.media import MediaStore
from central.vault.container import HEADER_BYTES, Decryptor, Encryptor, Header

_AT_ONCE: Final = 16
"""Chunks that are fetched together when a whole file is read: 1 MiB."""


async def write(store: MediaStore, key: bytes, header: Header, plain: AsyncIterable[bytes]) -> int:
    """Seal `plain` into the file that `header` names; its length, bytes. It is there whole when this
    returns, and not at all where it raises.
    """
    return await store.put(header.name, _encrypted(key, header, plain))


async def _encrypted(
    key: bytes, header: Header, plain: AsyncIterable[bytes]
) -> AsyncIterator[bytes]:
    encryptor = Encryptor(key, header)
    yield encryptor.header
    async for piece in plain:
        if chunks := encryptor.update(piece):
            yield chunks
    yield encryptor.finish()


@dataclass(frozen=True, slots=True)
class SealedFile:
    """An open sealed file: its last chunk was there and is the last one, so nothing is cut off."""

    header: Header
    plain_bytes: int
    _store: MediaStore
    _decryptor: Decryptor

    @classmethod
    async def open(cls, store: MediaStore, key: bytes, name: str) -> SealedFile:
        """Open `name`. Raises `VaultError`: not there, cut off, damaged, or sealed by another key."""
        size = await store.size(name)
        if size is None:
            raise VaultError(name, "is not in the store; restore the vault folder from its backup")
        header = Header.parse(await _range(store, name, 0, HEADER_BYTES), name)
        decryptor = Decryptor(key, header, size)
        file = cls(header, decryptor.plain_bytes, store, decryptor)
        async for _ in file._chunks(decryptor.chunks - 1, decryptor.chunks):
            pass
        return file

    async def read(self, start: int, end: int) -> AsyncIterator[bytes]:
        """Plain text [start, end), decrypting the chunks that it lies in and no others."""
        size = self.header.chunk_bytes
        end = min(end, self.plain_bytes)
        if not 0 <= start < end:
            return
        number = start // size
        async for plain in self._chunks(number, (end - 1) // size + 1):
            at = number * size
            yield plain[max(0, start - at) : end - at]
            number += 1

    async def _chunks(self, first: int, end: int) -> AsyncIterator[bytes]:
        for begin in range(first, end, _AT_ONCE):
            numbers = range(begin, min(end, begin + _AT_ONCE))
            places = [self._decryptor.place(number) for number in numbers]
            offset = places[0][0]
            sealed = await _range(self._store, self.header.name, offset, places[-1][1])
            for number, (start, stop) in zip(numbers, places, strict=True):
                yield self._decryptor.open(number, sealed[start - offset : stop - offset])


async def _range(store: MediaStore, name: str, start: int, end: int) -> bytes:
    return b"".join([piece async for piece in store.open(name, start, end)])
