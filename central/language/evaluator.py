"""The port to whatever marks an answer. Its adapter here: `rubric_baseline.py`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from central.interview.rubric import Criterion, Rubric


@dataclass(frozen=True, slots=True)
class Said:
    """One accepted utterance of the answer, in spoken order."""

    transcript_id: int
    text: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters [start, end) of an utterance's text, verbatim."""

    text: str
    transcript_id: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class MarkDraft:
    """One criterion of one answer. `level` 1 to 5, or None with the reason; `anchor` is the rubric's
    sentence for the nearest level, empty without one.
    """

    criterion: str
    label: str
    dimension: str
    level: float | None
    anchor: str
    quotes: tuple[Quote, ...]
    keywords: tuple[str, ...]
    abstained_reason: str | None = None


def abstain(criterion: Criterion, reason: str) -> MarkDraft:
    """No level, and why."""
    return MarkDraft(
        criterion=criterion.key,
        label=criterion.label,
        dimension=criterion.dimension,
        level=None,
        anchor="",
        quotes=(),
        keywords=(),
        abstained_reason=reason,
    )


class Evaluator(Protocol):
    """One way of marking."""

    name: str
    """The label that every surface shows."""
    versions: dict[str, str]
    """Stored with every mark."""

    async def evaluate(
        self, question: str, rubric: Rubric, said: Sequence[Said], language: str
    ) -> list[MarkDraft]:
        """One mark per criterion, in the rubric's order. Raises `EngineError`."""
