"""`[emotion]` of the configuration: when a face may be classed, and how sure is sure enough."""

from __future__ import annotations

import math

from edge_agent.errors import ConfigError
from edge_agent.section import Section


class Emotion(Section, frozen=True):
    """Expression as classes. It is read only where the interview's policy and the candidate allow it,
    and only against the candidate's own face at rest.
    """

    temperature: float = 1.5
    """Above 1: less sure than the network says of itself. Fit it on labelled faces of your own; the
    default was fitted on none."""
    floor_p: float = 0.01
    """What the network gives a class below this means nothing."""
    rest_neutral_p: float = 0.6
    """How sure a face exactly at rest is called neutral."""
    least_margin_p: float = 0.2
    """Where the two likeliest classes are nearer than this, none is named."""
    least_rest_looks: int = 10
    """Fewer looks at the face at rest, of five a second, and the candidate is not read at all."""
    most_yaw_deg: float = 20.0
    """Nobody is read whose head is turned further: the network has seen faces from the front."""
    most_pitch_deg: float = 20.0
    least_eyes_apart_px: float = 24.0
    """Nobody is read whose eyes are nearer to each other in the picture: what the network gets is then
    made up between pixels. 26 is as many as it looks at."""
    least_brightness_ratio: float = 0.15
    """Mean light of the face over full scale."""
    most_brightness_ratio: float = 0.9


def check_emotion(emotion: Emotion) -> None:
    """Raises `ConfigError` where the figures are no shares or no bounds."""
    for key in ("floor_p", "rest_neutral_p", "least_margin_p"):
        if not 0 < getattr(emotion, key) < 1:
            raise ConfigError(f"emotion.{key}", "must be greater than 0 and less than 1")
    for key in ("temperature", "most_yaw_deg", "most_pitch_deg", "least_eyes_apart_px"):
        if not 0 < getattr(emotion, key) < math.inf:
            raise ConfigError(f"emotion.{key}", "must be greater than 0")
    if emotion.least_rest_looks < 1:
        raise ConfigError("emotion.least_rest_looks", "must be at least 1")
    low, high = emotion.least_brightness_ratio, emotion.most_brightness_ratio
    if not 0 <= low < high <= 1:
        key = "emotion.most_brightness_ratio"
        raise ConfigError(key, f"{high} must be greater than least_brightness_ratio, at most 1")
