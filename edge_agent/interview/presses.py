"""What a candidate presses on the kiosk: inputs of `steps`, from the device check to the end.

`turn_id` is the turn that was shown when it was pressed: a second tap is not for the question that has
come up under the finger meanwhile. Empty where none was shown; None: for whichever there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class DonePressed:
    """The candidate is done with this answer."""

    turn_id: str | None = None


@dataclass(frozen=True, slots=True)
class SkipPressed:
    """The candidate skips the question; or a person at central, whose order named its turn."""

    turn_id: str | None = None


@dataclass(frozen=True, slots=True)
class RepeatPressed:
    """The candidate wants to hear the question again."""


@dataclass(frozen=True, slots=True)
class DoesNotKnowPressed:
    """The candidate says that they do not know the answer."""

    turn_id: str | None = None


@dataclass(frozen=True, slots=True)
class PausePressed:
    """The candidate wants a pause."""


@dataclass(frozen=True, slots=True)
class ResumePressed:
    """The candidate goes on, or wants no pause after all."""


@dataclass(frozen=True, slots=True)
class AnswerAgainPressed:
    """The candidate takes the offer to answer a disturbed question again."""


@dataclass(frozen=True, slots=True)
class HelpPressed:
    """The candidate calls a person; no matter of the runner's."""


@dataclass(frozen=True, slots=True)
class HelpWithdrawn:
    """The candidate needs nobody any more."""


@dataclass(frozen=True, slots=True)
class Typed:
    """All that the candidate has written of the open answer so far."""

    text: str


@dataclass(frozen=True, slots=True)
class SentenceWanted:
    """The candidate wants to hear the loudspeaker."""


@dataclass(frozen=True, slots=True)
class DevicesTried:
    """The candidate has tried camera, microphone and loudspeaker, or does not want to."""


@dataclass(frozen=True, slots=True)
class SurveyGiven:
    """1 to 5 each."""

    ease: int
    fairness: int


@dataclass(frozen=True, slots=True)
class Leave:
    """The candidate has read the end: wipe the screen."""


@dataclass(frozen=True, slots=True)
class SentenceCorrected:
    """What the candidate has written so far in the place of one utterance; empty: nothing."""

    turn_id: str
    utterance_id: str
    text: str


@dataclass(frozen=True, slots=True)
class WordsRight:
    """These are the candidate's words, as they stand corrected."""

    turn_id: str


@dataclass(frozen=True, slots=True)
class WordsMisheard:
    """Something was misheard, and a person shall listen."""

    turn_id: str


@dataclass(frozen=True, slots=True)
class StillReading:
    """The candidate touched the screen, or a key, while they read."""


@dataclass(frozen=True, slots=True)
class ConfirmingLeft:
    """The candidate does not want to read the rest."""


Press: TypeAlias = (
    DonePressed
    | SkipPressed
    | RepeatPressed
    | DoesNotKnowPressed
    | PausePressed
    | ResumePressed
    | AnswerAgainPressed
    | HelpPressed
    | HelpWithdrawn
    | Typed
    | SentenceWanted
    | DevicesTried
    | SentenceCorrected
    | WordsRight
    | WordsMisheard
    | StillReading
    | ConfirmingLeft
    | SurveyGiven
    | Leave
)
