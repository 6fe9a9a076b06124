"""The entries of a section: lines that belong to one school, one place of work, one project."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from central.resumes.flow import Period, Value
from central.resumes.lines import CELL
from central.resumes.understanding.periods import periods
from central.resumes.understanding.sections import Line
from central.resumes.understanding.words import BULLET, HEADER

_LONGEST_NAME: Final = 60
_PARTS: Final = re.compile(
    r"\t|\s[|/·]\s|\s[-–—]\s|,\s|\s?\((?!주\))\s?|(?<!\(주)\)\s?|\s{2,}|\s@\s|\sat\s"
)
_BESIDE: Final = " \t,;:|/·-–—~[]"
_COMPANY: Final = "(주)"
_LEAST_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """`parts`: the words of its first lines, without dates; `rest`: what follows, line by line."""

    parts: tuple[Value, ...]
    period: Period | None
    rest: tuple[Value, ...]


def entries(lines: Sequence[Line]) -> Iterator[Entry]:
    """Each begins with its period, or with the line before where periods stand below names."""
    said = [line for line in lines if line.text.strip() and not is_header(line.text)]
    dated = [at for at, line in enumerate(said) if _begins(line.text)]
    if not dated:
        yield from _undated(said)
        return
    starts = [at - _named_above(said, at, dated) for at in dated]
    for number, (start, at) in enumerate(zip(starts, dated, strict=True)):
        end = starts[number + 1] if number + 1 < len(starts) else len(said)
        yield _entry(said[start:end], at - start)


def is_header(line: str) -> bool:
    """Whether the line is a table's first row: nothing but names of columns."""
    cells = [cell.replace(" ", "") for cell in line.split(CELL)]
    return len(cells) > 1 and all(HEADER.fullmatch(cell) for cell in cells if cell)


def value(text: str, start: int) -> Value | None:
    """The words without signs around them; None where none are left."""
    kept = text.strip(_BESIDE if _COMPANY in text else f"{_BESIDE}()")
    if not kept:
        return None
    at = start + text.index(kept)
    return Value(kept, at, at + len(kept))


def said_in(line: Line) -> Value | None:
    """A line without its bullet."""
    bullet = BULLET.match(line.text)
    skipped = bullet.end() if bullet else 0
    return value(line.text[skipped:], line.start + skipped)


def parts_of(text: str, start: int) -> Iterator[Value]:
    """The words between separators, without dates."""
    bare = list(text)
    for one in periods(text):
        bare[one.said.start : one.said.end] = "\t" * (one.said.end - one.said.start)
    at = 0
    for cut in (*_PARTS.finditer("".join(bare)), None):
        end = len(bare) if cut is None else cut.start()
        found = (
            value(text[at:end], start + at) if "".join(bare[at:end]).strip(f"{_BESIDE}()") else None
        )
        if found is not None and len(found.text) >= _LEAST_NAME:
            yield found
        at = end if cut is None else cut.end()


def _begins(line: str) -> bool:
    """A period stands in it, and it is no sentence about one."""
    first = next(periods(line), None)
    if first is None or BULLET.match(line):
        return False
    has_range = "\t" in line or first.is_current or first.ends is not None
    return len(line) <= _LONGEST_NAME * 2 and (has_range or len(line) <= _LONGEST_NAME)


def _named_above(lines: Sequence[Line], at: int, dated: Sequence[int]) -> int:
    """1 where the line above a period that stands alone is the name of its entry; else 0."""
    if at == 0 or dated[0] == 0 or at - 1 in dated or next(parts_of(lines[at].text, 0), None):
        return 0
    above = lines[at - 1].text
    return int(len(above) <= _LONGEST_NAME and BULLET.match(above) is None)


def _entry(lines: Sequence[Line], at: int) -> Entry:
    """`at`: the line with the period."""
    head = max(at + 1, 1)
    if head < len(lines) and at == 0 and next(parts_of(lines[0].text, 0), None) is None:
        head += 1  # the period stood alone above the name
    while head < len(lines) and head < at + 3 and _is_name(lines[head].text):
        head += 1
    found = next((one for line in lines[: at + 1] for one in periods(line.text, line.start)), None)
    parts = [part for line in lines[:head] for part in parts_of(line.text, line.start)]
    rest = [said for line in lines[head:] if (said := said_in(line)) is not None]
    return Entry(tuple(parts), found, tuple(rest))


def _is_name(line: str) -> bool:
    """A short line under the first one: a title, a department."""
    return len(line) <= _LONGEST_NAME // 2 and not BULLET.match(line) and "." not in line[-2:]


def _undated(lines: Sequence[Line]) -> Iterator[Entry]:
    """Without dates, a line that is no bullet begins an entry."""
    group: list[Line] = []
    for line in lines:
        if group and BULLET.match(line.text) is None:
            yield _entry(group, 0)
            group = []
        group.append(line)
    if group:
        yield _entry(group, 0)
