"""What may be measured of a candidate: as the plan allows it, and as it came out."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Permission(IntEnum):
    """When a channel may be measured; numbers equal `daedam.v1.Permission`."""

    OFF = 1
    ON = 2
    WITH_SCORING = 3
    """Where the candidate agreed to be scored by a machine."""
    WITH_CONSENT = 4
    """Where they agreed to that and, asked apart, to this very channel."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The plan's word on each channel; `profile` and `version` say which document it comes from."""

    profile: str
    version: str
    gaze: Permission
    expression: Permission
    posture: Permission
    hands: Permission
    people: Permission
    emotion: Permission
    pause_in_answer: bool = False
    """Else a pause waits for the end of the answer."""
    confirm_transcript: bool = False
    """The candidate reads, and may correct, what was understood."""


@dataclass(frozen=True, slots=True)
class Channels:
    """What is measured now. What is not is neither loaded nor computed nor recorded."""

    gaze: bool = True
    """Where the eyes look, in the camera's frame and on the screen."""
    expression: bool = True
    """Mouth and brows."""
    posture: bool = True
    hands: bool = True
    people: bool = True
    emotion: bool = False


ALL_BUT_EMOTION = Channels()
EVERYTHING = Channels(emotion=True)
