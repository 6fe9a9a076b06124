"""What came of a rehearsal, counted. Pure."""

from __future__ import annotations

import itertools
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from central.language.evaluator import MarkDraft
from central.language.planning.writing import REVIEWED, Written


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions that a model was to word. `kept`: left as they were reviewed; `refused`: tries by the
    gate that refused them, or by what was wrong with the model; `median_ms` of a question with all its
    tries, None of none.
    """

    wanted: int
    asked: int
    at_once: int
    kept: int
    refused: dict[str, int]
    median_ms: int | None


@dataclass(frozen=True, slots=True)
class Graded:
    """The marks of one answer of known worth. `worth`: 0 beside the point to 3 strong."""

    question: str
    worth: int
    marks: tuple[MarkDraft, ...]
    took_ms: int


@dataclass(frozen=True, slots=True)
class Marked:
    """`given`: levels, of `wanted`; `none`: the others by their reason. `order`: of two answers to one
    question and criterion with different worth, how often the better one has the higher level (equal:
    half; 0.5 is chance; None: no such pair has levels). `means`: the mean level by worth.
    """

    wanted: int
    given: int
    none: dict[str, int]
    order: float | None
    pairs: int
    means: tuple[float | None, ...]
    quotes: int
    median_ms: int | None


def asked(written: Sequence[Written]) -> Asked:
    """Of main questions or of follow-ups."""
    gates = Counter(
        detail if gate == "model" else gate
        for one in written
        for tried in one.tries
        for gate, detail in tried.refused
    )
    kept = gates.pop(REVIEWED, 0)
    return Asked(
        wanted=len(written),
        asked=sum(bool(one.text) for one in written),
        at_once=sum(bool(one.text) and len(one.tries) == 1 for one in written),
        kept=kept,
        refused=dict(gates.most_common()),
        median_ms=_median(one.took_ms for one in written),
    )


def marked(graded: Sequence[Graded]) -> Marked:
    """Of all answers together."""
    marks = [mark for one in graded for mark in one.marks]
    none = Counter(mark.abstained_reason or "" for mark in marks if mark.level is None)
    won = list(_comparisons(graded))
    return Marked(
        wanted=len(marks),
        given=sum(mark.level is not None for mark in marks),
        none=dict(none.most_common()),
        order=round(statistics.fmean(won), 3) if won else None,
        pairs=len(won),
        means=tuple(_mean(graded, worth) for worth in range(4)),
        quotes=sum(len(mark.quotes) for mark in marks),
        median_ms=_median(one.took_ms for one in graded),
    )


def _comparisons(graded: Sequence[Graded]) -> Iterable[float]:
    levels = [
        (one.question, mark.criterion, one.worth, mark.level)
        for one in graded
        for mark in one.marks
        if mark.level is not None
    ]
    for (question, criterion, worth, level), other in itertools.combinations(levels, 2):
        if other[:2] == (question, criterion) and worth != other[2]:
            better, worse = (level, other[3]) if worth > other[2] else (other[3], level)
            yield 0.5 if better == worse else float(better > worse)


def _mean(graded: Sequence[Graded], worth: int) -> float | None:
    levels = [
        mark.level
        for one in graded
        for mark in one.marks
        if one.worth == worth and mark.level is not None
    ]
    return round(statistics.fmean(levels), 2) if levels else None


def _median(values: Iterable[int]) -> int | None:
    found = list(values)
    return round(statistics.median(found)) if found else None
