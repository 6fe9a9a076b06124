"""One format a file: the bytes of a file become `lines.Extracted`. Runs inside the confined process.

Each raises `ResumeError` for a file that is not as its format says, and is free to fail in any other
way: the process ends, and the file is refused.
"""

from __future__ import annotations

from typing import Final

from central.errors import ResumeError
from central.resumes.limits import Limits
from central.resumes.lines import Extracted

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PDF: Final = b"%PDF-"
_HEAD: Final = 1_024
"""A PDF may begin so late."""


def extract(content: bytes, limits: Limits) -> Extracted:
    """The text of a file, by its first bytes, whatever its name says. Raises `ResumeError`."""
    if content.startswith(_ZIP):
        from central.resumes.formats import packed

        return packed.extract(content, limits)
    if content.startswith(_OLE):
        from central.resumes.formats import hwp

        return hwp.extract(content, limits)
    if _PDF in content[:_HEAD]:
        from central.resumes.formats import pdf

        return pdf.extract(content, limits)
    raise ResumeError("kind")


def load() -> None:
    """Loads every parser: what is not loaded before the process is confined may never be."""
    from central.resumes.formats import docx, hwp, hwpx, packed, pdf  # noqa: F401
