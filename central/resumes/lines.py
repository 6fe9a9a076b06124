"""What every format becomes: lines in reading order, cells of a table's row apart by tabs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from central.resumes.flow import Format, Hidden

CELL = "\t"
_LAID_OUT = 2
"""Paragraphs in a cell: with more, the table is there for the layout, and its cells are read in turn."""


@dataclass(frozen=True, slots=True)
class Page:
    """Its lines from top to bottom; of a format without pages, all of them."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file that a person sees, and what they do not."""

    format: Format
    pages: tuple[Page, ...]
    hidden: tuple[Hidden, ...] = ()
    notes: tuple[str, ...] = ()


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """The lines of a table's row, given the lines of each cell."""
    if any(len(lines) > _LAID_OUT for lines in cells):
        return [line for lines in cells for line in lines]
    said = [" ".join(lines) for lines in cells]
    line = CELL.join(said).strip(CELL)
    return [line] if line.strip() else []
