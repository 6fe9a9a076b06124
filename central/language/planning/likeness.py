"""How near two questions are, by the pieces of three letters that they share. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Final

PIECE: Final = 3


def likeness(one: str, other: str) -> float:
    """0: no piece in common; 1: the same letters. Spaces, marks and case do not count."""
    mine, theirs = _pieces(one), _pieces(other)
    total = mine.total() + theirs.total()
    return 2 * (mine & theirs).total() / total if total else 0.0


def covered(by: str, text: str) -> float:
    """The share of `text`'s pieces that `by` has too: near 1 where it is quoted."""
    wanted = _pieces(text)
    return (wanted & _pieces(by)).total() / wanted.total() if wanted else 0.0


def nearest(text: str, others: Iterable[str]) -> tuple[float, str]:
    """The likeness of the nearest one, and that one; (0, "") without any."""
    return max(((likeness(text, other), other) for other in others), default=(0.0, ""))


def plain(text: str) -> str:
    """Letters and digits only, in one spelling."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def _pieces(text: str) -> Counter[str]:
    letters = plain(text)
    return Counter(letters[at : at + PIECE] for at in range(max(len(letters) - PIECE + 1, 0)))
