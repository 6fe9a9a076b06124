"""Which beginnings of prompts stay in memory, each in a sequence of its own. Pure bookkeeping.

The one that was not used for longest makes room. A beginning that is shorter than `WORTH_TOKENS` costs
less to read again than to keep.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

WORTH_TOKENS: Final = 32


@dataclass(frozen=True, slots=True)
class Match:
    """The first `length` tokens are in memory, in `sequence`."""

    sequence: int
    length: int


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a beginning goes, after the sequences of `forget` were emptied."""

    sequence: int
    forget: tuple[int, ...]


class Prefixes:
    """Kept beginnings, at most `tokens` of them together."""

    def __init__(self, sequences: Sequence[int], tokens: int) -> None:
        self._free = list(sequences)
        self._tokens = tokens
        self._kept: dict[int, NDArray[np.int64]] = {}
        """By sequence; the one used last is the last."""

    def longest(self, tokens: Sequence[int]) -> Match | None:
        """The kept beginning that has most in common with these tokens; counts as a use of it."""
        wanted = np.asarray(tokens, np.int64)
        matches = [Match(one, _common(kept, wanted)) for one, kept in self._kept.items()]
        best = max(matches, key=lambda match: match.length, default=None)
        if best is None or best.length < WORTH_TOKENS:
            return None
        self._kept[best.sequence] = self._kept.pop(best.sequence)
        return best

    def place(self, tokens: Sequence[int]) -> Placement | None:
        """Room for this beginning; None: it is there already, too short, or too long."""
        wanted = np.asarray(tokens, np.int64)
        if not WORTH_TOKENS <= len(wanted) <= self._tokens:
            return None
        if any(_common(kept, wanted) == len(wanted) for kept in self._kept.values()):
            return None
        forget: list[int] = []
        while self._kept and (not self._free or self._held() + len(wanted) > self._tokens):
            oldest = next(iter(self._kept))
            del self._kept[oldest]
            self._free.append(oldest)
            forget.append(oldest)
        if not self._free:
            return None
        sequence = self._free.pop()
        self._kept[sequence] = wanted
        return Placement(sequence, tuple(forget))

    def _held(self) -> int:
        return sum(len(kept) for kept in self._kept.values())


def _common(one: NDArray[np.int64], other: NDArray[np.int64]) -> int:
    length = min(len(one), len(other))
    differ = np.flatnonzero(one[:length] != other[:length])
    return int(differ[0]) if len(differ) else length
