"""PDF, by PDFium: characters with their places, of which those that nobody sees are set apart.

Each page is drawn twice, with its text and without: a character that changes nothing is not seen,
however it was hidden.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Final

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from central.errors import ResumeError
from central.resumes.formats.layout import lines_of
from central.resumes.formats.runs import Found
from central.resumes.formats.sight import Drawn, Glyph, Pictures, how_hidden
from central.resumes.limits import Limits
from central.resumes.lines import Extracted, Page

_SCALE: Final = 1.5
_MOST_PIXELS: Final = 2_400
"""Of a page's longer side."""
_DEEPEST: Final = 8
_FINE: Final = 100
"""Steps in a point: PDFium's places on a page are whole numbers."""
_ENCRYPTED: Final = 4
"""FPDF_ERR_PASSWORD."""
_UNMAPPED: Final = "\ufffd"


def extract(content: bytes, limits: Limits) -> Extracted:
    """The text of a PDF. Raises `ResumeError`."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = pdfium.FPDF_GetLastError() == _ENCRYPTED or "password" in str(error).lower()
        raise ResumeError("encrypted" if locked else "damaged") from error
    with document:
        return _Pages(document, limits).extract()


class _Pages:
    def __init__(self, document: pypdfium2.PdfDocument, limits: Limits) -> None:
        self._document = document
        self._left = limits.most_characters
        self._found = Found()
        self._scans = 0
        if len(document) > limits.most_pages:
            raise ResumeError("too_long")

    def extract(self) -> Extracted:
        pages = tuple(Page(tuple(lines_of(seen))) for seen in self._seen())
        notes = ("scan_layer",) if self._scans else ()
        return Extracted("pdf", pages, self._found.hidden(), notes)

    def _seen(self) -> Iterator[list[Glyph]]:
        for number in range(len(self._document)):
            try:
                page = self._document[number]
            except pypdfium2.PdfiumError as error:
                raise ResumeError("damaged") from error
            glyphs = list(self._glyphs(page))
            yield self._sorted(number + 1, glyphs, _pictures(page)) if glyphs else []
            page.close()

    def _sorted(self, number: int, glyphs: list[Glyph], pictures: Pictures) -> list[Glyph]:
        """Those that are seen; the others are noted. A page whose every character is invisible is a
        scan with what a recogniser read in it.
        """
        hows: list[str | None] = []
        for one in glyphs:  # a blank is hidden with the word before it
            blank = hows[-1] if hows and one.text.isspace() else None
            hows.append(blank or how_hidden(one, pictures))
        if all(how == "invisible" for how in hows) and pictures.has_image:
            self._scans += 1
            return glyphs
        for one, how in zip(glyphs, hows, strict=True):
            if how is not None:
                self._found.add(how, one.text, number)
        return [one for one, how in zip(glyphs, hows, strict=True) if how is None]

    def _glyphs(self, page: pypdfium2.PdfPage) -> Iterator[Glyph]:
        text = page.get_textpage()
        places = _Places(page)
        count = text.count_chars()
        self._left -= count
        if self._left < 0:
            raise ResumeError("too_long")
        for at in range(count):
            said = _character(text.raw, at)
            if said:
                yield _glyph(text.raw, at, said, places)
        text.close()


def _character(text: Any, at: int) -> str:
    """What the character means; nothing for what PDFium itself added."""
    if pdfium.FPDFText_IsGenerated(text, at) == 1:
        return ""
    if pdfium.FPDFText_HasUnicodeMapError(text, at) == 1:
        return _UNMAPPED
    code = pdfium.FPDFText_GetUnicode(text, at)
    if code in {0, 10, 13} or 0xDC00 <= code < 0xE000:
        return ""
    if 0xD800 <= code < 0xDC00:
        low = pdfium.FPDFText_GetUnicode(text, at + 1)
        pair = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00)
        return chr(pair) if 0xDC00 <= low < 0xE000 else _UNMAPPED
    return chr(code) if code <= 0x10FFFF else _UNMAPPED


class _Places:
    """Where on the page as it is seen: turned and cropped, from its top left corner."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page.raw
        self.size = page.get_size()
        self._fine = tuple(round(edge * _FINE) for edge in self.size)

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of what has these corners."""
        one, other = self._at(x0, y0), self._at(x1, y1)
        return (
            min(one[0], other[0]), min(one[1], other[1]),
            max(one[0], other[0]), max(one[1], other[1]),
        )  # fmt: skip

    def _at(self, x: float, y: float) -> tuple[float, float]:
        right, down = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(
            self._page, 0, 0, *self._fine, 0, x, y, ctypes.byref(right), ctypes.byref(down)
        )
        return right.value / _FINE, down.value / _FINE


def _glyph(text: Any, at: int, said: str, places: _Places) -> Glyph:
    tight = [ctypes.c_double() for _ in range(4)]
    pdfium.FPDFText_GetCharBox(text, at, *map(ctypes.byref, tight))
    left, right, bottom, top = (one.value for one in tight)
    loose = pdfium.FS_RECTF()
    pdfium.FPDFText_GetLooseCharBox(text, at, loose)
    _, above, _, below = places.box(loose.left, loose.top, loose.right, loose.bottom)
    part = pdfium.FPDFText_GetTextObject(text, at)
    font = pdfium.FPDFTextObj_GetFont(part) if part else None
    return Glyph(
        text=said,
        box=places.box(left, top, right, bottom),
        line=(above, below),
        size_pt=_size_pt(text, at),
        drawn=Drawn(
            mode=pdfium.FPDFTextObj_GetTextRenderMode(part) if part else 0,
            ink=_ink(text, at),
            is_embedded=bool(font) and pdfium.FPDFFont_GetIsEmbedded(font) == 1,
        ),
        page=places.size,
    )


def _size_pt(text: Any, at: int) -> float:
    """As it is seen: the size, through the character's own matrix."""
    size = float(pdfium.FPDFText_GetFontSize(text, at))
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetMatrix(text, at, matrix):
        return size
    return size * float(np.hypot(matrix.c, matrix.d))


def _ink(text: Any, at: int) -> tuple[int, int, int, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFText_GetFillColor(text, at, *map(ctypes.byref, parts)):
        return (0, 0, 0, 255)
    red, green, blue, alpha = (one.value for one in parts)
    return red, green, blue, alpha


def _pictures(page: pypdfium2.PdfPage) -> Pictures:
    """The page as it is, and as it would be without its text."""
    width, height = page.get_size()
    scale = min(_SCALE, _MOST_PIXELS / max(width, height, 1.0))
    whole = _drawn(page, scale)
    has_image = False
    for part in page.get_objects(max_depth=_DEEPEST):
        has_image = has_image or part.type == pdfium.FPDF_PAGEOBJ_IMAGE
        if part.type == pdfium.FPDF_PAGEOBJ_TEXT:
            pdfium.FPDFPageObj_SetIsActive(part, False)
    return Pictures(whole, _drawn(page, scale), scale, has_image)


def _drawn(page: pypdfium2.PdfPage, scale: float) -> NDArray[np.uint8]:
    bitmap = page.render(scale=scale, may_draw_forms=False)
    drawn: NDArray[np.uint8] = bitmap.to_numpy()[:, :, :3].copy()
    bitmap.close()
    return drawn
