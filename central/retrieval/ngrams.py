"""Texts as pieces of words, for looking letters up without a dictionary. Pure.

Korean glues endings to words, so whole words seldom meet: pairs of syllables do ("데이터를" and
"데이터가" share 데이 and 이터). Latin words and numbers are cut into three characters, with a mark where
the word begins, and kept whole where they are shorter ("go", "c++").
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

MOST_PIECES: Final = 24
"""Of a query. More cost time and find nothing better: they are the commonest."""
MOST_PASSAGES: Final = 500
"""That a search looks at for a query's pieces: where it has commoner ones, it does without them."""

_WORD: Final = re.compile(r"[가-힣]+|[a-z0-9][a-z0-9+#.]*|[^\W_]+")
_HANGUL: Final = re.compile(r"[가-힣]+")


def pieces(text: str) -> tuple[str, ...]:
    """Each piece of the text's words once, in order of appearance."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return tuple(dict.fromkeys(piece for word in _WORD.findall(plain) for piece in _cut(word)))


def asked(text: str, commonness: Mapping[str, float]) -> tuple[str, ...]:
    """The pieces that a query asks for: the rarest first, and at least one. `commonness`: how many
    passages have a piece, of those that many have.
    """
    chosen: list[str] = []
    together = 0.0
    for piece in sorted(pieces(text), key=lambda one: commonness.get(one, 0.0))[:MOST_PIECES]:
        together += commonness.get(piece, 0.0)
        if chosen and together > MOST_PASSAGES:
            break
        chosen.append(piece)
    return tuple(chosen)


def overlap(query: Sequence[str], text: str) -> float:
    """The share of a query's pieces that a text has."""
    return len(set(query) & set(pieces(text))) / len(query) if query else 0.0


def _cut(word: str) -> Iterator[str]:
    word = word.rstrip(".")
    if _HANGUL.fullmatch(word):
        yield from _windows(word, 2)
    else:
        yield from _windows(f"_{word}" if len(word) > 2 else word, 3)


def _windows(word: str, length: int) -> Iterator[str]:
    if len(word) <= length:
        yield word
        return
    for start in range(len(word) - length + 1):
        yield word[start : start + length]
