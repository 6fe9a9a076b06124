"""A ZIP that a stranger packed: DOCX or HWPX, or nothing that we read."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib

from central.errors import ResumeError
from central.resumes.formats import docx, hwpx
from central.resumes.formats.markup import Element, parse
from central.resumes.limits import Limits
from central.resumes.lines import Extracted

_ENCRYPTED = 0x1
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, RuntimeError,
)  # fmt: skip
"""What Python's ZIP reader says of broken files, and of packings that it does not know."""


def extract(content: bytes, limits: Limits) -> Extracted:
    """The text of a packed document. Raises `ResumeError`."""
    parts = Parts(content, limits)
    if docx.DOCUMENT in parts:
        return docx.extract(parts)
    if hwpx.is_hwpx(parts):
        return hwpx.extract(parts)
    raise ResumeError("kind")


class Parts:
    """The files inside, unpacked one by one and never more than the limits allow, whatever the ZIP's
    own figures say.
    """

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._limits = limits
        self._left = limits.most_unpacked_bytes
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise ResumeError("damaged") from error
        self.names = self._zip.namelist()
        if len(self.names) > limits.most_parts:
            raise ResumeError("bomb")

    def __contains__(self, name: str) -> bool:
        return name in self.names

    def bytes_of(self, name: str) -> bytes:
        """Raises `ResumeError` (encrypted, bomb, damaged)."""
        if name not in self.names:
            raise ResumeError("damaged")
        info = self._zip.getinfo(name)
        if info.flag_bits & _ENCRYPTED:
            raise ResumeError("encrypted")
        try:
            with self._zip.open(info) as part:
                found = part.read(self._left + 1)
        except _BROKEN as error:
            raise ResumeError("damaged") from error
        self._left -= len(found)
        if self._left < 0:
            raise ResumeError("bomb")
        return found

    def xml(self, name: str) -> Element:
        """Raises `ResumeError`, also (markup)."""
        return parse(self.bytes_of(name), self._limits)
