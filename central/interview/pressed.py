"""What a candidate pressed, decided or wrote, as changes: the part of `projection` for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from central.interview.facts import (
    AnswerConfirmed,
    AnswerTyped,
    Consent,
    HelpCall,
    SurveyAnswered,
)


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """The candidate decided."""

    interview_id: int
    consent: Consent
    wall_ns: int


@dataclass(frozen=True, slots=True)
class HelpCalled:
    """A call for a person goes a step further; outside any interview where there is none."""

    interview_id: int | None
    call: HelpCall
    wall_ns: int


@dataclass(frozen=True, slots=True)
class SpanBegan:
    """A pause of the candidate (`to_mono_ns` None: it goes on), or something that disturbed them."""

    interview_id: int
    turn_key: str
    kind: str
    cause: str
    from_mono_ns: int
    to_mono_ns: int | None
    wall_ns: int
    """When it began."""


@dataclass(frozen=True, slots=True)
class PauseEnded:
    """The candidate goes on."""

    interview_id: int
    turn_key: str
    mono_ns: int
    wall_ns: int


@dataclass(frozen=True, slots=True)
class WroteAnswer:
    """An answer in writing is there."""

    interview_id: int
    typed: AnswerTyped
    wall_ns: int


@dataclass(frozen=True, slots=True)
class WordsConfirmed:
    """The candidate has read what was understood of an answer."""

    interview_id: int
    confirmed: AnswerConfirmed
    wall_ns: int

    @property
    def turn_key(self) -> str:
        """The room's own key of the turn."""
        return self.confirmed.turn_key


@dataclass(frozen=True, slots=True)
class SurveyGiven:
    """Somebody answered the two questions at the end."""

    survey: SurveyAnswered
    wall_ns: int


Pressed: TypeAlias = (
    ConsentGiven | HelpCalled | SpanBegan | PauseEnded | WroteAnswer | WordsConfirmed | SurveyGiven
)
