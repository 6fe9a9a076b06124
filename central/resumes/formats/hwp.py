"""Hancom's HWP 5: an OLE file whose streams are packed records (Hancom's published description)."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import olefile

from central.errors import ResumeError
from central.resumes.formats.paragraphs import Record, Shape, lines_of
from central.resumes.formats.runs import Found
from central.resumes.limits import Limits
from central.resumes.lines import Extracted, Page

_SIGNATURE: Final = b"HWP Document File"
_PACKED, _PASSWORD, _DISTRIBUTED, _DRM = 0x1, 0x2, 0x4, 0x10
_CHAR_SHAPE: Final = 0x10 + 5
_LONG: Final = 0xFFF


def extract(content: bytes, limits: Limits) -> Extracted:
    """The text of an HWP file. Raises `ResumeError`; for another OLE file, the one that says which."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            return _Document(ole, limits).extract()
    except (OSError, ValueError, IndexError, struct.error, zlib.error) as error:
        raise ResumeError("damaged") from error


@dataclass(slots=True)
class _Document:
    ole: olefile.OleFileIO
    limits: Limits
    is_packed: bool = True
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = self.limits.most_unpacked_bytes

    def extract(self) -> Extracted:
        self._check()
        shapes = [Shape.of(one.data) for one in self._records("DocInfo") if one.tag == _CHAR_SHAPE]
        found = Found()
        lines: list[str] = []
        for name in self._sections():
            lines.extend(lines_of(list(self._records(name)), shapes, found))
        return Extracted("hwp", (Page(tuple(lines)),), found.hidden())

    def _check(self) -> None:
        if not self.ole.exists("FileHeader"):
            raise ResumeError(self._other())
        header = self._raw("FileHeader")
        if not header.startswith(_SIGNATURE):
            raise ResumeError("kind")
        (flags,) = struct.unpack_from("<I", header, 36)
        if flags & (_PASSWORD | _DISTRIBUTED | _DRM):
            raise ResumeError("encrypted")
        self.is_packed = bool(flags & _PACKED)

    def _other(self) -> str:
        """What an OLE file is that is no HWP."""
        if self.ole.exists("EncryptedPackage"):
            return "encrypted"
        return "old_word" if self.ole.exists("WordDocument") else "kind"

    def _sections(self) -> list[str]:
        found = [
            "/".join(path)
            for path in self.ole.listdir()
            if len(path) == 2 and path[0] == "BodyText" and path[1][7:].isdecimal()
        ]
        if not found:
            raise ResumeError("damaged")
        return sorted(found, key=lambda name: int(name.removeprefix("BodyText/Section")))

    def _raw(self, name: str) -> bytes:
        with self.ole.openstream(name) as stream:
            return bytes(stream.read())

    def _records(self, name: str) -> Iterator[Record]:
        content = self._raw(name)
        if self.is_packed:
            unpacked = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, self.left + 1)
            self.left -= len(unpacked)
            if self.left < 0:
                raise ResumeError("bomb")
            content = unpacked
        at = 0
        while at + 4 <= len(content):
            (head,) = struct.unpack_from("<I", content, at)
            at += 4
            size = head >> 20
            if size == _LONG:
                (size,) = struct.unpack_from("<I", content, at)
                at += 4
            yield Record(head & 0x3FF, head >> 10 & 0x3FF, content[at : at + size])
            at += size
