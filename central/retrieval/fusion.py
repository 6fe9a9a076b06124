"""Several orders become one: reciprocal rank fusion. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final, TypeVar

K: Final = 60
"""How little the very first ranks count more than the next."""

Key = TypeVar("Key", bound=Hashable)


def fuse(orders: Sequence[Sequence[Key]]) -> dict[Key, float]:
    """Each key with its score, the best first: the sum of 1 / (60 + rank) over the orders that have it.
    Equal ones stay in the order in which they first appear.
    """
    scores: dict[Key, float] = {}
    for order in orders:
        for rank, key in enumerate(order, start=1):
            scores[key] = scores.get(key, 0.0) + 1 / (K + rank)
    return dict(sorted(scores.items(), key=lambda item: -item[1]))
