"""The report of one interview as a document. Pure: facts in, JSON-able values out."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from central.interview import schemes, scoring
from central.interview.aggregates import POINTS_SUFFIX, weighted, without_points
from central.interview.schemes import SchemeMark, StageResult, StageScheme
from central.interview.scoring import WeightedLevel

SUMMED: Final = frozenset({"blinks_count", "pauses_count", "pauses_s", "syllables_count"})
GREATEST: Final = frozenset({"faces_count", "people_count", "longest_pause_s"})
Measures = dict[str, tuple[float | None, float]]
"""Channel to value and coverage 0 to 1, of one window."""


@dataclass(frozen=True, slots=True)
class SpokenFact:
    """One utterance as it was recognised; `reject_reason` set: refused, and not part of the answer.
    `corrected`: the candidate's own words for it, which are marked where they `count`.
    """

    text: str
    engine: str
    reject_reason: str | None = None
    corrected: str | None = None
    counts: bool = False

    @property
    def said(self) -> str:
        """The words that count."""
        return self.corrected if self.corrected and self.counts else self.text


@dataclass(frozen=True, slots=True)
class MarkFact:
    """One criterion of one answer, as stored."""

    criterion: str
    label: str
    dimension: str
    weight: float
    level: float | None
    anchor: str
    quotes: tuple[dict[str, Any], ...]
    abstained_reason: str | None
    evaluator: str
    versions: dict[str, Any]
    keywords: tuple[str, ...] = ()
    keyword_groups: int = 0
    """Of the criterion; each that was found has its word in `keywords`."""
    needs_person: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnFact:
    """One question and what came of it."""

    turn_id: int
    position: int
    question: str
    category: str
    source: str
    end_reason: str
    rubric_version: str
    spoken: tuple[SpokenFact, ...]
    marks: tuple[MarkFact, ...]
    windows: tuple[Measures, ...]
    follows: int | None = None
    """Of a follow-up: the turn whose marks have its answer too."""
    confirmed: str | None = None
    """What the candidate said of these words: right or misheard; None: nothing."""

    @property
    def answer(self) -> str:
        """What was accepted as said."""
        return " ".join(one.said for one in self.spoken if one.reject_reason is None)


@dataclass(frozen=True, slots=True)
class Report:
    """`scores` has every dimension, None where not assessed. `total`: of the scheme of the interview's
    stage, over the channels that were assessed.
    """

    scores: dict[str, float | None]
    total: StageResult
    details: dict[str, Any]
    versions: dict[str, Any]


def build(turns: Sequence[TurnFact], *, scoring_consent: bool, stage: StageScheme) -> Report:
    """Everything a reader needs, and for everything that is missing, why. `stage`: the scheme of the
    interview's stage.
    """
    levels = [WeightedLevel(m.dimension, m.level, m.weight) for t in turns for m in t.marks]
    scores = scoring.by_dimension(levels)
    marks = [mark for turn in turns for mark in turn.marks]
    total = schemes.apply(stage, [*map(_counted, marks)])
    return Report(
        scores=scores,
        total=total,
        details={
            "questions": [_question(turn, scoring_consent=scoring_consent) for turn in turns],
            "not_assessed": _not_assessed(scores, scoring_consent=scoring_consent),
            "stage_scheme": asdict(total),
            "needs_person": sum(bool(mark.needs_person) for mark in marks),
        },
        versions={
            "stage_scheme": total.name,
            "speech": sorted({one.engine for turn in turns for one in turn.spoken if one.engine}),
            "questions": sorted({turn.source for turn in turns}),
            "marks": sorted({mark.evaluator for mark in marks}),
            "evaluators": sorted({str(mark.versions) for mark in marks}),
            "rubrics": sorted({turn.rubric_version for turn in turns if turn.rubric_version}),
        },
    )


def channels(windows: Sequence[Measures]) -> dict[str, dict[str, Any]]:
    """Each channel over one answer: the median of its windows (a count's sum, the most faces, the mean
    of points by coverage), None where no window measured it, with the mean coverage over all windows.
    """
    names = sorted({name for window in windows for name in window})
    return {name: _channel(name, [window.get(name, (None, 0.0)) for window in windows])
            for name in names}  # fmt: skip


def _channel(name: str, entries: Sequence[tuple[float | None, float]]) -> dict[str, Any]:
    how = _how(name)
    return {
        "value": _combined(how, entries),
        "how": how,
        "coverage": round(sum(coverage for _, coverage in entries) / len(entries), 4),
        "windows": len(entries),
    }


def _how(name: str) -> str:
    if name.endswith(POINTS_SUFFIX):
        return "mean"
    return "sum" if name in SUMMED else "max" if name in GREATEST else "median"


def _combined(how: str, entries: Sequence[tuple[float | None, float]]) -> float | None:
    values = [value for value, coverage in entries if value is not None and coverage > 0]
    if not values:
        return None
    match how:
        case "mean":
            return weighted(entries)[0]
        case "sum":
            return sum(values)
        case "max":
            return max(values)
        case _:
            return statistics.median(values)


def _question(turn: TurnFact, *, scoring_consent: bool) -> dict[str, Any]:
    levels = [WeightedLevel("", mark.level, mark.weight) for mark in turn.marks]
    known = [(scoring.points(one.level), one.weight) for one in levels if one.level is not None]
    windows = turn.windows if scoring_consent else [*map(without_points, turn.windows)]
    return {
        "turn_id": str(turn.turn_id),
        "follows_turn_id": None if turn.follows is None else str(turn.follows),
        "position": turn.position,
        "question": turn.question,
        "category": turn.category,
        "source": turn.source,
        "end_reason": turn.end_reason,
        "answer": turn.answer,
        "confirmed": turn.confirmed,
        "corrections": [
            {"recognised": one.text, "corrected": one.corrected, "counts": one.counts}
            for one in turn.spoken
            if one.corrected is not None
        ],
        "refused": [one.reject_reason for one in turn.spoken if one.reject_reason],
        "score": scoring.mean(known),
        "marks": [_mark(mark) for mark in turn.marks],
        "channels": channels(windows),
        "not_marked": _why_unmarked(turn, scoring_consent=scoring_consent),
    }


def _mark(mark: MarkFact) -> dict[str, Any]:
    return {
        "criterion": mark.criterion,
        "label": mark.label,
        "dimension": mark.dimension,
        "level": mark.level,
        "anchor": mark.anchor,
        "quotes": list(mark.quotes),
        "abstained_reason": mark.abstained_reason,
        "evaluator": mark.evaluator,
        "needs_person": list(mark.needs_person),
    }


def _counted(mark: MarkFact) -> SchemeMark:
    return SchemeMark(
        criterion=mark.criterion,
        dimension=mark.dimension,
        level=mark.level,
        weight=mark.weight,
        found=len(mark.keywords),
        groups=mark.keyword_groups,
    )


def _why_unmarked(turn: TurnFact, *, scoring_consent: bool) -> str | None:
    """A stable code; None: it is marked."""
    if any(mark.level is not None for mark in turn.marks):
        return None
    if turn.end_reason == "does_not_know" or not scoring_consent:
        return "scoring_declined" if turn.end_reason != "does_not_know" else "does_not_know"
    if turn.end_reason in {"interrupted", "disturbed"}:
        return turn.end_reason
    if not turn.answer:
        return "refused_recognition" if turn.spoken else "no_answer"
    if turn.follows is not None:
        return "marked_with_main"
    return "abstained" if turn.marks else "no_rubric"


def _not_assessed(
    scores: dict[str, float | None], *, scoring_consent: bool
) -> list[dict[str, str]]:
    reason = "no_evidence" if scoring_consent else "scoring_declined"
    missing = [{"what": name, "reason": reason} for name, value in scores.items() if value is None]
    return [*missing, {"what": "emotions", "reason": "not_computed"}]
