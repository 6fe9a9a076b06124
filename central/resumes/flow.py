"""What is known of a résumé once it was read. As JSON it travels from the process that read it and lies
in PostgreSQL; every place in it is a range of characters of `Reading.text`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal, TypeAlias

import msgspec

RULES: Final = "1"
"""Changes with what is understood of the same file; stored with every reading."""

Format: TypeAlias = Literal["pdf", "docx", "hwp", "hwpx"]
Kind: TypeAlias = Literal[
    "head", "summary", "education", "experience", "projects", "skills", "certificates",
    "languages", "awards", "activities", "other",
]  # fmt: skip
FOR_MODELS: Final[frozenset[Kind]] = frozenset(
    {"summary", "education", "experience", "projects", "skills", "certificates", "languages",
     "awards", "activities"}
)  # fmt: skip
"""Sections that questions may be made of. What stands before the first heading, and under headings that
nobody knows, is who somebody is rather than what they can do.
"""


class Value(msgspec.Struct, frozen=True):
    """Words of the résumé: exactly `Reading.text[start:end]`."""

    text: str
    start: int
    end: int


class Period(msgspec.Struct, frozen=True):
    """When. `begins` and `ends` as "2019-03" or "2019"; `ends` None: it goes on, or was not said."""

    said: Value
    begins: str | None
    ends: str | None
    is_current: bool


class Education(msgspec.Struct, frozen=True):
    """A school."""

    school: Value | None
    degree: Value | None
    major: Value | None
    period: Period | None


class Experience(msgspec.Struct, frozen=True):
    """A place of work."""

    organisation: Value | None
    title: Value | None
    period: Period | None
    did: tuple[Value, ...]


class Project(msgspec.Struct, frozen=True):
    """Something that was made."""

    name: Value | None
    period: Period | None
    did: tuple[Value, ...]


class Dated(msgspec.Struct, frozen=True):
    """A certificate, with the day it was given, as written."""

    name: Value
    date: Value | None


class Levelled(msgspec.Struct, frozen=True):
    """A language, with a test and its result, or a word for how well, as written."""

    name: Value
    level: Value | None


class Structured(msgspec.Struct, frozen=True):
    """The fields. Empty where the résumé has none, or none that was recognised."""

    education: tuple[Education, ...] = ()
    experience: tuple[Experience, ...] = ()
    projects: tuple[Project, ...] = ()
    skills: tuple[Value, ...] = ()
    certificates: tuple[Dated, ...] = ()
    languages: tuple[Levelled, ...] = ()

    def values(self) -> Iterator[Value]:
        """Every value in it, however deep."""
        yield from _values(self)


class Section(msgspec.Struct, frozen=True):
    """A part of the text under one heading; `heading` None: before the first one."""

    kind: Kind
    heading: Value | None
    start: int
    end: int


class Hidden(msgspec.Struct, frozen=True):
    """Text that a person who looks at the file does not see. It is in no section and no field. `how`:
    a key of `findings.HOW`; `page` from 1, None where the format has none; `excerpt`: how it begins.
    """

    how: str
    page: int | None
    characters: int
    excerpt: str


class Reading(msgspec.Struct, frozen=True, tag="read"):
    """A résumé that was read. In `text`, what nobody may know before an interview is blanked:
    `stripped` says how often, by kind (a key of `protected.KINDS`).
    """

    format: Format
    pages: int
    text: str
    sections: tuple[Section, ...]
    structured: Structured
    hidden: tuple[Hidden, ...]
    stripped: dict[str, int]
    notes: tuple[str, ...] = ()
    """Keys of `findings.NOTES`: what a person should know of how it was read."""
    confined_by: tuple[str, ...] = ()
    rules: str = RULES


class Unreadable(msgspec.Struct, frozen=True, tag="unreadable"):
    """Why a file was refused: a key of `findings.REFUSED`."""

    code: str


def problem_of(reading: Reading) -> str | None:
    """What is wrong with the places in a reading; None: every value is where it says it is.

    The process that read the file is not believed: whatever the file made of it, no field can hold
    words that are not in the text.
    """
    end = len(reading.text)
    for one in reading.sections:
        if not 0 <= one.start <= one.end <= end:
            return f"section {one.kind} is outside the text"
    headings = (one.heading for one in reading.sections if one.heading is not None)
    for value in (*reading.structured.values(), *headings):
        if not 0 <= value.start < value.end or reading.text[value.start : value.end] != value.text:
            return f"the words at {value.start} are others"
    return None


def _values(node: object) -> Iterator[Value]:
    if isinstance(node, Value):
        yield node
    elif isinstance(node, tuple):
        for one in node:
            yield from _values(one)
    elif isinstance(node, msgspec.Struct):
        for name in node.__struct_fields__:
            yield from _values(getattr(node, name))
