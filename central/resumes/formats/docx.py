"""Word's DOCX: paragraphs, tables, text boxes, headers and footers, and runs that nobody sees."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from central.resumes.formats.markup import Element
from central.resumes.formats.runs import WHITE, Found, Look, colour
from central.resumes.lines import Extracted, Page, row_lines

if TYPE_CHECKING:
    from central.resumes.formats.packed import Parts

DOCUMENT: Final = "word/document.xml"
_STYLES: Final = "word/styles.xml"
_OFF: Final = frozenset({"0", "false", "off", "none"})
_DEEPEST_STYLE: Final = 12
_BREAKS: Final = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SKIPPED: Final = frozenset({"Fallback", "instrText", "delText", "del", "moveFrom"})
"""What is there twice, computed, or deleted."""


def extract(parts: Parts) -> Extracted:
    """The document, its headers before it and its footers after it."""
    reader = _Reader(_styles(parts))
    lines: list[str] = []
    for name in (*_named(parts, "header"), DOCUMENT, *_named(parts, "footer")):
        lines.extend(reader.lines(parts.xml(name)))
    return Extracted("docx", (Page(tuple(lines)),), reader.found.hidden())


def _named(parts: Parts, what: str) -> list[str]:
    return sorted(
        name for name in parts.names if name.startswith(f"word/{what}") and name.endswith(".xml")
    )


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    run: Element | None


def _styles(parts: Parts) -> dict[str, _Style]:
    if _STYLES not in parts:
        return {}
    return {
        style.attributes.get("styleId", ""): _Style(style.value("basedOn"), style.child("rPr"))
        for style in parts.xml(_STYLES).each("style")
    }


class _Reader:
    def __init__(self, styles: dict[str, _Style]) -> None:
        self._styles = styles
        self.found = Found()

    def lines(self, part: Element) -> list[str]:
        body = part.child("body")
        return self._blocks(part if body is None else body, Look())

    def _blocks(self, parent: Element, look: Look) -> list[str]:
        """Paragraphs and tables, whatever lies around them."""
        lines: list[str] = []
        for one in parent.elements():
            match one.name:
                case "p":
                    lines.extend(self._paragraph(one, look))
                case "tbl":
                    lines.extend(self._table(one, look))
                case name if name not in _SKIPPED:
                    lines.extend(self._blocks(one, look))
        return lines

    def _table(self, table: Element, look: Look) -> list[str]:
        lines: list[str] = []
        for row in table.each("tr"):
            cells = [self._blocks(cell, _on(look, cell.child("tcPr"))) for cell in row.each("tc")]
            lines.extend(row_lines(cells))
        return lines

    def _paragraph(self, paragraph: Element, look: Look) -> list[str]:
        own = paragraph.child("pPr")
        if own is not None:
            look = self._styled(_on(look, own), own.value("pStyle"))
        seen: list[str] = []
        boxes: list[str] = []
        for run, of_run in self._runs(paragraph, look):
            how = of_run.hides()
            said = "".join(self._said(run, boxes))
            if how is None:
                seen.append(said)
            else:
                self.found.add(how, said)
        lines = [line for line in "".join(seen).split("\n") if line.strip()]
        return [*lines, *boxes]

    def _runs(self, parent: Element, look: Look) -> Iterator[tuple[Element, Look]]:
        for one in parent.elements():
            if one.name == "r":
                own = one.child("rPr")
                styled = look if own is None else self._styled(look, own.value("rStyle"))
                yield one, styled if own is None else _looks(_on(styled, own), own)
            elif one.name not in _SKIPPED and not one.name.endswith("Pr"):
                yield from self._runs(one, look)

    def _said(self, run: Element, boxes: list[str]) -> Iterator[str]:
        """The run's text; the lines of text boxes in it go into `boxes`."""
        for one in run.elements():
            if one.name == "t":
                yield "".join(text for text in one.children if isinstance(text, str))
            elif one.name in _BREAKS:
                yield _BREAKS[one.name]
            elif one.name not in _SKIPPED and one.name != "rPr":
                for box in _boxes(one):
                    boxes.extend(self._blocks(box, Look()))

    def _styled(self, look: Look, style: str | None) -> Look:
        chain: list[Element] = []
        for _ in range(_DEEPEST_STYLE):
            known = self._styles.get(style or "")
            if known is None:
                break
            if known.run is not None:
                chain.append(known.run)
            style = known.based_on
        for run in reversed(chain):
            look = _looks(look, run)
        return look


def _boxes(parent: Element) -> Iterator[Element]:
    """Text boxes; of one that is there twice, for new and old programs, the new one."""
    if parent.name == "txbxContent":
        yield parent
    elif parent.name not in _SKIPPED:
        for one in parent.elements():
            yield from _boxes(one)


def _looks(look: Look, run: Element) -> Look:
    """The look with what a run's properties change."""
    mark = run.child("vanish")
    if mark is not None:
        look = replace(look, is_hidden=mark.attributes.get("val", "1") not in _OFF)
    half_points = run.value("sz")
    if half_points is not None and half_points.isdecimal():
        look = replace(look, size_pt=int(half_points) / 2)
    ink = run.value("color")
    return look if ink is None else replace(look, ink=colour(ink))


def _on(look: Look, properties: Element | None) -> Look:
    """On another paper, where the properties shade it."""
    fill = None if properties is None else properties.value("shd", "fill")
    if fill is None:
        return look
    return replace(look, paper=colour(fill) or WHITE)
