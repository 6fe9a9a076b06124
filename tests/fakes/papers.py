"""What a candidate and a company sent, by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from central.language.planning.sources import Looking, Piece


@dataclass(slots=True)
class Papers:
    """The same pieces for every question; remembers what was looked for."""

    found: Sequence[Piece] = ()
    looked_for: list[Looking] = field(default_factory=list[Looking])

    async def pieces(self, looking: Looking) -> Sequence[Piece]:
        self.looked_for.append(looking)
        return self.found
