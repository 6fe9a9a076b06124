"""Score windows become the behaviour part of a report, of one answer and of the whole interview. Pure.

The result does not depend on when or in which order windows came: a cut cable delays a score and
changes none. What was not measured is "not assessed" with the reason, never a default.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

POINTS_SUFFIX: Final = "_points"
Entry = tuple[float | None, float]
"""Value and coverage 0 to 1 of one channel in one window."""
Window = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a channel's points come from. `needs` names a channel that proves that the eye (or mouth)
    was measured, so that only `reason` was missing; a `source` of "" is never scored, for `reason`.
    """

    channel: str
    source: str
    weight: float
    reason: str
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Scheme:
    """A versioned document: which channels, what each weighs, and from which coverage on it counts."""

    version: str
    least_coverage: float
    sources: tuple[Source, ...]


SCHEME: Final = Scheme(
    version="behaviour-2026-11",
    least_coverage=0.3,
    sources=(
        Source("gaze", "gaze_points", 0.2, "not_calibrated", "gaze_jitter_points"),
        Source("voice", "", 0.2, "voice_not_scored"),
        Source("expression", "expression_points", 0.2, "no_neutral", "smile_ratio"),
        Source("posture", "posture_steadiness_points", 0.2, "not_measured"),
        Source("emotion", "", 0.2, "never_scored"),
    ),
)
"""The five channels of every question, weighed alike: there is no evidence for anything else."""


@dataclass(frozen=True, slots=True)
class ChannelScore:
    """Points 40 to 100, or None and the `reason`. `coverage` 0 to 1 is the share that was measured."""

    channel: str
    points: float | None
    coverage: float
    weight: float
    reason: str


@dataclass(frozen=True, slots=True)
class Behaviour:
    """`total` is over what was assessed; `assessed_weight` 0 to 1 is how much of the scheme that is.
    `variants` are the names of the weights that the room scored the gaze with.
    """

    channels: tuple[ChannelScore, ...]
    total: float | None
    assessed_weight: float
    windows: int
    scheme: str
    variants: tuple[str, ...]


def behaviour(
    windows: Sequence[Window],
    *,
    variants: Iterable[str] = (),
    scoring_consent: bool = True,
    withheld: Mapping[str, str] | None = None,
    scheme: Scheme = SCHEME,
) -> Behaviour:
    """Every channel over `windows` (of an answer, or of all), and their weighted mean. `withheld` says
    why a channel was not to be measured, whatever the windows hold.
    """
    reasons = withheld or {}
    found = tuple(
        _withheld(one, reasons[one.channel])
        if one.channel in reasons
        else _channel(one, windows, scoring_consent, scheme)
        for one in scheme.sources
    )
    known = [(one.points, one.weight) for one in found if one.points is not None]
    weight = sum(weight for _, weight in known)
    return Behaviour(
        channels=found,
        total=round(sum(value * w for value, w in known) / weight, 1) if weight > 0 else None,
        assessed_weight=round(weight / sum(one.weight for one in scheme.sources), 4),
        windows=len(windows),
        scheme=scheme.version,
        variants=tuple(sorted({name for name in variants if name})) if scoring_consent else (),
    )


def weighted(entries: Iterable[Entry]) -> tuple[float | None, float]:
    """Mean of the values, each weighted by its coverage, and the mean coverage of all entries; a value
    without coverage is none.
    """
    every = tuple(entries)
    known = [(value, share) for value, share in every if value is not None and share > 0]
    total = sum(share for _, share in known)
    if total <= 0:
        return None, 0.0
    return sum(value * share for value, share in known) / total, total / len(every)


def without_points(window: Window) -> dict[str, Entry]:
    """The readings alone: what is left where the candidate declined to be scored by a machine."""
    return {name: entry for name, entry in window.items() if not name.endswith(POINTS_SUFFIX)}


def _withheld(source: Source, reason: str) -> ChannelScore:
    return ChannelScore(source.channel, None, 0.0, source.weight, reason)


def _channel(
    source: Source, windows: Sequence[Window], scoring_consent: bool, scheme: Scheme
) -> ChannelScore:
    def missing(reason: str, coverage: float = 0.0) -> ChannelScore:
        return ChannelScore(source.channel, None, round(coverage, 4), source.weight, reason)

    if not scoring_consent:
        return missing("scoring_declined")
    if not source.source:
        return missing(source.reason)
    value, coverage = _over(source.source, windows)
    if value is None:
        needed = bool(source.needs) and _over(source.needs, windows)[0] is not None
        return missing(source.reason if needed else "not_measured")
    if coverage < scheme.least_coverage:
        return missing("too_little", coverage)
    return ChannelScore(source.channel, round(value, 1), round(coverage, 4), source.weight, "")


def _over(name: str, windows: Sequence[Window]) -> tuple[float | None, float]:
    return weighted(window.get(name, (None, 0.0)) for window in windows)
