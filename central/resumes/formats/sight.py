"""Whether anybody sees a character of a PDF. Pure: it is given, and its page with and without text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from central.resumes.formats.runs import SMALLEST_PT, is_near

_NO_INK: Final = frozenset({3, 7})
_FILLS: Final = frozenset({0, 4})
"""Render modes that fill and do nothing else."""
_FAINT: Final = 20
"""Of 255: less opaque is nothing."""
_FAINTEST: Final = 12
"""A smaller change of the page, of 255, is none to the eye."""
_MARGIN: Final = 1


@dataclass(frozen=True, slots=True)
class Drawn:
    """How a character is drawn. `mode`: a PDF's text render mode; `ink`: red, green, blue, opacity."""

    mode: int
    ink: tuple[int, int, int, int]
    is_embedded: bool
    """Whether its font is in the file. Of another one, this machine may draw nothing."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """A character on a page, in points from its top left corner: x0, y0, x1, y1. `line`: top and bottom
    of the line that it is set in.
    """

    text: str
    box: tuple[float, float, float, float]
    line: tuple[float, float]
    size_pt: float
    drawn: Drawn
    page: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Pictures:
    """A page as it is and without its text: blue, green, red."""

    whole: NDArray[np.uint8]
    bare: NDArray[np.uint8]
    scale: float
    has_image: bool


def how_hidden(glyph: Glyph, pictures: Pictures) -> str | None:
    """A key of `findings.HOW`; None: it is seen. Blanks are seen."""
    if glyph.text.isspace():
        return None
    drawn = glyph.drawn
    if drawn.mode in _NO_INK or (drawn.mode in _FILLS and drawn.ink[3] < _FAINT):
        return "invisible"
    if glyph.size_pt < SMALLEST_PT:
        return "tiny"
    return "outside" if _is_outside(glyph) else _without_trace(glyph, pictures)


def _without_trace(glyph: Glyph, pictures: Pictures) -> str | None:
    """How it is hidden where it is, though it is drawn."""
    drawn = glyph.drawn
    whole, bare = (
        _cut(picture, glyph, pictures.scale) for picture in (pictures.whole, pictures.bare)
    )
    if bare.size and drawn.mode in _FILLS:
        blue, green, red = (int(np.median(bare[:, :, channel])) for channel in range(3))
        if is_near(drawn.ink[:3], (red, green, blue)):
            return "background"
    if drawn.is_embedded and not _changes(whole, bare):
        return "covered"
    return None


def _is_outside(glyph: Glyph) -> bool:
    """By its middle."""
    x, y = (glyph.box[0] + glyph.box[2]) / 2, (glyph.box[1] + glyph.box[3]) / 2
    return not (0 <= x <= glyph.page[0] and 0 <= y <= glyph.page[1])


def _changes(whole: NDArray[np.uint8], bare: NDArray[np.uint8]) -> bool:
    if whole.size == 0:
        return False
    return int(np.abs(whole.astype(np.int16) - bare).max()) >= _FAINTEST


def _cut(picture: NDArray[np.uint8], glyph: Glyph, scale: float) -> NDArray[np.uint8]:
    rows, columns = picture.shape[:2]
    x0, y0, x1, y1 = (round(edge * scale) for edge in glyph.box)
    left, top = max(0, x0 - _MARGIN), max(0, y0 - _MARGIN)
    return picture[top : min(rows, y1 + _MARGIN + 1), left : min(columns, x1 + _MARGIN + 1)]
