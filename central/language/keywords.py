"""Keywords of a rubric in the words of an answer. Pure.

Korean sticks endings to its words, so a keyword counts wherever it stands; English has to begin at a
word and may end in a usual ending ("measure" is found in "measured" and "measuring").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from central.language.evaluator import Said


@dataclass(frozen=True, slots=True)
class Hit:
    """The first place where one group of words was found. `keyword` is the rubric's spelling."""

    keyword: str
    said: Said
    start: int
    end: int


def found(groups: Sequence[Sequence[str]], said: Sequence[Said], language: str) -> list[Hit]:
    """One hit for each group that was found, in the groups' order."""
    hits = (_first(group, said, language) for group in groups)
    return [hit for hit in hits if hit is not None]


def _first(group: Sequence[str], said: Sequence[Said], language: str) -> Hit | None:
    for one in said:
        for keyword in group:
            match = _pattern(keyword, language).search(one.text)
            if match is not None:
                return Hit(keyword, one, match.start(), match.end())
    return None


@lru_cache(maxsize=4096)
def _pattern(keyword: str, language: str) -> re.Pattern[str]:
    words = unicodedata.normalize("NFC", keyword).split()
    if language == "ko":
        return re.compile(r"\s*".join(map(_spaced, words)), re.IGNORECASE)
    spoken = r"\s+".join(map(_with_endings, words))
    return re.compile(rf"\b{spoken}\b", re.IGNORECASE)


def _spaced(word: str) -> str:
    """Long Korean words are written with and without spaces; in short ones a space is another word
    ("회원 인증" has no "원인").
    """
    return r"\s?".join(map(re.escape, word)) if len(word) >= 4 else re.escape(word)


def _with_endings(word: str) -> str:
    """The word with the endings that English gives it; short words only with the plainest."""
    if len(word) <= 3:
        return f"{re.escape(word)}(?:{re.escape(word[-1])}?(?:s|ed|ing))?"
    if word.endswith("e"):
        return f"{re.escape(word[:-1])}(?:e|es|ed|er|ing|ion|ions|ement|ements)"
    if word.endswith("y"):
        return f"{re.escape(word[:-1])}(?:y|ies|ied|ying|ily)"
    return f"{re.escape(word)}(?:{re.escape(word[-1])}?(?:s|es|ed|er|ing|ion|ions|ment|ments|ly))?"
