"""What an interview may measure: a profile's word on each channel, frozen when the interview begins."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Final, Literal

import msgspec

Permission = Literal["off", "on", "with_scoring", "with_consent"]
"""`with_scoring`: where the candidate agreed to be scored by a machine; `with_consent`: where they
agreed to that and, asked apart, to this very channel."""
FEWEST_DAYS: Final = 7
"""Less would erase an interview before anybody had read its report."""
MOST_DAYS: Final = 3_650
Days = Annotated[int, msgspec.Meta(ge=FEWEST_DAYS, le=MOST_DAYS)]
CHANNELS: Final = ("gaze", "expression", "posture", "hands", "people", "emotion")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    ko: str
    en: str


class Channels(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every channel has to be named: what somebody forgot to decide is not decided by us."""

    gaze: Permission
    """Also the calibration, which expression and emotion need."""
    expression: Permission
    """Mouth and brows."""
    posture: Permission
    hands: Permission
    people: Permission
    emotion: Permission
    """Expression as classes."""


class Policy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As it is told to a room, kept with the interview, and read by its report."""

    profile: str
    version: str
    channels: Channels
    pause_in_answer: bool = True
    """The candidate may pause in mid-answer; else a pause waits for the end of the answer."""
    confirm_transcript: bool = False
    """After the last answer the candidate reads, and may correct, what was understood; what is marked
    waits for it."""
    kept: Words | None = None
    """How long what was recorded is kept, for the receipt; None: general words."""
    ask: Words | None = None
    """How to ask for an explanation, a review or deletion; None: general words."""
    kept_days: Days | None = None
    """After so many days everything is deleted; None: by no date."""
    check_devices: bool = True
    """The candidate tries camera, microphone and loudspeaker after the consents."""
    practice: bool = True
    """A question that counts for nothing comes before the first one."""

    def kept_until(self, begun: date) -> date | None:
        """The day on which an interview that begins on `begun` is deleted; None: by no date."""
        return None if self.kept_days is None else begun + timedelta(days=self.kept_days)


def problem(channels: Channels) -> str | None:
    """A sentence on why nobody may measure so; None where one may."""
    if channels.emotion not in {"off", "with_consent"}:
        return "emotion is off or with_consent: nobody is classed without having been asked apart"
    if channels.emotion == "with_consent" and channels.gaze == "off":
        return "emotion needs the calibration, which is gaze's: switch gaze on or emotion off"
    if "with_consent" in {getattr(channels, one) for one in CHANNELS if one != "emotion"}:
        return "with_consent is emotion's alone: no room asks for another channel apart"
    return None


def withheld(policy: Policy | None, *, scoring_consent: bool | None) -> dict[str, str]:
    """Channels that were not measured, and why: "policy", or "scoring_declined" where it depended on a
    consent that was not given. Emotion, which depends on more, is `emotions.reason`'s.
    """
    if policy is None:
        return {}
    found = {}
    for name in CHANNELS[:-1]:
        permission = getattr(policy.channels, name)
        if permission == "off":
            found[name] = "policy"
        elif permission == "with_scoring" and scoring_consent is False:
            found[name] = "scoring_declined"
    return found
