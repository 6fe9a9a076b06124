"""Where the sentences of a spoken answer are. Pure.

Recognisers write few full stops, so Korean final endings close a sentence too, and what is still too
long to be one is cut by words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

LONGEST_WORDS: Final = 30
PIECE_WORDS: Final = 12
_END: Final = re.compile(
    r"[.!?。…}]+['’)\]]*\s+|\n+|"
    r"(?<=[가-힣])(?:니다|니까|세요|셔요|어요|아요|에요|예요|해요|네요|군요|거든요|까요|나요|고요|죠|십시오|시오)[,]?\s+"
)


def split(text: str, cuts: Sequence[int] = ()) -> list[tuple[int, int]]:
    """Every sentence as characters [start, end); together they are the whole text. `cuts`: where one
    begins in any case.
    """
    found: list[tuple[int, int]] = []
    start = 0
    for end in (*sorted({*cuts, *(border.end() for border in _END.finditer(text))}), len(text)):
        if text[start:end].strip():
            found += _short(text, start, end)
            start = end
    return found


def around(passages: list[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The sentences that [start, end) touches."""
    touched = [one for one in passages if one[0] < max(end, start + 1) and one[1] > start]
    if not touched:
        return start, end
    return touched[0][0], touched[-1][1]


def _short(text: str, start: int, end: int) -> list[tuple[int, int]]:
    words = [start + word.start() for word in re.finditer(r"\S+", text[start:end])]
    if len(words) <= LONGEST_WORDS:
        return [(start, end)]
    cuts = [start, *words[PIECE_WORDS::PIECE_WORDS], end]
    return list(pairwise(cuts))
