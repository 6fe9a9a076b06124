"""Uploaded videos at rest: each sealed under a key of its own, wrapped by the upload key.

Dashboard (takes them in) and gateway (gives them out) hold the upload key and not the site key: what
they could open are videos that wait to be analysed, never an interview.
"""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterable, AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Final

from central.config import Config
from central.errors import Refused
from central.media import MediaStore, media_store, new_name
from central.vault import sealed, site_key
from central.vault.container import KEY_BYTES, Header, Kind
from central.vault.counted import Counted
from central.vault.sealed import SealedFile
from central.vault.site_key import SiteKeys, Wrapped

_BOXES: Final = (b"ftyp", b"moov", b"wide", b"mdat", b"free", b"skip")


@dataclass(frozen=True, slots=True)
class Place:
    """Where an upload will lie, before a byte of it has come."""

    name: str
    key: bytes = field(repr=False)
    wrapped: Wrapped


@dataclass(frozen=True, slots=True)
class Stored:
    """What came."""

    size_bytes: int
    sha256: bytes


@dataclass(frozen=True, slots=True)
class Uploads:
    """A media store and whoever reads the upload key, anew each time."""

    store: MediaStore
    keys: Callable[[], SiteKeys]

    @classmethod
    def of(cls, config: Config) -> Uploads:
        """As the settings say. No file is touched yet."""
        return cls(media_store(config), lambda: site_key.load_upload_key(config))

    def place(self) -> Place:
        """A name and a fresh key. Raises `StartError` where the upload key is missing."""
        name, key = new_name(), secrets.token_bytes(KEY_BYTES)
        return Place(name, key, self.keys().wrap(key, _subject(name)))

    async def put(
        self, place: Place, interview_id: int, content: AsyncIterable[bytes], most_bytes: int
    ) -> Stored:
        """Seals a stream into its place, piece by piece. Raises `Refused` (video_too_large 413)."""
        counted = Counted(content, most_bytes, too_large)
        header = Header.new(Kind.DOCUMENT, interview_id, place.name)
        await sealed.write(self.store, place.key, header, counted.pieces())
        return Stored(counted.size, counted.hash.digest())

    async def open(
        self, name: str, wrapped: bytes, upload_key_id: str, start: int
    ) -> AsyncIterator[bytes]:
        """Its bytes from `start` on. Raises `VaultError`, or `StartError` where the key is missing."""
        key = self.keys().unwrap(Wrapped(wrapped, upload_key_id), _subject(name))
        file = await SealedFile.open(self.store, key, name)
        async for piece in file.read(start, file.plain_bytes):
            yield piece


def media_of(head: bytes) -> str:
    """One of "mp4", "mov" or "webm" by the first bytes, whatever the file's name says.

    Raises `Refused` (video_type 415).
    """
    if head[4:8] in _BOXES:
        return "mov" if head[4:8] != b"ftyp" or head[8:12] == b"qt  " else "mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head[:64]:
        return "webm"
    raise Refused("video_type", 415, "Only MP4, WebM and MOV videos can be uploaded.")


def _subject(name: str) -> str:
    return f"video:{name}"


def too_large(most_bytes: int) -> Refused:
    """The sentence with the limit in it."""
    most = most_bytes // 1_000_000
    return Refused("video_too_large", 413, f"A video has at most {most} MB.")
