"""A document as pieces that say one thing each. Pure.

Blank lines and headings part it; short paragraphs under the same heading stay together; what is longer
than a model reads at once is parted at the ends of sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

MOST_CHARACTERS: Final = 500
"""About 350 tokens of Korean: less than the 512 that embedding models are trained on."""

_PARAGRAPH: Final = re.compile(r"\S(?:.|\n(?!\s*\n|#))*")
_SENTENCE: Final = re.compile(r"\S.*?(?:[.!?。](?=\s)|\n|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a document and where it stands there."""

    text: str
    span: tuple[int, int]


def sections(document: str) -> tuple[Section, ...]:
    """The pieces of a document, in order."""
    spans: list[tuple[int, int]] = []
    for first, end in _small(document):
        if spans and not document.startswith("#", first) and end - spans[-1][0] <= MOST_CHARACTERS:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((first, end))
    return tuple(Section(document[first:end], (first, end)) for first, end in spans)


def _small(document: str) -> Iterator[tuple[int, int]]:
    for paragraph in _PARAGRAPH.finditer(document):
        first, end = paragraph.span()
        end = first + len(document[first:end].rstrip())
        if end - first <= MOST_CHARACTERS:
            yield first, end
        else:
            yield from _sentences(document, first, end)


def _sentences(document: str, first: int, end: int) -> Iterator[tuple[int, int]]:
    for sentence in _SENTENCE.finditer(document, first, end):
        start = sentence.start()
        stop = start + len(sentence.group().rstrip())
        for cut in range(start, stop, MOST_CHARACTERS):
            yield cut, min(cut + MOST_CHARACTERS, stop)
