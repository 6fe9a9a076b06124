"""Marks of an answer as the API tells them: level, evidence, and how a model came to it."""

from __future__ import annotations

from typing import Any

import msgspec

from central.storage.turn_views import MarkView, Quote


class Evidence(msgspec.Struct, frozen=True):
    """Words of the candidate: characters [start, end) of a transcript's text, said from `begin_ms` to
    `end_ms` of its utterance (null: the recogniser gave no times).
    """

    text: str
    transcript_id: str | None
    start: int | None
    end: int | None
    begin_ms: int | None
    end_ms: int | None


class Judgement(msgspec.Struct, frozen=True):
    """How a model came to a level: with the anchors rising and falling, the standard deviation over the
    levels' `weights`, and with and without sentences that may speak to the grader (null: none did).
    """

    orders: tuple[float, float]
    spread: float
    weights: tuple[float, ...]
    with_suspects: float | None
    without_suspects: float | None
    refused: dict[str, int]
    feedback: str


class Mark(msgspec.Struct, frozen=True):
    """One criterion: level 1 to 5 with its anchor and evidence, or null with the reason. `needs_person`:
    codes of why a person has to look. A candidate is shown neither these nor a `judgement`.
    """

    criterion: str
    label: str
    dimension: str
    level: float | None
    anchor: str
    quotes: tuple[Evidence, ...]
    keywords: tuple[str, ...]
    abstained_reason: str | None
    evaluator: str
    next_anchor: str
    needs_person: tuple[str, ...]
    judgement: Judgement | None
    versions: dict[str, Any]


def mark_of(view: MarkView, *, staff: bool) -> Mark:
    """`staff`: whether to say how a model came to it."""
    return Mark(
        criterion=view.criterion,
        label=view.label,
        dimension=view.dimension,
        level=view.level,
        anchor=view.anchor,
        quotes=tuple(_evidence(quote) for quote in view.quotes),
        keywords=view.keywords,
        abstained_reason=view.abstained_reason,
        evaluator=view.evaluator,
        next_anchor=view.next_anchor,
        needs_person=view.needs_person if staff else (),
        judgement=msgspec.convert(view.judgement, Judgement) if view.judgement and staff else None,
        versions=view.versions,
    )


def _evidence(quote: Quote) -> Evidence:
    source = None if quote.transcript_id is None else str(quote.transcript_id)
    return Evidence(quote.text, source, quote.start, quote.end, quote.begin_ms, quote.end_ms)
