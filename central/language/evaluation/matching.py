"""Finds words in a text that may be spelt a little differently there. Pure.

Exactly, else without spaces, punctuation and case, else with at most one letter of ten wrong (insertions
and omissions count): a model that copies rewrites what a recogniser misheard.
"""

from __future__ import annotations

from typing import Final

import numpy as np

LEAST_RATIO: Final = 0.90
FEWEST_CHARACTERS: Final = 8
"""Letters and digits; shorter words are found by chance."""


def locate(quote: str, text: str) -> tuple[int, int] | None:
    """Characters [start, end) of `text` that are the quote; None: it is not there."""
    plain, _ = _plain(quote)
    if len(plain) < FEWEST_CHARACTERS:
        return None
    at = text.find(quote.strip())
    if at >= 0:
        return at, at + len(quote.strip())
    found, places = _plain(text)
    at = found.find(plain)
    span = (at, at + len(plain)) if at >= 0 else _nearly(plain, found)
    return None if span is None else (places[span[0]], places[span[1] - 1] + 1)


def _plain(text: str) -> tuple[str, list[int]]:
    places = [index for index, character in enumerate(text) if character.isalnum()]
    return "".join(text[index].lower()[:1] for index in places), places


def _nearly(quote: str, text: str) -> tuple[int, int] | None:
    if len(text) < FEWEST_CHARACTERS:
        return None
    errors, end = _ends(quote, text)
    if 1 - errors / len(quote) < LEAST_RATIO:
        return None
    _, length = _ends(quote[::-1], text[:end][::-1])
    return end - length, end


def _ends(quote: str, text: str) -> tuple[int, int]:
    """The fewest edits that make the quote out of a part of the text, and where that part ends."""
    letters = np.array([ord(character) for character in text])
    steps = np.arange(len(text) + 1)
    row = np.zeros(len(text) + 1, np.int64)
    for number, character in enumerate(quote, start=1):
        changed = row[:-1] + (letters != ord(character))
        below = np.concatenate(([number], np.minimum(changed, row[1:] + 1)))
        row = np.minimum.accumulate(below - steps) + steps
    end = int(np.argmin(row))
    return int(row[end]), end
