"""Characters with places become lines in reading order. Pure.

Characters become rows, rows become cells where a gap is wide, and two columns are told from a table: a
column has headings of its own, or lines that do not stand beside the other's.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from central.resumes.formats.sight import Glyph
from central.resumes.lines import CELL
from central.resumes.understanding.headings import kind_of

_SPACE: Final = 0.22
_CELL: Final = 1.6
"""Of a character's size: a wider gap is a space, or parts two cells."""
_SAME_ROW: Final = 0.5
"""Of the lower height."""
_LEAST_ROWS: Final = 4
_CROSSING: Final = 0.2
"""Of the rows on both sides: more that cross it, and it is no gutter."""
_BESIDE: Final = 0.5
"""Of the shorter side's lines: more that stand beside one of the other side, and it is a table."""
_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """Words on one row without a wide gap."""

    x0: float
    x1: float
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """Cells from left to right."""

    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        return CELL.join(cell.text for cell in self.cells)


def lines_of(glyphs: Sequence[Glyph]) -> list[str]:
    """The lines of a page."""
    rows = [row for row in map(_row, _rows(glyphs)) if row.cells]
    return [row.text for row in _ordered(rows, _COLUMNS)]


def _rows(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """From top to bottom: a character belongs to the row that it overlaps by half its height."""
    rows: list[list[Glyph]] = []
    top = bottom = 0.0
    for one in sorted(glyphs, key=lambda one: (one.line[0] + one.line[1], one.box[0])):
        begin, end = one.line
        overlap = min(bottom, end) - max(top, begin)
        if rows and overlap > _SAME_ROW * max(min(bottom - top, end - begin), 0.1):
            rows[-1].append(one)
        else:
            rows.append([one])
            top, bottom = begin, end
    return rows


def _row(glyphs: list[Glyph]) -> Row:
    cells: list[Cell] = []
    letters: list[str] = []
    x0 = x1 = 0.0
    for one in sorted(glyphs, key=lambda one: one.box[0]):
        gap = (one.box[0] - x1) / max(one.size_pt, 1.0)
        if one.text.isspace():
            continue
        if letters and gap > _CELL:
            cells.append(Cell(x0, x1, "".join(letters)))
            letters = []
        elif letters and gap > _SPACE:
            letters.append(" ")
        x0 = one.box[0] if not letters else x0
        letters.append(one.text)
        x1 = max(x1, one.box[2]) if len(letters) > 1 else one.box[2]
    if letters:
        cells.append(Cell(x0, x1, "".join(letters)))
    return Row(tuple(cells))


def _ordered(rows: Sequence[Row], columns: int) -> Iterator[Row]:
    """Rows as they are read: columns one after the other, all that crosses them where it stands."""
    gutter = _gutter(rows) if columns > 1 else None
    if gutter is None:
        yield from rows
        return
    for run in _runs(rows, gutter):
        sides = [_side(run, gutter, left=True), _side(run, gutter, left=False)]
        if all(len(side) >= _LEAST_ROWS for side in sides) and _are_columns(run, sides, gutter):
            for side in sides:
                yield from _ordered(side, columns - 1)
        else:
            yield from run


def _gutter(rows: Sequence[Row]) -> float | None:
    """Where the page is parted with the fewest rows across; None: nowhere."""
    edges = sorted(
        {(one.x1 + other.x0) / 2 for row in rows for one, other in _neighbours(row)}
        | {cell.x0 - 1 for row in rows for cell in row.cells}
    )
    best: tuple[float, float] | None = None
    for x in edges:
        left = sum(any(cell.x1 <= x for cell in row.cells) for row in rows)
        right = sum(any(cell.x0 >= x for cell in row.cells) for row in rows)
        across = sum(_crosses(row, x) for row in rows)
        least = min(left, right)
        if least < _LEAST_ROWS or across > _CROSSING * (left + right):
            continue
        worth = least - 2 * across
        if best is None or worth > best[0]:
            best = worth, x
    return None if best is None else best[1]


def _neighbours(row: Row) -> Iterator[tuple[Cell, Cell]]:
    return zip(row.cells, row.cells[1:], strict=False)


def _crosses(row: Row, x: float) -> bool:
    return any(cell.x0 < x < cell.x1 for cell in row.cells)


def _runs(rows: Sequence[Row], gutter: float) -> Iterator[list[Row]]:
    """Rows that cross the gutter, and rows between them that do not."""
    run: list[Row] = []
    for row in rows:
        if _crosses(row, gutter):
            if run:
                yield run
            yield [row]
            run = []
        else:
            run.append(row)
    if run:
        yield run


def _side(rows: Sequence[Row], gutter: float, *, left: bool) -> list[Row]:
    picked = (tuple(c for c in row.cells if (c.x1 <= gutter) == left) for row in rows)
    return [Row(cells) for cells in picked if cells]


def _are_columns(run: Sequence[Row], sides: Sequence[Sequence[Row]], gutter: float) -> bool:
    headed = [any(_is_heading(row) for row in side) for side in sides]
    if all(headed):
        return True
    both = sum(
        any(c.x1 <= gutter for c in row.cells) and any(c.x0 >= gutter for c in row.cells)
        for row in run
    )
    beside = both / min(map(len, sides))
    return beside < _BESIDE and _is_even(sides)


def _is_heading(row: Row) -> bool:
    return len(row.cells) == 1 and kind_of(row.text) is not None


def _is_even(sides: Sequence[Sequence[Row]]) -> bool:
    """Whether each side is text, and not dates that stand at the margin."""
    return all(statistics.median(len(row.text) for row in side) >= _LEAST_ROWS for side in sides)
