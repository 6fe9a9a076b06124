"""What was understood of an interview, and what its candidate says of that."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer that the candidate is to read."""

    turn_id: str
    question: str


@dataclass(frozen=True, slots=True)
class UtteranceWords:
    """What one utterance was understood as."""

    utterance_id: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """What was understood of one answer so far; `whole`: there will be no more."""

    turn_id: str
    utterances: tuple[UtteranceWords, ...]
    whole: bool


class ConfirmVerdict(IntEnum):
    """What the candidate says of it; numbers equal `daedam.v1.ConfirmVerdict`."""

    RIGHT = 1
    MISHEARD = 2


@dataclass(frozen=True, slots=True)
class Correction:
    """One utterance in the candidate's own words."""

    utterance_id: str
    text: str


@dataclass(frozen=True, slots=True)
class AnswerConfirmed:
    """The candidate has read one answer; `utterance_ids` were on the screen."""

    turn_id: str
    verdict: ConfirmVerdict
    utterance_ids: tuple[str, ...]
    corrections: tuple[Correction, ...]
