"""Sentences of an answer that seem to speak to whoever marks it. Pure.

What is found is no penalty: an answer is marked without what certainly asks for marks, and marked twice
where words only might. See `lexicon.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from central.interview.rubric import Rubric
from central.language.evaluation import passages
from central.language.evaluation.cleaning import CleanAnswer
from central.language.evaluation.lexicon import lexicon
from central.language.screen.text import LOOK_ALIKES

SPELT: Final = re.compile(r"(?:\b\w(?:[ \-_*]|\.(?! ))){5,}\w\b")
"""Words written letter by letter."""
STUFFING: Final = "stuffing"
FEWEST_STUFFED: Final = 5
_AROUND: Final = 60


@dataclass(frozen=True, slots=True)
class Suspect:
    """Characters [start, end) of a clean answer, whole sentences. `certain`: no evidence in any case."""

    start: int
    end: int
    family: str
    certain: bool


def find(answer: CleanAnswer, rubric: Rubric) -> tuple[Suspect, ...]:
    """In the order of the text; each place once, the certain finding before a possible one."""
    text = answer.text
    sentences = passages.split(text, sorted((*answer.closed, *answer.opened)))
    exact = [*_spelt(text), *_encoded(text), *_stuffed(text, rubric)]
    found: dict[tuple[int, int], Suspect] = {}
    for one in (*exact, *_hidden(answer, sentences)):
        found[one.start, one.end] = one
    for start, end, family, certain in _matches(text):
        if any(one.start <= start and end <= one.end for one in exact):
            continue
        place = passages.around(sentences, start, end)
        known = found.get(place)
        if known is None or (certain and not known.certain):
            found[place] = Suspect(*place, family, certain)
    return tuple(sorted(found.values(), key=lambda one: (one.start, one.end)))


def _spelt(text: str) -> Iterator[Suspect]:
    for run in SPELT.finditer(text):
        if lexicon().spelt.search("".join(_flat(one) for one in run[0] if one.isalnum())):
            yield Suspect(*run.span(), "spelt", certain=True)


def _encoded(text: str) -> Iterator[Suspect]:
    for run in lexicon().encoding.finditer(text):
        yield Suspect(*run.span(), "encoding", certain=True)


def _stuffed(text: str, rubric: Rubric) -> Iterator[Suspect]:
    """Keywords in a row are no sentence: nothing is said about them."""
    groups = (*rubric.keywords, *(group for one in rubric.criteria for group in one.keywords))
    known = {word.lower() for group in groups for keyword in group for word in keyword.split()}
    row: list[re.Match[str]] = []
    for word in (*re.finditer(r"\S+", text), None):
        if word is not None and word[0].strip(".,;:!?·/").lower() in known:
            row.append(word)
            continue
        if len(row) >= FEWEST_STUFFED:
            yield Suspect(row[0].start(), row[-1].end(), STUFFING, certain=True)
        row = []


def _hidden(answer: CleanAnswer, sentences: Sequence[tuple[int, int]]) -> Iterator[Suspect]:
    """What follows an opening marker is not the candidate's; a closing one hides nothing by itself."""
    for at in answer.opened:
        yield Suspect(*passages.around(list(sentences), at, at + 2), "hidden", certain=True)
    for at in answer.closed:
        yield Suspect(at, at, "hidden", certain=True)
    for at in answer.hiding:
        yield Suspect(*passages.around(list(sentences), at, at + 1), "hidden", certain=False)


def _matches(text: str) -> Iterator[tuple[int, int, str, bool]]:
    words = lexicon()
    flat = "".join(map(_flat, text))
    places = [index for index, one in enumerate(flat) if one.isalnum() or one == ":"]
    tight = "".join(flat[index] for index in places)
    for pattern in words.korean:
        for match in pattern.regex.finditer(tight):
            start, end = places[match.start()], places[match.end() - 1] + 1
            yield start, end, pattern.family, pattern.certain and not _reported(flat, start, end)
    for pattern in (*words.english, *words.structure):
        for match in pattern.regex.finditer(flat):
            start, end = match.span()
            yield start, end, pattern.family, pattern.certain and not _reported(flat, start, end)


def _reported(flat: str, start: int, end: int) -> bool:
    around = f"{flat[max(0, start - _AROUND) : start]}  {flat[end : end + _AROUND]}"
    return lexicon().reported.search(around) is not None


def _flat(character: str) -> str:
    if character.isspace():
        return " "
    lower = character.lower()
    return lower.translate(LOOK_ALIKES) if len(lower) == 1 else character
