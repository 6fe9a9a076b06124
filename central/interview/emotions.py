"""Looks at a face become what a report may say of emotion, and otherwise why it says nothing. Pure.

It is no part of any total, score or ranking. The classes are what a network calls a picture of a face
against the same face at rest; nobody knows from them what a person felt.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from central.interview.policy import Policy

CLASSES: Final = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
LEAST_ANSWERED_RATIO: Final = 0.3
LEAST_ANSWERED: Final = 10
"""Fewer looks with an answer, or a smaller share of them, are no mean worth showing."""


@dataclass(frozen=True, slots=True)
class Published:
    """What a network's makers say of it: the share of a public set's pictures that it classes right."""

    accuracy: float
    on: str


PUBLISHED: Final = {"mini-xception-fer2013": Published(0.66, "FER2013")}
"""Arriaga, Valdenegro-Toro and Ploeger, arXiv:1710.07557. Independent tests of such networks on other
faces find about 0.5."""


@dataclass(frozen=True, slots=True)
class Second:
    """The looks of one second, summed. `sums` are of the probabilities of the looks with an answer, in
    the order of `CLASSES`; `abstained` counts the others by reason. `rest_looks` is set where a room
    told of the face at rest instead: how many looks are behind it, with `calibrated` false for too few.
    """

    turn_key: str
    model: str
    answered: int = 0
    sums: tuple[float, ...] = (0.0,) * len(CLASSES)
    abstained: Mapping[str, int] = field(default_factory=dict)
    rest_looks: int | None = None
    calibrated: bool | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What was allowed and agreed to. Consents are None where nobody decided."""

    policy: Policy | None
    scoring_consent: bool | None
    emotion_consent: bool | None


@dataclass(frozen=True, slots=True)
class Emotions:
    """`means` add up to 1; None where not assessed, for `reason`, a stable code. `abstained` is the
    share of all looks by reason, `answered_ratio` what is left of 1; None without looks.
    """

    means: dict[str, float] | None
    reason: str
    looks: int = 0
    answered_ratio: float | None = None
    abstained: dict[str, float] = field(default_factory=dict)
    model: str = ""
    published: Published | None = None


def allowed(asked: Asked) -> bool:
    """Whether emotion may be measured and shown: the policy and both consents say so."""
    return _why_not(asked) == ""


def calibrated(seconds: Sequence[Second]) -> bool | None:
    """Whether the candidate's face at rest is known; None where no room said anything of it."""
    told = [one.calibrated for one in seconds if one.calibrated is not None]
    return any(told) if told else None


def emotions(seconds: Sequence[Second], asked: Asked, *, at_rest: bool | None) -> Emotions:
    """Over these seconds (of an answer, or of all); `at_rest` is `calibrated` of the whole interview."""
    if reason := _why_not(asked):
        return Emotions(None, reason)  # whatever lies there: it may not be read
    if at_rest is False:
        return Emotions(None, "not_calibrated")
    answered = sum(one.answered for one in seconds)
    counts: Counter[str] = Counter()
    for one in seconds:
        counts.update(one.abstained)
    looks = answered + counts.total()
    if looks == 0:
        return Emotions(None, "not_measured")
    sums = [sum(parts) for parts in zip(*(one.sums for one in seconds), strict=True)]
    ratio = answered / looks
    enough = answered >= LEAST_ANSWERED and ratio >= LEAST_ANSWERED_RATIO and sum(sums) > 0
    model = max((one.model for one in seconds), default="")
    return Emotions(
        means=_means(sums) if enough else None,
        reason="" if enough else "abstained",
        looks=looks,
        answered_ratio=round(ratio, 4),
        abstained={name: round(counts[name] / looks, 4) for name in sorted(counts)},
        model=model,
        published=PUBLISHED.get(model),
    )


def _means(sums: Sequence[float]) -> dict[str, float]:
    whole = sum(sums)
    return {name: round(value / whole, 4) for name, value in zip(CLASSES, sums, strict=True)}


def _why_not(asked: Asked) -> str:
    if asked.policy is None:
        return "before_policies"
    if asked.policy.channels.emotion != "with_consent":
        return "policy"
    if asked.scoring_consent is False:
        return "scoring_declined"
    if asked.emotion_consent is None:
        return "not_asked"
    return "" if asked.emotion_consent and asked.scoring_consent else "emotion_declined"
