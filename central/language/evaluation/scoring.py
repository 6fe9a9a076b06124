"""The level of one criterion from its quotes alone: the mean over the digits' weights, in two orders."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from central.errors import EngineError
from central.interview.rubric import Criterion
from central.language.evaluation import prompts
from central.language.evaluation.asking import Asked, together
from central.language.evaluation.view import readable
from central.language.evaluator import Quote

ROUNDED_TO: Final = 2
"""Decimals. More would show differences between two runs of the same model."""
MOST_DOUBT: Final = 1.2
"""Levels. Whoever draws lots among five has 1.41, among four that are neighbours 1.12: a mean of that is
no measurement."""


@dataclass(frozen=True, slots=True)
class Scored:
    """`level` 1 to 5, the mean of the two `orders` (anchors rising, falling); `spread`: the standard
    deviation over both, in levels; `weights`: of the digits 1 to 5, the mean of both; `doubt`: the
    standard deviation within one order, the root mean square of the two.
    """

    level: float
    orders: tuple[float, float]
    spread: float
    weights: tuple[float, ...]
    doubt: float

    @property
    def is_a_guess(self) -> bool:
        """The model cannot tell the levels apart."""
        return self.doubt > MOST_DOUBT

    @property
    def gap(self) -> float:
        """How far the two orders are apart."""
        return abs(self.orders[0] - self.orders[1])


async def score(asked: Asked, criterion: Criterion, quotes: Sequence[Quote]) -> Scored:
    """Raises `EngineError`."""
    texts = [readable(quote.text) for quote in quotes]
    rising, falling = await together(
        _weights(asked, criterion, texts, falling=False),
        _weights(asked, criterion, texts, falling=True),
    )
    return expected(rising, falling)


def expected(rising: Sequence[float], falling: Sequence[float]) -> Scored:
    """What the weights of the digits in both orders say."""
    weights = tuple((one + other) / 2 for one, other in zip(rising, falling, strict=True))
    level = _mean(weights)
    doubt = (_variance(rising, _mean(rising)) + _variance(falling, _mean(falling))) / 2
    return Scored(
        level=round(level, ROUNDED_TO),
        orders=(round(_mean(rising), ROUNDED_TO), round(_mean(falling), ROUNDED_TO)),
        spread=round(math.sqrt(_variance(weights, level)), ROUNDED_TO),
        weights=tuple(round(weight, 4) for weight in weights),
        doubt=round(math.sqrt(doubt), ROUNDED_TO),
    )


async def _weights(
    asked: Asked, criterion: Criterion, texts: Sequence[str], *, falling: bool
) -> tuple[float, ...]:
    prompt, begun = prompts.scoring(asked.words, asked.question, criterion, texts, falling=falling)
    weights = await asked.model.weigh(
        prompt, begun, prompts.LEVELS, urgency=asked.urgency, timeout_s=asked.timeout_s
    )
    sane = len(weights) == len(prompts.LEVELS) and all(0 <= one <= 1 + 1e-6 for one in weights)
    if not sane or not math.isclose(sum(weights), 1, abs_tol=1e-3):
        raise EngineError(asked.model.name, f"gave weights that are none: {weights}")
    return weights


def _mean(weights: Sequence[float]) -> float:
    return sum(level * weight for level, weight in enumerate(weights, start=1)) / sum(weights)


def _variance(weights: Sequence[float], mean: float) -> float:
    squares = sum(w * (n - mean) ** 2 for n, w in enumerate(weights, start=1))
    return max(0.0, squares / sum(weights))
