"""What of an answer a model may read, and the way back from what it wrote. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from central.language.evaluation.cleaning import JOINT, CleanAnswer, clean
from central.language.evaluation.suspicion import Suspect
from central.language.evaluator import Said

FILLER: Final = re.compile(
    r"(?<!\S)(?:음+|어+|으음|흠+|um+|uh+|erm*|hm+)[,.…~]*(?:\s+|$)", re.IGNORECASE
)
"""Sounds that are no words. A mark cannot depend on them where nobody reads them."""


@dataclass(frozen=True, slots=True)
class View:
    """`text` is on one line; character i of it is number `indices[i]` of the clean answer. `withheld`:
    characters of the clean answer that are no evidence.
    """

    text: str
    indices: tuple[int, ...]
    withheld: frozenset[int]


def view(answer: CleanAnswer, without: Iterable[Suspect]) -> View:
    """The answer without these sentences, and without fillers."""
    withheld = frozenset(index for one in without for index in range(one.start, one.end))
    fillers = {i for filler in FILLER.finditer(answer.text) for i in range(*filler.span())}
    hidden = withheld | fillers
    kept: list[int] = []
    shown: list[str] = []
    for index, character in enumerate(answer.text):
        plain = " " if character == JOINT else character
        if index in hidden or (plain == " " and (not shown or shown[-1] == " ")):
            continue
        kept.append(index)
        shown.append(plain)
    return View("".join(shown).rstrip(), tuple(kept), withheld)


def readable(quote: str) -> str:
    """A quote as a model reads it."""
    return view(clean([Said(0, quote)]), ()).text


def pieces(whole: View, most: int) -> list[View]:
    """The view cut between words, each part at most `most` characters long."""
    parts: list[View] = []
    start = 0
    while start < len(whole.text):
        end = min(len(whole.text), start + most)
        if end < len(whole.text):
            space = whole.text.rfind(" ", start + most // 2, end)
            end = end if space < 0 else space
        text = whole.text[start:end].strip()
        parts.append(View(text, _stripped(whole, start, end), whole.withheld))
        start = end
    return [part for part in parts if part.text]


def _stripped(whole: View, start: int, end: int) -> tuple[int, ...]:
    text = whole.text[start:end]
    left = len(text) - len(text.lstrip())
    return whole.indices[start + left : start + len(text.rstrip())]
