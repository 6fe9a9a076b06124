"""An answer in writing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerTyped:
    """What the candidate wrote, once its turn is over."""

    answer_id: str
    turn_id: str
    text: str
    language: str
    ordinal: int
