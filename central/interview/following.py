"""Which answer an answer to a follow-up belongs to. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked. `follow_up_of`: the main question that it follows; `counts`: its
    answer was not cut off by a fault.
    """

    turn_id: int
    question_id: int | None
    follow_up_of: int | None
    counts: bool


def main_turns(asked: Iterable[Asked]) -> dict[int, int]:
    """For each turn of a follow-up, that of its main question: where it was asked several times, the
    last before. `asked`: in the order in which they were.
    """
    last: dict[int, int] = {}
    found: dict[int, int] = {}
    for one in asked:
        if one.follow_up_of is not None and one.follow_up_of in last:
            found[one.turn_id] = last[one.follow_up_of]
        if one.question_id is not None and one.counts:
            last[one.question_id] = one.turn_id
    return found
