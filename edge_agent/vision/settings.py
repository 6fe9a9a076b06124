"""What the vision process is told at its start."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Wanted: TypeAlias = Literal["auto", "cpu", "gpu"]


@dataclass(frozen=True, slots=True)
class EmotionBounds:
    """Which faces the emotion network is not asked about."""

    most_yaw_deg: float = 20.0
    most_pitch_deg: float = 20.0
    least_eyes_apart_px: float = 24.0
    least_brightness_ratio: float = 0.15
    most_brightness_ratio: float = 0.9


@dataclass(frozen=True, slots=True)
class VisionSettings:
    """One source of pictures and how to read them. Paths are strings: they cross a process."""

    camera: str = "0"
    """Number or path of the camera; not used while `replay_file` is set."""
    width: int = 640
    height: int = 480
    fps: float = 30.0
    replay_file: str = ""
    replay_holds_s: tuple[float, ...] = ()
    replay_start_mono_ns: int = 0
    """When the media clock began, as the sound side has it."""
    profile: Wanted = "auto"
    """What looks at the pictures, see `finders`; "auto" is `gpu` where a card really computes."""
    model: str = ""
    """The face bundle; empty: where `edge-agent models build` puts it."""
    models: str = ""
    """The folder of the other models; empty: the same place."""
    posture: bool = False
    """Look for shoulders. What is off is not loaded and not computed."""
    hands: bool = False
    """Look for hands."""
    people: bool = False
    """Look for other people in the picture."""
    gaze: bool = True
    """Read where the eyes look in every frame."""
    expression: bool = True
    """Read mouth and brows in every frame."""
    emotion: bool = False
    """Class the expression: only where policy and consent allow it."""
    emotion_bounds: EmotionBounds = EmotionBounds()
    horizontal_fov_deg: float = 60.0
    """Of the camera; head pose and gaze are computed with it."""
    stall_s: float = 1.0
    """Killed and restarted after this long without a reading."""
    start_timeout_s: float = 30.0
    """Killed where the first reading takes longer."""
