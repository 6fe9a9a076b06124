"""What is behind the emotions of a report."""

from __future__ import annotations

import msgspec

from central.interview.emotions import Emotions


class EmotionsBasis(msgspec.Struct, frozen=True):
    """What is behind `emotions`: looks, the share with an answer, the shares without by reason, the
    network and the accuracy that its makers published, on which pictures.
    """

    looks: int
    answered_ratio: float | None
    abstained: dict[str, float]
    model: str
    published_accuracy: float | None
    published_on: str


def basis(found: Emotions) -> EmotionsBasis:
    """As the API says it."""
    return EmotionsBasis(
        looks=found.looks,
        answered_ratio=found.answered_ratio,
        abstained=found.abstained,
        model=found.model,
        published_accuracy=found.published.accuracy if found.published else None,
        published_on=found.published.on if found.published else "",
    )
