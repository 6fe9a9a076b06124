"""Which parts of the room move, and which stand still. Pure: time is an argument.

A part moves when its mark changes: a counter that goes up only when work is done, so that a part which
is merely asked cannot pretend. A part that has nothing to do is told to rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Still:
    """A part that has not moved for longer than it may."""

    part: str
    for_s: float

    def __str__(self) -> str:
        return f"{self.part} has not moved for {self.for_s:.0f} s"


class Liveness:
    """`limits_s`: how long each part may stand still. All of them move at `now_s`."""

    def __init__(self, limits_s: Mapping[str, float], now_s: float) -> None:
        self._limits_s = dict(limits_s)
        self._marks: dict[str, object] = {}
        self._moved_s = dict.fromkeys(limits_s, now_s)

    def beat(self, part: str, now_s: float) -> None:
        """It moves, or has nothing to do. Raises `KeyError` for a part that nobody named."""
        if part not in self._limits_s:
            raise KeyError(part)
        self._moved_s[part] = now_s

    def mark(self, part: str, mark: object, now_s: float) -> None:
        """It moves where `mark` is another one than before."""
        if part not in self._marks or self._marks[part] != mark:
            self._marks[part] = mark
            self.beat(part, now_s)

    def still(self, now_s: float) -> tuple[Still, ...]:
        """Those that stand, in the order in which they were named."""
        return tuple(
            Still(part, now_s - self._moved_s[part])
            for part, limit_s in self._limits_s.items()
            if now_s - self._moved_s[part] > limit_s
        )
