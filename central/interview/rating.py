"""What a person rates, and which of two writes stands. Pure.

A rating is a level 1 to 5 of one criterion of one question, or None: no basis to judge. Both are an
answer; what has neither is not rated yet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any, Final

LOWEST, HIGHEST = 1, 5
WHOLE: Final = "answer"
"""The one criterion of a question without a rubric: the answer as a whole."""
MOST_SEQ: Final = 2**53 - 1
"""The largest number that a browser counts exactly."""


@dataclass(frozen=True, slots=True)
class Rateable:
    """One thing to rate. `anchors[i]` describes level i + 1; empty where nobody wrote any."""

    question_id: int
    criterion: str
    label: str
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spread:
    """How far people are apart over one criterion. None where nobody could judge."""

    levels: tuple[int, ...]
    abstained: int
    lowest: int | None
    highest: int | None
    middle: float | None

    @property
    def apart(self) -> int:
        """Steps between the lowest and the highest."""
        return 0 if self.lowest is None or self.highest is None else self.highest - self.lowest


def rateable(question_id: int, rubric: Mapping[str, Any]) -> tuple[Rateable, ...]:
    """The criteria of a question's rubric, as stored; without one, the answer as a whole."""
    criteria = rubric.get("criteria") or ()
    if not criteria:
        return (Rateable(question_id, WHOLE, ""),)
    return tuple(
        Rateable(question_id, str(one["key"]), str(one["label"]), tuple(map(str, one["anchors"])))
        for one in criteria
    )


def is_level(level: int | None) -> bool:
    """Whether this can be a rating."""
    return level is None or LOWEST <= level <= HIGHEST


def unrated(wanted: Iterable[Rateable], rated: Iterable[tuple[int, str]]) -> tuple[Rateable, ...]:
    """What is still to be rated. `rated`: question and criterion."""
    done = set(rated)
    return tuple(one for one in wanted if (one.question_id, one.criterion) not in done)


def spread(levels: Sequence[int | None]) -> Spread:
    """What several people gave the same criterion."""
    known = tuple(sorted(level for level in levels if level is not None))
    return Spread(
        levels=known,
        abstained=len(levels) - len(known),
        lowest=known[0] if known else None,
        highest=known[-1] if known else None,
        middle=round(mean(known), 1) if known else None,
    )
