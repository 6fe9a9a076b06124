"""Hancom's HWPX: a ZIP of XML (KS X 6101, OWPML)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from central.errors import ResumeError
from central.resumes.formats.markup import Element
from central.resumes.formats.runs import WHITE, Found, Look, colour
from central.resumes.lines import Extracted, Page, row_lines

if TYPE_CHECKING:
    from central.resumes.formats.packed import Parts

_MIMETYPE: Final = "mimetype"
_HWPX: Final = b"application/hwp+zip"
_HEADER: Final = "Contents/header.xml"
_MANIFEST: Final = "META-INF/manifest.xml"
_SECTION: Final = "Contents/section"
_COMMENTS: Final = frozenset({"hiddenComment", "memo", "memogroup"})
_BREAKS: Final = {"tab": "\t", "lineBreak": "\n", "nbSpace": " ", "fwSpace": " ", "hyphen": "-"}
_HUNDREDTHS: Final = 100


def is_hwpx(parts: Parts) -> bool:
    """Whether the packed file says so itself."""
    return _MIMETYPE in parts and parts.bytes_of(_MIMETYPE).strip() == _HWPX


def extract(parts: Parts) -> Extracted:
    """All sections. Raises `ResumeError`."""
    if _MANIFEST in parts and next(parts.xml(_MANIFEST).each("encryption-data"), None) is not None:
        raise ResumeError("encrypted")
    names = [name for name in parts.names if name.startswith(_SECTION) and name.endswith(".xml")]
    if not names:
        raise ResumeError("damaged")
    reader = _Reader(_looks(parts))
    lines: list[str] = []
    for name in sorted(names, key=_number):
        lines.extend(reader.blocks(parts.xml(name), WHITE))
    return Extracted("hwpx", (Page(tuple(lines)),), reader.found.hidden())


def _number(name: str) -> int:
    digits = name.removeprefix(_SECTION).removesuffix(".xml")
    return int(digits) if digits.isdecimal() else 0


def _looks(parts: Parts) -> dict[str, Look]:
    """Look of each `charPr`, by its id."""
    if _HEADER not in parts:
        return {}
    return {one.attributes.get("id", ""): _look(one) for one in parts.xml(_HEADER).each("charPr")}


def _look(shape: Element) -> Look:
    height = shape.attributes.get("height", "")
    return Look(
        size_pt=int(height) / _HUNDREDTHS if height.isdecimal() else 10.0,
        ink=colour(shape.attributes.get("textColor")),
        paper=colour(shape.attributes.get("shadeColor")) or WHITE,
    )


class _Reader:
    def __init__(self, looks: dict[str, Look]) -> None:
        self._looks = looks
        self.found = Found()

    def blocks(self, parent: Element, paper: tuple[int, int, int]) -> list[str]:
        """Paragraphs, whatever lies around them."""
        lines: list[str] = []
        for one in parent.elements():
            if one.name == "p":
                lines.extend(self._paragraph(one, paper))
            elif one.name in _COMMENTS:
                self.found.add("comment", _all_text(one))
            else:
                lines.extend(self.blocks(one, paper))
        return lines

    def _paragraph(self, paragraph: Element, paper: tuple[int, int, int]) -> list[str]:
        seen: list[str] = []
        around: list[str] = []
        for run in paragraph.elements():
            if run.name != "run":
                continue
            look = self._looks.get(run.attributes.get("charPrIDRef", ""), Look())
            for one in run.elements():
                if one.name == "t":
                    self._say(_said(one), look, seen)
                elif one.name == "tbl":
                    around.extend(self._table(one, paper))
                else:
                    around.extend(self.blocks(one, paper))
        lines = [line for line in "".join(seen).split("\n") if line.strip()]
        return [*lines, *around]

    def _say(self, text: str, look: Look, seen: list[str]) -> None:
        how = look.hides()
        if how is None:
            seen.append(text)
        else:
            self.found.add(how, text)

    def _table(self, table: Element, paper: tuple[int, int, int]) -> list[str]:
        lines: list[str] = []
        for row in table.each("tr"):
            lines.extend(row_lines([self.blocks(cell, paper) for cell in row.each("tc")]))
        return lines


def _said(text: Element) -> str:
    return "".join(
        one if isinstance(one, str) else _BREAKS.get(one.name, "") for one in text.children
    )


def _all_text(parent: Element) -> str:
    return " ".join(_said(one) for one in parent.each("t"))
