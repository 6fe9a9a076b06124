"""How far the levels of the same answers are apart when they are marked again. Pure."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from central.language.calibration import agreement

Levels: TypeAlias = Mapping[tuple[int, str], float | None]
"""Of one round, by answer and criterion; None: it gave none."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """One criterion. `spread`: the mean standard deviation of an answer's levels; `widest`: between the
    lowest and the highest of one answer; `exact`, `qwk` and `pearson`: of every two rounds together;
    `unsure`: the share of answers that had a level in some rounds and none in others. None: nothing to
    say it of.
    """

    answers: int
    rounds: int
    spread: float | None
    widest: float | None
    exact: float | None
    qwk: float | None
    pearson: float | None
    unsure: float | None


def retest(rounds: Sequence[Levels]) -> dict[str, Repeated]:
    """By criterion, and "all"."""
    keys = sorted({key for levels in rounds for key in levels})
    by_criterion = {
        name: [key for key in keys if key[1] == name] for name in sorted({key[1] for key in keys})
    }
    return {
        name: _repeated(chosen, rounds) for name, chosen in {"all": keys, **by_criterion}.items()
    }


def _repeated(keys: Sequence[tuple[int, str]], rounds: Sequence[Levels]) -> Repeated:
    levels = [[one.get(key) for one in rounds] for key in keys]
    known = [[one for one in each if one is not None] for each in levels]
    several = [each for each in known if len(each) > 1]
    pairs = [
        (one, other)
        for each in levels
        for one, other in itertools.combinations(each, 2)
        if one is not None and other is not None
    ]
    first, second = [one for one, _ in pairs], [other for _, other in pairs]
    return Repeated(
        answers=len(keys),
        rounds=len(rounds),
        spread=statistics.fmean(map(statistics.pstdev, several)) if several else None,
        widest=max((max(each) - min(each) for each in several), default=None),
        exact=agreement.exact(first, second),
        qwk=agreement.qwk(first, second),
        pearson=agreement.pearson(first, second),
        unsure=statistics.fmean(0 < len(each) < len(rounds) for each in known) if known else None,
    )
