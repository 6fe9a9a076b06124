"""The sections of a résumé: a heading, and all lines until the next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, cast

from central.resumes.flow import Kind, Section, Value
from central.resumes.lines import CELL
from central.resumes.understanding.headings import PERSONAL, kind_of

_INLINE: Final = frozenset({"skills", "certificates", "languages", "education", "awards"})
"""Sections that may stand in one line after their heading: "기술: Python, Go"."""
_WITHIN: Final = {
    "skills": frozenset({"languages", "skills"}),
    "certificates": frozenset({"languages"}),
}
"""Labels inside a section that look like the headings of others: "언어: Python" under 기술."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, from `start` on."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def lines_in(text: str, start: int = 0) -> Iterator[Line]:
    """Its lines; `start` is where `text` begins in the whole."""
    for one in text.split("\n"):
        yield Line(one, start)
        start += len(one) + 1


def split(lines: Sequence[Line]) -> tuple[tuple[Section, ...], tuple[Section, ...]]:
    """(sections, parts about who somebody is), each in order. Together they are all of the text."""
    parts: list[Section] = []
    kind, heading, start = "head", None, 0
    for line in lines:
        found = _heading(line, kind)
        if found is not None:
            parts.append(_part(kind, heading, start, line.start))
            kind, heading = found
            start = heading.end
    parts.append(_part(kind, heading, start, lines[-1].end if lines else 0))
    filled = [one for one in parts if one.end > one.start]
    sections = tuple(one for one in filled if one.kind != "head")
    return sections, tuple(one for one in filled if one.kind == "head")


def _part(kind: str, heading: Value | None, start: int, end: int) -> Section:
    """Personal sections are as what stands before the first heading."""
    return Section(cast("Kind", "head" if kind == PERSONAL else kind), heading, start, end)


def _heading(line: Line, within: str) -> tuple[str, Value] | None:
    """The kind of section that the line begins, and its heading."""
    whole = kind_of(line.text)
    if whole is not None and CELL not in line.text:
        return whole, Value(line.text, line.start, line.end)
    for mark in (CELL, ":"):
        label, found, rest = line.text.partition(mark)
        kind = kind_of(label) if found and rest.strip() else None
        if kind is None or kind == within or kind in _WITHIN.get(within, ()):
            continue
        if mark == CELL or (kind in _INLINE and within not in {"experience", "projects"}):
            return kind, Value(label, line.start, line.start + len(label))
    return None
