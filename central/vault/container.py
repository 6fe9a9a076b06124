"""The sealed file: a header, then chunks of AES-256-GCM in the STREAM construction.

STREAM: Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance" (CRYPTO 2015), section 7; the layout of key and nonce is that of age
(C2SP/C2SP, age.md, "Payload"): the file's key is HKDF-SHA-256 over a fresh salt, the nonce is the
chunk's number and a flag that is set for the last chunk alone. So a chunk that was moved, taken from
another file, left out, or a file cut off at a chunk's border does not decrypt. The header is what the
key is derived for, so no bit of it can change either; the flag stands in the associated data as well.

    header   8  magic "DAEDAMv1"
             1  kind of content (`Kind`)
             3  zero
             4  bytes of plain text in a chunk, big-endian
             8  whose: the interview's id, big-endian; 0 for a document of none
            16  the file's name in the media store
            32  salt
    chunk n  chunk_bytes of plain text (the last one: 1 to chunk_bytes, or 0 in an empty file),
             then a tag of 16 bytes
"""

from __future__ import annotations

import secrets
import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from central.errors import VaultError

MAGIC: Final = b"DAEDAMv1"
CHUNK_BYTES: Final = 65_536
LARGEST_CHUNK: Final = 1 << 24
KEY_BYTES: Final = 32
TAG_BYTES: Final = 16
_HEADER: Final = struct.Struct(">8sB3xIQ16s32s")
HEADER_BYTES: Final = _HEADER.size
_MORE: Final = b"\0"
_LAST: Final = b"\1"


class Kind(IntEnum):
    """What the plain text is. A number is never reused."""

    RECORDS = 1
    DOCUMENT = 2


@dataclass(frozen=True, slots=True)
class Header:
    """What a sealed file says in the clear: nothing of a person."""

    kind: Kind
    owner: int
    name: str
    salt: bytes
    chunk_bytes: int = CHUNK_BYTES

    @classmethod
    def new(cls, kind: Kind, owner: int, name: str, chunk_bytes: int = CHUNK_BYTES) -> Header:
        """A header with a fresh salt."""
        return cls(kind, owner, name, secrets.token_bytes(32), chunk_bytes)

    @classmethod
    def parse(cls, data: bytes, name: str) -> Header:
        """The header of the file `name`. Raises `VaultError` where it is none, or another file's."""
        if len(data) != HEADER_BYTES:
            raise VaultError(name, "is cut off; restore it from the backup")
        magic, kind, chunk_bytes, owner, own_name, salt = _HEADER.unpack(data)
        if magic != MAGIC or data[9:12] != bytes(3) or kind not in iter(Kind):
            raise VaultError(name, "is no sealed file of this version; restore it from the backup")
        if own_name.hex() != name:
            raise VaultError(name, f"is the file {own_name.hex()}; restore it from the backup")
        if not 1 <= chunk_bytes <= LARGEST_CHUNK:
            raise VaultError(name, "is damaged in its header; restore it from the backup")
        return cls(Kind(kind), owner, name, salt, chunk_bytes)

    def pack(self) -> bytes:
        """As it stands in the file."""
        return _HEADER.pack(
            MAGIC, self.kind, self.chunk_bytes, self.owner, bytes.fromhex(self.name), self.salt
        )


class Encryptor:
    """Turns plain text into a sealed file's bytes: `header`, what `update` returns, `finish`."""

    def __init__(self, key: bytes, header: Header) -> None:
        self.header = header.pack()
        self._chunk_bytes = header.chunk_bytes
        self._cipher = _cipher(key, header)
        self._number = 0
        self._waiting = bytearray()

    def update(self, plain: bytes) -> bytes:
        """Whole chunks that are not the last one; empty while too little waits."""
        self._waiting += plain
        chunks, size = bytearray(), self._chunk_bytes
        while len(self._waiting) > size:  # a full chunk waits: it may be the last one
            chunks += self._sealed(bytes(self._waiting[:size]), _MORE)
            del self._waiting[:size]
        return bytes(chunks)

    def finish(self) -> bytes:
        """The last chunk."""
        return self._sealed(bytes(self._waiting), _LAST)

    def _sealed(self, plain: bytes, flag: bytes) -> bytes:
        sealed = self._cipher.encrypt(_nonce(self._number, flag), plain, flag)
        self._number += 1
        return sealed


class Decryptor:
    """Opens single chunks of a sealed file of `size` bytes."""

    def __init__(self, key: bytes, header: Header, size: int) -> None:
        self._name = header.name
        self._cipher = _cipher(key, header)
        self._chunk_bytes = header.chunk_bytes
        self._sealed_bytes = header.chunk_bytes + TAG_BYTES
        body = size - HEADER_BYTES
        self.chunks = max(1, -(-body // self._sealed_bytes))
        self.plain_bytes = body - self.chunks * TAG_BYTES
        if self.plain_bytes < 0:
            raise VaultError(self._name, "is cut off; restore it from the backup")

    def place(self, number: int) -> tuple[int, int]:
        """Where chunk `number` (from 0) lies in the file: [start, end)."""
        start = HEADER_BYTES + number * self._sealed_bytes
        last = number == self.chunks - 1
        length = self.plain_bytes - number * self._chunk_bytes + TAG_BYTES
        return start, start + (length if last else self._sealed_bytes)

    def open(self, number: int, sealed: bytes) -> bytes:
        """The plain text of chunk `number`. Raises `VaultError` where one bit is not as it was."""
        flag = _LAST if number == self.chunks - 1 else _MORE
        try:
            return self._cipher.decrypt(_nonce(number, flag), sealed, flag)
        except InvalidTag as error:
            raise VaultError(
                self._name,
                f"chunk {number} of {self.chunks} is not what was sealed, or the key is another "
                "one; restore the file from its backup",
            ) from error


def _cipher(key: bytes, header: Header) -> AESGCM:
    """The file's own cipher: another salt, name, owner or kind is another key."""
    derived = HKDF(SHA256(), KEY_BYTES, header.salt, b"daedam sealed file " + header.pack())
    return AESGCM(derived.derive(key))


def _nonce(number: int, flag: bytes) -> bytes:
    return number.to_bytes(11, "big") + flag
