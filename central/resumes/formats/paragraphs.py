"""The paragraphs of an HWP 5 section: its records are a tree, told by their levels."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from central.resumes.formats.runs import Found, Look
from central.resumes.lines import row_lines

_BEGIN: Final = 0x10
PARA_HEADER, PARA_TEXT, PARA_SHAPES = _BEGIN + 50, _BEGIN + 51, _BEGIN + 52
CTRL_HEADER, LIST_HEADER, TABLE = _BEGIN + 55, _BEGIN + 56, _BEGIN + 61
_HIDDEN_COMMENT: Final = b"tcmt"
_SINGLE: Final = frozenset({0, 10, 13, *range(24, 32)})
"""Control characters of one unit; the others take eight."""
_SAID: Final = {10: "\n", 24: "-", 30: " ", 31: " "}
_TAB: Final = 9
_CELL_ROW_AT: Final = 10
"""In a cell's list header, after eight bytes of every list: column, row."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a stream."""

    tag: int
    level: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Shape:
    """A character shape of the document."""

    look: Look

    @classmethod
    def of(cls, data: bytes) -> Shape:
        """Of its record: size in hundredths of a point, colours as 0x00BBGGRR."""
        size, _, _, _, ink, _, shade = struct.unpack_from("<iIBBIII", data, 42)
        seen_on = (255, 255, 255) if shade & 0xFF00_0000 else _rgb(shade)
        return cls(Look(size_pt=size / 100, ink=_rgb(ink), paper=seen_on))


def lines_of(records: Sequence[Record], shapes: Sequence[Shape], found: Found) -> list[str]:
    """The section's lines; what nobody sees goes into `found`."""
    return _Walk(shapes, found).paragraphs(records)


class _Walk:
    def __init__(self, shapes: Sequence[Shape], found: Found) -> None:
        self._shapes = shapes
        self._found = found

    def paragraphs(self, records: Sequence[Record]) -> list[str]:
        lines: list[str] = []
        for paragraph in _groups(records, PARA_HEADER):
            lines.extend(self._paragraph(paragraph[1:]))
        return lines

    def _paragraph(self, records: Sequence[Record]) -> list[str]:
        own = {one.tag: one.data for one in records if one.level == records[0].level}
        text, spans = own.get(PARA_TEXT, b""), own.get(PARA_SHAPES, b"")
        lines = [line for line in self._text(text, spans).split("\n") if line.strip()]
        for control in _groups(records, CTRL_HEADER):
            lines.extend(self._control(control))
        return lines

    def _control(self, records: Sequence[Record]) -> list[str]:
        """What a control holds: a table, a box, a header; a hidden comment is no text."""
        inside = records[1:]
        if records[0].data[:4][::-1] == _HIDDEN_COMMENT:
            self._found.add("comment", "\n".join(self.paragraphs(inside)))
            return []
        if not any(one.tag == TABLE for one in inside):
            return self.paragraphs(inside)
        rows: dict[int, list[list[str]]] = {}
        for cell in _lists(inside):
            (row,) = struct.unpack_from("<H", cell[0].data, _CELL_ROW_AT)
            rows.setdefault(row, []).append(self.paragraphs(cell[1:]))
        return [line for row in sorted(rows) for line in row_lines(rows[row])]

    def _text(self, data: bytes, spans: bytes) -> str:
        """The paragraph's text that is seen."""
        seen: list[str] = []
        for at, said in _units(data):
            how = self._look(at, spans).hides()
            if how is None:
                seen.append(said)
            else:
                self._found.add(how, said)
        return "".join(seen).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _look(self, at: int, spans: bytes) -> Look:
        number = None
        for begin, shape in struct.iter_unpack("<II", spans[: len(spans) // 8 * 8]):
            if begin > at:
                break
            number = shape
        known = number is not None and number < len(self._shapes)
        return self._shapes[number].look if known and number is not None else Look()


def _units(data: bytes) -> Iterator[tuple[int, str]]:
    """UTF-16 units that are text, with their place; controls become breaks, tabs, or nothing."""
    units = struct.unpack(f"<{len(data) // 2}H", data[: len(data) // 2 * 2])
    at = 0
    while at < len(units):
        unit = units[at]
        if unit >= 32:
            yield at, chr(unit)
            at += 1
        elif unit in _SINGLE:
            if unit in _SAID:
                yield at, _SAID[unit]
            at += 1
        else:
            if unit == _TAB:
                yield at, "\t"
            at += 8


def _groups(records: Sequence[Record], tag: int) -> Iterator[Sequence[Record]]:
    """Each outermost record of this tag with all that lies deeper."""
    at = 0
    while at < len(records):
        end = at + 1
        if records[at].tag == tag:
            while end < len(records) and records[end].level > records[at].level:
                end += 1
            yield records[at:end]
        at = end


def _lists(records: Sequence[Record]) -> Iterator[Sequence[Record]]:
    """Each list header with the paragraphs after it: they stand beside it, not under it."""
    level = min((one.level for one in records), default=0)
    starts = [at for at, one in enumerate(records) if (one.tag, one.level) == (LIST_HEADER, level)]
    for at, end in zip(starts, [*starts[1:], len(records)], strict=True):
        yield records[at:end]


def _rgb(value: int) -> tuple[int, int, int]:
    return value & 0xFF, value >> 8 & 0xFF, value >> 16 & 0xFF
