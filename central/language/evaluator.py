"""The port to whatever marks an answer. Its adapters: `rubric_baseline.py`, and `evaluation/` with a
language model.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from central.interview.rubric import Criterion, Rubric


@dataclass(frozen=True, slots=True)
class Said:
    """One accepted utterance of the answer, in spoken order. `confidence`: the recogniser's mean
    log-probability per token, None where it gives none.
    """

    transcript_id: int
    text: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters [start, end) of an utterance's text, verbatim, said from `begin_ms` to `end_ms` after
    its first sample (None: not known).
    """

    text: str
    transcript_id: int
    start: int
    end: int
    begin_ms: int | None = None
    end_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a model came to a level. `orders`: its levels with the anchors rising and falling; `spread`:
    the standard deviation of `weights` (of the levels 1 to 5); `without_suspects`: the level without
    sentences that may speak to the grader, `with_suspects` the level with them, None where there are
    none; `refused`: quotes that it proposed and code refused, by reason; `feedback`: written last.
    """

    orders: tuple[float, float]
    spread: float
    weights: tuple[float, ...]
    with_suspects: float | None = None
    without_suspects: float | None = None
    refused: dict[str, int] = field(default_factory=dict[str, int])
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class MarkDraft:
    """One criterion of one answer. `level` 1 to 5, or None with the reason; `anchor` is the rubric's
    sentence for the nearest level, `next_anchor` that for the one above, both empty without one;
    `needs_person`: codes of why a person has to look (`evaluation/reasons.py`).
    """

    criterion: str
    label: str
    dimension: str
    level: float | None
    anchor: str
    quotes: tuple[Quote, ...]
    keywords: tuple[str, ...]
    abstained_reason: str | None = None
    next_anchor: str = ""
    needs_person: tuple[str, ...] = ()
    judged: Judgement | None = None


def anchors(criterion: Criterion, level: float) -> tuple[str, str]:
    """The sentence for the nearest level and the one for the next; there is none above 5."""
    nearest = int(level + 0.5)
    return criterion.anchors[nearest - 1], "" if nearest == 5 else criterion.anchors[nearest]


def abstain(criterion: Criterion, reason: str, needs_person: tuple[str, ...] = ()) -> MarkDraft:
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
        needs_person=needs_person,
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
