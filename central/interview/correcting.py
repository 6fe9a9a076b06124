"""What a candidate wrote in the place of what was recognised: where it differs, when each word of it was
said, and whether it still is a correction. Pure.

Letters are compared, not syllables, spaces or signs: one misheard vowel of a Korean syllable is one
letter of three. Words that stand in both are the frame; what lies between them was changed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from re import finditer
from typing import Any, Final

MOST_OF_SENTENCE: Final = 0.5
"""Share of an utterance's letters that may change."""
MOST_GROWTH: Final = 0.25
"""Share by which it may become longer: what was misheard is about as long as what was said."""
FEW: Final = 8
"""So many letters may change, and be added, in the shortest utterance."""
MOST_OF_ANSWER: Final = 0.3
FEW_OF_ANSWER: Final = 24
"""The same over all of an answer."""

MOST_WORDS: Final = 400
"""Longer texts are not compared: no utterance is so long."""
MOST_CELLS: Final = 60_000
"""Longer stretches without a common word count as changed whole."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much of an utterance was changed, as a share of its letters; whether that is a correction."""

    changed_ratio: float
    counts: bool


@dataclass(frozen=True, slots=True)
class _Word:
    letters: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Block:
    """Words of what was heard and of what was written that belong together; `same`: equal ones."""

    same: bool
    heard: tuple[_Word, ...]
    written: tuple[_Word, ...]


def weigh(said: Sequence[tuple[str, str | None]]) -> list[Weighed | None]:
    """Of each utterance of one answer, (heard, written or None), in order; None where nothing was
    written. Beyond the bounds of an utterance that one does not count, beyond those of the answer none.
    """
    found = [None if written is None else _weigh(heard, written) for heard, written in said]
    whole = sum(len(_letters(heard)) for heard, _ in said)
    changed = sum(one.changed for one in found if one is not None and one.counts)
    within = changed <= max(FEW_OF_ANSWER, MOST_OF_ANSWER * whole)
    return [None if one is None else Weighed(one.ratio, one.counts and within) for one in found]


def spans(heard: str, written: str) -> tuple[tuple[int, int], ...]:
    """Characters [start, end) of what was written that were heard otherwise; an empty span where words
    that were heard are missing.
    """
    found: list[tuple[int, int]] = []
    at = 0
    for block in _blocks(heard, written):
        if not block.same:
            found.append(
                (block.written[0].start, block.written[-1].end) if block.written else (at, at)
            )
        at = block.written[-1].end if block.written else at
    return tuple(found)


def touches(changed: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether characters [start, end) hold a change, or stand where words are missing."""
    return any(
        first < end and last > start if first < last else start <= first <= end
        for first, last in changed
    )


def timed(heard: str, written: str, words: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """`words` as `transcripts.words` keeps them, for what was written: a word that stands in both keeps
    its time, words that took the place of others have the time of all of those, added ones have none.
    """
    found = []
    for block in _blocks(heard, written):
        pairs = zip(block.heard, block.written, strict=True) if block.same else ()
        for old, new in pairs:
            found += _placed(new, _within(words, old.start, old.end))
        if not block.same and block.heard:
            sounding = _within(words, block.heard[0].start, block.heard[-1].end)
            for new in block.written:
                found += _placed(new, sounding)
    return found


@dataclass(frozen=True, slots=True)
class _Changed:
    changed: int
    ratio: float
    counts: bool


def _weigh(heard: str, written: str) -> _Changed:
    before, after = len(_letters(heard)), len(_letters(written))
    changed = sum(
        _distance(*("".join(one.letters for one in side) for side in (block.heard, block.written)))
        for block in _blocks(heard, written)
        if not block.same
    )
    small = changed <= max(FEW, MOST_OF_SENTENCE * before)
    grown = after > before * (1 + MOST_GROWTH) + FEW
    return _Changed(changed, round(min(changed / max(before, 1), 99.0), 4), small and not grown)


def _blocks(heard: str, written: str) -> Iterator[_Block]:
    old, new = _words(heard), _words(written)
    if max(len(old), len(new)) > MOST_WORDS:
        yield _Block(False, old, new)
        return
    letters = [one.letters for one in old], [one.letters for one in new]
    steps = SequenceMatcher(None, *letters, autojunk=False).get_opcodes()
    for kind, old_from, old_to, new_from, new_to in steps:
        yield _Block(kind == "equal", old[old_from:old_to], new[new_from:new_to])


def _words(text: str) -> tuple[_Word, ...]:
    """A sign that stands alone is no word."""
    found = (_Word(_letters(one[0]), one.start(), one.end()) for one in finditer(r"\S+", text))
    return tuple(one for one in found if one.letters)


def _letters(text: str) -> str:
    """Letters and digits; a Korean syllable is its two or three."""
    return "".join(one for one in unicodedata.normalize("NFKD", text).casefold() if one.isalnum())


def _distance(one: str, other: str) -> int:
    """The fewest letters to change, add or leave out; at most this many where the texts are long."""
    if len(one) * len(other) > MOST_CELLS:
        return max(len(one), len(other))
    row = list(range(len(other) + 1))
    for number, letter in enumerate(one, start=1):
        before, row[0] = row[0], number
        for at, against in enumerate(other, start=1):
            best = min(row[at] + 1, row[at - 1] + 1, before + (letter != against))
            before, row[at] = row[at], best
    return row[-1]


def _within(words: Sequence[dict[str, Any]], start: int, end: int) -> list[dict[str, Any]]:
    return [one for one in words if one["start"] < end and one["end"] > start]


def _placed(word: _Word, sounding: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    if not sounding:
        return []
    return [
        {
            "start": word.start,
            "end": word.end,
            "begin_ms": min(one["begin_ms"] for one in sounding),
            "end_ms": max(one["end_ms"] for one in sounding),
            "confidence": None,
        }
    ]
