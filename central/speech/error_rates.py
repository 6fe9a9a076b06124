"""How far a recognised text is from what was said: pure.

Korean is judged by characters with spaces left out: spacing alone turns a text without an error into
half of its words being wrong.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Errors:
    """`edits` (substituted, left out, put in) against a text of `length` units."""

    edits: int
    length: int

    def __add__(self, other: Errors) -> Errors:
        return Errors(self.edits + other.edits, self.length + other.length)

    @property
    def rate(self) -> float | None:
        """Edits by length; may be above 1. None where nothing was to be recognised."""
        return self.edits / self.length if self.length else None


NONE = Errors(0, 0)


def words(text: str) -> list[str]:
    """The words as they are compared: NFC, lower case, without punctuation. An apostrophe within a word
    belongs to it.
    """
    text = (
        unicodedata.normalize("NFC", text).lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    )
    kept = "".join(c if c.isalnum() or c in "' " else " " for c in text)
    return [word for one in kept.split() if (word := one.strip("'"))]


def character_errors(said: str, recognised: str) -> Errors:
    """By letters and digits alone."""
    one, other = ("".join(words(text)).replace("'", "") for text in (said, recognised))
    return Errors(_distance(one, other), len(one))


def word_errors(said: str, recognised: str) -> Errors:
    """By words between spaces."""
    one, other = words(said), words(recognised)
    return Errors(_distance(one, other), len(one))


def _distance(one: Sequence[str], other: Sequence[str]) -> int:
    """Levenshtein's."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        left_above, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            left_above, row[j] = (
                row[j],
                min(row[j] + 1, row[j - 1] + 1, left_above + (a != b)),
            )
    return row[-1]
