"""The fields of a résumé as a page lists them: a line for each entry, in the résumé's own words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from central.resumes.flow import Period, Structured, Value


@dataclass(frozen=True, slots=True)
class Entry:
    """`words`: who or where and what; `when` as written; `did`: lines under it."""

    words: tuple[str, ...]
    when: str
    did: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """`kind`: a key of `resume_words.FIELDS`."""

    kind: str
    entries: tuple[Entry, ...]


def fields_of(found: Structured) -> tuple[Group, ...]:
    """Those that have something, in the order in which people read résumés."""
    groups = (
        Group("experience", tuple(
            Entry(_said(one.organisation, one.title), _when(one.period), _said(*one.did))
            for one in found.experience
        )),
        Group("projects", tuple(
            Entry(_said(one.name), _when(one.period), _said(*one.did)) for one in found.projects
        )),
        Group("education", tuple(
            Entry(_said(one.school, one.major, one.degree), _when(one.period))
            for one in found.education
        )),
        Group("skills", (Entry(_said(*found.skills), ""),) if found.skills else ()),
        Group("certificates", tuple(
            Entry(_said(one.name), one.date.text if one.date else "") for one in found.certificates
        )),
        Group("languages", tuple(Entry(_said(one.name, one.level), "") for one in found.languages)),
    )  # fmt: skip
    return tuple(one for one in groups if one.entries)


def _said(*values: Value | None) -> tuple[str, ...]:
    return tuple(_texts(values))


def _texts(values: tuple[Value | None, ...]) -> Iterator[str]:
    seen: list[str] = []
    for one in values:
        if one is not None and not any(one.text in other for other in seen):
            seen.append(one.text)
            yield one.text


def _when(period: Period | None) -> str:
    return "" if period is None else period.said.text
