"""Facial expression as classes. Computed only where policy and consent allow; its own message, so that
nothing else has to know of it.
"""

from __future__ import annotations

from dataclasses import dataclass

CLASSES = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")


@dataclass(frozen=True, slots=True)
class EmotionLook:
    """One look: probabilities in the order of `CLASSES`, against the candidate's own neutral. None where
    the model abstains.
    """

    mono_ns: int
    probabilities: tuple[float, ...] | None


@dataclass(frozen=True, slots=True)
class EmotionReadings:
    """All looks of one second, by which model."""

    looks: tuple[EmotionLook, ...]
    model: str
