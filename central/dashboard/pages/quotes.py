"""Which words of an answer the marks rest on, and where they are heard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from central.interview import answer_sound
from central.interview.answer_sound import Extract
from central.storage.reports import QuestionReport
from central.storage.turn_views import Line, MarkView, Quote


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of an answer. `criteria` are the labels of the marks that quote it; may be empty."""

    text: str
    criteria: tuple[str, ...]


def segments(line: Line, marks: Iterable[MarkView]) -> tuple[Segment, ...]:
    """The line's words that count, cut wherever a quote begins or ends. Quotes may overlap; one that
    lies outside the text is not shown.
    """
    spans = [
        (quote.start, quote.end, mark.label)
        for mark in marks
        for quote in mark.quotes
        if quote.transcript_id == line.id
        and quote.start is not None
        and quote.end is not None
        and 0 <= quote.start < quote.end <= len(line.said)
    ]
    cuts = sorted({0, len(line.said), *(at for start, end, _ in spans for at in (start, end))})
    return tuple(
        Segment(line.said[begin:end], _labels(spans, begin, end)) for begin, end in pairwise(cuts)
    )


def extract(asked: QuestionReport, quote: Quote, *, of_a_person: bool = False) -> Extract | None:
    """Where a quote is heard in its answer's sound; None where nothing was recorded. Marks quote the
    words that count, `of_a_person`: people those that were recognised.
    """
    whole = asked.heard_at.get(quote.transcript_id or 0)
    if whole is None:
        return None
    said = [line for line in asked.answer if line.id == quote.transcript_id]
    words = [word for line in said for word in (line.words if of_a_person else line.said_words)]
    return answer_sound.quoted(whole, words, quote.start, quote.end)


def _labels(spans: list[tuple[int, int, str]], begin: int, end: int) -> tuple[str, ...]:
    found = [label for start, stop, label in spans if start <= begin and end <= stop]
    return tuple(dict.fromkeys(found))
