"""Which questions of the bank one interview asks. Pure.

One of each category before a second of any; easy ones first, hard ones last; among equals a stable
hash of the seed decides, so that the same seed always gives the same plan.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

CATEGORIES: Final = ("behavioral", "technical", "situational", "cultural_fit")
"""In the order they are asked: what one has done is easier to begin with than what one knows."""
DIFFICULTIES: Final = ("easy", "medium", "hard")
SAME_IN_KOREAN: Final = {
    "backend": ("백엔드", "서버"),
    "frontend": ("프론트엔드", "프런트엔드"),
    "data": ("데이터",),
    "devops": ("데브옵스", "인프라"),
    "mobile": ("모바일", "안드로이드"),
}


INTRODUCTION: Final = "introduction"
"""The `question_type` of what opens a structured interview: no other plan has it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question that could be asked. `position` None: fits any."""

    id: int
    key: str
    category: str
    difficulty: str
    position: str | None


def choose(
    bank: Sequence[Candidate], *, position: str, count: int, seed: str
) -> tuple[Candidate, ...]:
    """At most `count` questions in the order to ask; fewer where the bank has no more that fit."""
    left = [one for one in bank if fits(one.position, position)]
    chosen: list[Candidate] = []
    for slot in range(count):
        if not left:
            break
        wanted = _difficulty(slot, count)
        taken = [one.category for one in chosen]
        best = min(left, key=lambda one: _rank(one, taken, wanted, seed))
        chosen.append(best)
        left.remove(best)
    return tuple(chosen)


def fits(wanted: str | None, position: str) -> bool:
    """Whether a question for `wanted` may be asked for a posting's position, in either language."""
    if wanted is None:
        return True
    names = (wanted.lower(), *SAME_IN_KOREAN.get(wanted.lower(), ()))
    return any(name in position.lower() for name in names)


def _rank(
    one: Candidate, taken: list[str], wanted: int, seed: str
) -> tuple[int, int, int, bool, str]:
    return (
        taken.count(one.category),
        CATEGORIES.index(one.category),
        abs(DIFFICULTIES.index(one.difficulty) - wanted),
        one.position is None,
        hashlib.sha256(f"{seed}:{one.key}".encode()).hexdigest(),
    )


def _difficulty(slot: int, count: int) -> int:
    """The index in DIFFICULTIES that a slot asks for: rising over the interview."""
    if count == 1:
        return 1
    return min(2, slot * 3 // (count - 1)) if count > 2 else slot
