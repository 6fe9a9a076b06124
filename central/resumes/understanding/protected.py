"""What nobody may know before an interview: found in a résumé's text, so that it can be blanked.

Rules of both languages, by label ("생년월일: ..."), by shape (a phone number), and in prose by sentence.
They lean to taking too much: a lost sentence costs a question, a kept one may cost a fair interview.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from central.resumes.lines import CELL
from central.resumes.understanding import protected_words as words

KINDS: Final = (
    "personal", "name", "contact", "address", "resident_number", "birth", "age", "gender", "photo",
    "marriage", "family", "religion", "military", "origin", "appearance", "health", "property",
    "politics", "union", "criminal_record",
)  # fmt: skip
"""`personal`: a whole part about who somebody is: what stands before the first heading, and sections of
personal details, family or military service.
"""
_BETWEEN: Final = re.compile(r"(?<=[.!?])\s+|[\n\t]+")
_SENTENCE_END: Final = re.compile(r"(?:[.!?]|다|요|음|함)\s*$")
_LONG: Final = 60
"""Characters: a longer line is prose."""
_ITEM_END: Final = re.compile(r"\t|\n|\s[/|·]\s|,\s(?=[가-힣A-Za-z ]{1,20}\s?:)")
_LABELS: Final = {
    kind: re.compile(rf"(?:{label})", re.IGNORECASE) for kind, label in words.LABELS.items()
}
_SHAPES: Final = {kind: re.compile(shape, re.IGNORECASE) for kind, shape in words.SHAPES.items()}
_TOPICS: Final = {kind: re.compile(topic, re.IGNORECASE) for kind, topic in words.TOPICS.items()}
_LABELLED: Final = re.compile(r"(?m:^|(?<=[\t,|·•-])|(?<=\s/))\s*([^\t\n:,|·]{1,30}?)\s?:")
_PARTS: Final = re.compile(r"[/()]|\s및\s")
_FILLERS: Final = re.compile(r"[\s\W_]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start` to `end` are of this kind."""

    kind: str
    start: int
    end: int


def find(text: str) -> tuple[Stretch, ...]:
    """Every protected stretch, in order; they may overlap."""
    found = [*_labelled(text), *_cells(text), *_shapes(text), *_topics(text)]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def blanked(text: str, stretches: Iterable[Stretch]) -> str:
    """The text with blanks in their place: every other character stays where it was."""
    letters = list(text)
    for one in stretches:
        for at in range(one.start, one.end):
            if letters[at] not in "\n\t":
                letters[at] = " "
    return "".join(letters)


def counted(stretches: Iterable[Stretch]) -> dict[str, int]:
    """How many of each kind; of those that touch, one."""
    last: dict[str, int] = {}
    counts: dict[str, int] = {}
    for one in stretches:
        if one.start >= last.get(one.kind, -1):
            counts[one.kind] = counts.get(one.kind, 0) + 1
        last[one.kind] = max(one.end, last.get(one.kind, -1))
    return counts


def _label_kind(label: str) -> str | None:
    """The kind of a label, or of a part of it: "생년월일 (만나이)", "성별/나이"."""
    for part in (label, *_PARTS.split(label)):
        plain = _FILLERS.sub("", part)
        for kind, known in _LABELS.items():
            if known.fullmatch(plain):
                return kind
    return None


def _labelled(text: str) -> Iterator[Stretch]:
    """A "label: value", up to where the item ends."""
    for found in _LABELLED.finditer(text):
        kind = _label_kind(found[1])
        if kind is None:
            continue
        value_at = found.end()
        while value_at < len(text) and text[value_at] in " \t":
            value_at += 1
        end = _ITEM_END.search(text, value_at)
        yield Stretch(kind, found.start(1), len(text) if end is None else end.start())


def _cells(text: str) -> Iterator[Stretch]:
    """A cell that is a label, and the one after it."""
    at = 0
    for line in text.split("\n"):
        cells = line.split(CELL)
        starts = [at + sum(len(one) + 1 for one in cells[:number]) for number in range(len(cells))]
        for number, cell in enumerate(cells):
            kind = _label_kind(cell)
            if kind is None:
                continue
            last = min(number + 1, len(cells) - 1)
            yield Stretch(kind, starts[number], starts[last] + len(cells[last]))
        at += len(line) + 1


def _shapes(text: str) -> Iterator[Stretch]:
    for kind, shape in _SHAPES.items():
        for found in shape.finditer(text):
            yield Stretch(kind, found.start(), found.end())


def _topics(text: str) -> Iterator[Stretch]:
    """In prose the whole sentence; in a short line the words, or all of it where nothing else of it is
    worth keeping.
    """
    for start, end in _sentences(text):
        sentence = text[start:end]
        is_prose = len(sentence) > _LONG or _SENTENCE_END.search(sentence) is not None
        for kind, topic in _TOPICS.items():
            for found in topic.finditer(sentence):
                if is_prose:
                    yield Stretch(kind, start, end)
                elif kind in words.WHOLE_LINES:
                    yield Stretch(kind, *_line_around(text, start))
                else:
                    yield Stretch(kind, start + found.start(), start + found.end())


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Where each begins and ends; a cell of a table is one at least."""
    at = 0
    for cut in (*_BETWEEN.finditer(text), None):
        end = len(text) if cut is None else cut.start()
        if end > at:
            yield at, end
        at = end if cut is None else cut.end()


def _line_around(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end
