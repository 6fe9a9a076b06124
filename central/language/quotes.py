"""Words of an answer that a mark rests on: cut out verbatim, and checked before they are stored."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, Protocol

from central.errors import EngineError
from central.language.evaluator import MarkDraft, Quote, Said


class Word(Protocol):
    """A word of an utterance and when it was said."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def begin_ms(self) -> int: ...
    @property
    def end_ms(self) -> int: ...


LONGEST: Final = 160
"""Characters. A recogniser without punctuation makes one endless sentence."""
WORDS_AROUND: Final = 7
SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+|\n+")


def around(said: Said, start: int, end: int) -> Quote:
    """The sentence that holds characters [start, end), or the nearest words where it is too long."""
    left, right = _sentence(said.text, start, end)
    if right - left > LONGEST:
        left, right = _nearby(said.text, start, end)
    while left < right and said.text[left].isspace():
        left += 1
    while right > left and said.text[right - 1].isspace():
        right -= 1
    return Quote(said.text[left:right], said.transcript_id, left, right)


def verify(quote: Quote, said: Sequence[Said]) -> bool:
    """Whether the quote stands in the transcript, letter by letter, where it says."""
    texts = {one.transcript_id: one.text for one in said}
    text = texts.get(quote.transcript_id)
    if text is None or not quote.text.strip() or not 0 <= quote.start < quote.end <= len(text):
        return False
    return text[quote.start : quote.end] == quote.text


def check(marks: Sequence[MarkDraft], said: Sequence[Said], evaluator: str) -> None:
    """Raises `EngineError` where a mark quotes what nobody said."""
    for mark in marks:
        for quote in mark.quotes:
            if not verify(quote, said):
                raise EngineError(evaluator, f"quoted what nobody said: {quote.text!r}")


def timed(quote: Quote, words: Sequence[Word]) -> Quote:
    """The quote with the times of its words; as it is where the recogniser gave none."""
    inside = [one for one in words if one.start < quote.end and one.end > quote.start]
    if not inside:
        return quote
    begin_ms, end_ms = min(one.begin_ms for one in inside), max(one.end_ms for one in inside)
    return replace(quote, begin_ms=begin_ms, end_ms=end_ms)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    left, right = 0, len(text)
    for border in SENTENCE_END.finditer(text):
        if border.end() <= start:
            left = border.end()
        elif border.start() >= end:
            right = border.start()
            break
    return left, right


def _nearby(text: str, start: int, end: int) -> tuple[int, int]:
    before = list(re.finditer(r"\S+", text[:start]))[-WORDS_AROUND:]
    after = list(re.finditer(r"\S+", text[end:]))[:WORDS_AROUND]
    left = before[0].start() if before else start
    right = end + after[-1].end() if after else end
    return left, right
