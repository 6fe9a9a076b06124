"""The figures of an evaluator beside people: over all, by criterion, by band. Pure."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from central.language.calibration import agreement
from central.language.calibration.isotonic import Curve, fit
from central.language.calibration.ratings import Rated

BANDS: Final = {"low": (1.0, 2.0), "mid": (2.0, 4.0), "high": (4.0, 5.01)}
"""By the people's mean, from and below. Models are weakest in the middle."""
FEWEST: Final = 30
"""Pairs. Of fewer no curve is drawn."""


@dataclass(frozen=True, slots=True)
class Figures:
    """`pairs` answers and criteria that both marked; `people_qwk`: of people among themselves, None
    where each was rated by one. `abstained`: rated by people, without a level by the machine.
    """

    pairs: int
    abstained: int
    qwk: float | None
    pearson: float | None
    within_one: float | None
    bias: float | None
    people_qwk: float | None


@dataclass(frozen=True, slots=True)
class Beside:
    """An evaluator on trial beside the one that counts, over the answers and criteria that both gave a
    level; `one_alone`: those to which one of them gave none.
    """

    pairs: int
    one_alone: int
    exact: float | None
    qwk: float | None
    within_one: float | None
    bias: float | None


@dataclass(frozen=True, slots=True)
class Calibration:
    """`curves`: by criterion, only where there are enough ratings; elsewhere a level stays as it is.
    `by_wording`: of the prompts, where the file says with which; `trials`: by name.
    """

    whole: Figures
    by_criterion: dict[str, Figures]
    by_band: dict[str, Figures]
    by_wording: dict[str, Figures]
    trials: dict[str, Beside]
    curves: dict[str, Curve]


def calibrate(rated: Sequence[Rated]) -> Calibration:
    """Everything that the ratings say."""
    criteria = sorted({one.criterion for one in rated})
    groups = {name: [one for one in rated if one.criterion == name] for name in criteria}
    return Calibration(
        whole=_figures(rated),
        by_criterion={name: _figures(group) for name, group in groups.items()},
        by_band={
            name: _figures([one for one in rated if one.people and low <= _people(one) < high])
            for name, (low, high) in BANDS.items()
        },
        by_wording={
            name: _figures([one for one in rated if one.wording == name])
            for name in sorted({one.wording for one in rated} - {""})
        },
        trials={
            name: _beside(name, rated)
            for name in sorted({name for one in rated for name in one.trials})
        },
        curves={
            name: fit(pairs)
            for name, group in groups.items()
            if len(pairs := _pairs(group)) >= FEWEST
        },
    )


def _figures(rated: Iterable[Rated]) -> Figures:
    known = [one for one in rated if one.people]
    pairs = _pairs(known)
    machine, people = [one for one, _ in pairs], [other for _, other in pairs]
    return Figures(
        pairs=len(pairs),
        abstained=len(known) - len(pairs),
        qwk=agreement.qwk(machine, people),
        pearson=agreement.pearson(machine, people),
        within_one=agreement.within_one(machine, people),
        bias=agreement.bias(machine, people),
        people_qwk=_among_people(known),
    )


def _beside(name: str, rated: Sequence[Rated]) -> Beside:
    marked = [(one.trials[name], one.machine) for one in rated if name in one.trials]
    both = [(a, b) for a, b in marked if a is not None and b is not None]
    trial, counted = [a for a, _ in both], [b for _, b in both]
    return Beside(
        pairs=len(both),
        one_alone=sum((a is None) != (b is None) for a, b in marked),
        exact=agreement.exact(trial, counted),
        qwk=agreement.qwk(trial, counted),
        within_one=agreement.within_one(trial, counted),
        bias=agreement.bias(trial, counted),
    )


def _pairs(rated: Iterable[Rated]) -> list[tuple[float, float]]:
    return [(one.machine, _people(one)) for one in rated if one.machine is not None and one.people]


def _people(one: Rated) -> float:
    return statistics.fmean(one.people.values())


def _among_people(rated: Iterable[Rated]) -> float | None:
    """Every two raters of the same answer, in both orders: kappa does not ask who came first."""
    both = [pair for one in rated for pair in itertools.permutations(one.people.values(), 2)]
    return agreement.qwk([one for one, _ in both], [other for _, other in both])
