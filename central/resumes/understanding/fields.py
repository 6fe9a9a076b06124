"""The fields of each kind of section, by rules over entries."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from central.resumes.flow import (
    Dated,
    Education,
    Experience,
    Levelled,
    Project,
    Section,
    Structured,
    Value,
)
from central.resumes.lines import CELL
from central.resumes.understanding import words
from central.resumes.understanding.entries import (
    Entry,
    entries,
    is_header,
    parts_of,
    said_in,
    value,
)
from central.resumes.understanding.periods import periods
from central.resumes.understanding.sections import Line, lines_in

_MOST: Final = 200
"""Fields of one kind."""
_LISTED: Final = re.compile(r"[,;/|·•∙\t]|\s{2,}")
_LABEL: Final = re.compile(r"^([^:,\t]{1,24}):\s*")
_LONGEST_SKILL: Final = 40
_INSIDE: Final = re.compile(r"\([^)]*\)?")


def structured(text: str, sections: Sequence[Section]) -> Structured:
    """All fields; every value is a part of `text`."""
    by_kind: dict[str, list[Line]] = {}
    for one in sections:
        lines = by_kind.setdefault(one.kind, [])
        own = lines_in(text[one.start : one.end], one.start)
        lines.extend(line for line in own if line.text.strip())
    found = {kind: list(entries(lines)) for kind, lines in by_kind.items()}
    return Structured(
        education=tuple(map(_education, _useful(found.get("education", ()))))[:_MOST],
        experience=tuple(map(_experience, _useful(found.get("experience", ()))))[:_MOST],
        projects=tuple(map(_project, _useful(found.get("projects", ()))))[:_MOST],
        skills=tuple(_skills(by_kind.get("skills", ())))[:_MOST],
        certificates=tuple(_certificates(by_kind.get("certificates", ())))[:_MOST],
        languages=tuple(_languages(by_kind.get("languages", ())))[:_MOST],
    )


def _useful(found: Sequence[Entry]) -> Iterator[Entry]:
    return (one for one in found if one.parts)


def _education(entry: Entry) -> Education:
    parts = list(entry.parts)
    school = _take(parts, words.SCHOOL.search)
    degree = _within(parts, school, words.DEGREE)
    major = _take(parts, words.MAJOR.search)
    return Education(school, degree, major, entry.period)


def _experience(entry: Entry) -> Experience:
    parts = list(entry.parts)
    organisation = _take(parts, words.COMPANY.search)
    title = _take(parts, words.TITLE.search)
    if organisation is None and parts:
        organisation = parts.pop(0)
    if organisation is None and title is not None:
        organisation, title = _apart(title)
    return Experience(organisation, title, entry.period, (*parts, *entry.rest)[:_MOST])


def _apart(both: Value) -> tuple[Value | None, Value]:
    """In "네이버 백엔드 개발자" are a place and a title: its first word, and the others."""
    place, found, rest = both.text.partition(" ")
    if not found or words.TITLE.search(place) or not words.HANGUL.search(rest):
        return None, both
    title_at = both.start + len(place) + 1
    return Value(place, both.start, both.start + len(place)), Value(rest, title_at, both.end)


def _project(entry: Entry) -> Project:
    name, *others = entry.parts
    return Project(name, entry.period, (*others, *entry.rest)[:_MOST])


def _skills(lines: Sequence[Line]) -> Iterator[Value]:
    """Words between commas; a label before them ("언어:") is none."""
    seen: set[str] = set()
    for line in lines:
        said = said_in(line)
        if said is None or is_header(line.text):
            continue
        label = _LABEL.match(said.text)
        begin = label.end() if label else _first_cell(said.text)
        for one in _listed(said.text[begin:], said.start + begin):
            key = one.text.casefold()
            if len(one.text) <= _LONGEST_SKILL and key not in seen:
                seen.add(key)
                yield one


def _first_cell(text: str) -> int:
    """In a row of a table the first cell is a label."""
    cell, found, _ = text.partition(CELL)
    return len(cell) + 1 if found and "," not in cell else 0


def _listed(text: str, start: int) -> Iterator[Value]:
    """What stands between separators; those in brackets part nothing."""
    whole = _INSIDE.sub(lambda inside: "x" * len(inside[0]), text)
    at = 0
    for cut in (*_LISTED.finditer(whole), None):
        end = len(text) if cut is None else cut.start()
        kept = text[at:end].strip(" -–•·")
        if kept:
            begin = start + at + text[at:end].index(kept)
            yield Value(kept, begin, begin + len(kept))
        at = end if cut is None else cut.end()


def _certificates(lines: Sequence[Line]) -> Iterator[Dated]:
    for line in lines:
        said = None if is_header(line.text) else said_in(line)
        name = None if said is None else next(parts_of(said.text, said.start), None)
        if said is not None and name is not None:
            date = next(periods(said.text, said.start), None)
            yield Dated(name, None if date is None else date.said)


def _languages(lines: Sequence[Line]) -> Iterator[Levelled]:
    for line in lines:
        if is_header(line.text):
            continue
        found = list(words.LANGUAGE.finditer(line.text))
        for number, one in enumerate(found):
            end = found[number + 1].start() if number + 1 < len(found) else len(line.text)
            date = next(periods(line.text[one.end() : end]), None)
            end = end if date is None else one.end() + date.said.start
            level = value(line.text[one.end() : end], line.start + one.end())
            name = Value(one[0], line.start + one.start(), line.start + one.end())
            yield Levelled(name, level)


def _take(parts: list[Value], fits: Callable[[str], object]) -> Value | None:
    """The first part that fits, taken out."""
    for one in parts:
        if fits(one.text):
            parts.remove(one)
            return one
    return None


def _within(parts: list[Value], school: Value | None, known: re.Pattern[str]) -> Value | None:
    """The words of a degree: a part of their own, else inside another, else after the school's name."""
    for one in parts:
        found = known.search(one.text)
        if found is not None:
            if found[0] == one.text:
                parts.remove(one)
            return Value(found[0], one.start + found.start(), one.start + found.end())
    found = None if school is None else known.search(school.text)
    if found is None or school is None:
        return None
    return Value(found[0], school.start + found.start(), school.start + found.end())
