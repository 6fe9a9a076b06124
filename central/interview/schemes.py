"""The scheme of an interview's stage: what its marks make of 100 points. Pure; the documents are read by
`central/language/schemes.py`.

A channel without any mark is not assessed: it takes no part, and the others' weights are renormalised.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import msgspec

from central.interview import scoring


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In both languages."""

    ko: str
    en: str


class Channel(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One part of the 100 points. `rests_on`: levels of the marks with these criteria or dimensions
    (neither: of all), the share of their keywords that stand in verified evidence, or nothing, and why.
    """

    key: str
    label: Label
    weight: float
    rests_on: Literal["marks", "keywords", "nothing"]
    criteria: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    why_not: str = ""

    def takes(self, mark: SchemeMark) -> bool:
        """Whether the mark belongs to the channel."""
        anything = not self.criteria and not self.dimensions
        return anything or mark.criterion in self.criteria or mark.dimension in self.dimensions


class StageScheme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One document. `stage` 0: of any interview. `needs_person`: no total stands by itself."""

    key: str
    version: str
    stage: int
    label: Label
    channels: tuple[Channel, ...]
    needs_person: bool = False


@dataclass(frozen=True, slots=True)
class SchemeMark:
    """What a scheme needs of a mark. `found` of `groups` keyword groups stand in its evidence."""

    criterion: str
    dimension: str
    level: float | None
    weight: float
    found: int = 0
    groups: int = 0


@dataclass(frozen=True, slots=True)
class ChannelPoints:
    """`points` 0 to 100, or None and the stable `reason`. `share`: of the total, as renormalised."""

    key: str
    label: dict[str, str]
    weight: float
    share: float
    points: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class StageResult:
    """`assessed_weight`: the share of the scheme's weight that stands behind `total`."""

    scheme: str
    version: str
    label: dict[str, str]
    channels: tuple[ChannelPoints, ...]
    total: float | None
    assessed_weight: float
    needs_person: bool

    @property
    def name(self) -> str:
        """The document and its version."""
        return f"{self.scheme} {self.version}"


def apply(scheme: StageScheme, marks: Sequence[SchemeMark]) -> StageResult:
    """The points of every channel, and the total over those that were assessed."""
    points = [_points(channel, marks) for channel in scheme.channels]
    all_weights = sum(channel.weight for channel in scheme.channels)
    weighted = [
        (value, channel.weight)
        for channel, value in zip(scheme.channels, points, strict=True)
        if value is not None
    ]
    assessed = sum(weight for _, weight in weighted)
    return StageResult(
        scheme=scheme.key,
        version=scheme.version,
        label=msgspec.to_builtins(scheme.label),
        channels=tuple(
            ChannelPoints(
                key=channel.key,
                label=msgspec.to_builtins(channel.label),
                weight=channel.weight,
                share=0.0 if value is None else round(channel.weight / assessed, 4),
                points=value,
                reason="" if value is not None else (channel.why_not or "no_evidence"),
            )
            for channel, value in zip(scheme.channels, points, strict=True)
        ),
        total=scoring.mean(weighted),
        assessed_weight=round(assessed / all_weights, 4),
        needs_person=scheme.needs_person,
    )


def _points(channel: Channel, marks: Sequence[SchemeMark]) -> float | None:
    taken = [mark for mark in marks if channel.takes(mark)]
    match channel.rests_on:
        case "marks":
            return scoring.mean(
                (scoring.points(one.level), one.weight) for one in taken if one.level is not None
            )
        case "keywords":
            return scoring.mean(
                (100 * min(one.found, one.groups) / one.groups, one.weight)
                for one in taken
                if one.level is not None and one.groups
            )
        case "nothing":
            return None
