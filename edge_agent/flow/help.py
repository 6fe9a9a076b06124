"""A candidate calls a person, and what staff say of the open answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class HelpStep(IntEnum):
    """What became of a call; numbers equal `daedam.v1.HelpStep`."""

    CALLED = 1
    WITHDRAWN = 2
    TOLD = 3


@dataclass(frozen=True, slots=True)
class HelpCall:
    """One step of a call."""

    call_id: str
    step: HelpStep
    turn_id: str


@dataclass(frozen=True, slots=True)
class AnswerHelp:
    """Somebody is coming: tell the candidate."""

    call_id: str


@dataclass(frozen=True, slots=True)
class MarkDisturbed:
    """Something that is not the candidate's fault spoiled the open answer until now."""

    cause: str
