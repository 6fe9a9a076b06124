"""What one frame says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Rgb: TypeAlias = npt.NDArray[np.uint8]
"""A picture, shape (height, width, 3), contiguous, red first."""


@dataclass(frozen=True, slots=True)
class VideoFrame:
    """One picture as the camera (or a replayed file) gave it."""

    index: int
    mono_ns: int
    image: Rgb


@dataclass(frozen=True, slots=True)
class HeadPose:
    """Head rotation in degrees: yaw to the candidate's left, pitch up, roll to their right shoulder."""

    yaw_deg: float
    pitch_deg: float
    roll_deg: float


@dataclass(frozen=True, slots=True)
class Eyes:
    """Eye aspect ratios; `blink_ended` is true on the one frame on which a blink ended."""

    left_openness: float
    right_openness: float
    closed: bool
    blink_ended: bool


@dataclass(frozen=True, slots=True)
class Gaze:
    """Direction of gaze in the camera's frame, uncalibrated; signs as for `HeadPose`. `from_cm` is the
    place between the eyeballs it starts from, in the camera's axes (x right, y down, z away).
    """

    yaw_deg: float
    pitch_deg: float
    from_cm: tuple[float, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Mouth:
    """Mouth geometry over the distance of the outer eye corners."""

    open_ratio: float
    width_ratio: float
    smile_ratio: float


@dataclass(frozen=True, slots=True)
class Brows:
    """Brow geometry over the distance of the outer eye corners: height over the eyes, and how far the
    inner ends are apart (a frown brings them together).
    """

    raise_ratio: float
    gap_ratio: float


@dataclass(frozen=True, slots=True)
class ScreenGaze:
    """Where the candidate looks on the screen, after calibration: 0 to 1 from its left and its top;
    outside that beside the screen. `on_screen` allows for the calibration's own error.
    """

    x_ratio: float
    y_ratio: float
    on_screen: bool


@dataclass(frozen=True, slots=True)
class FrameReading:
    """What one analysed frame says. A part is None where it could not be measured."""

    frame_index: int
    mono_ns: int
    faces: int
    head: HeadPose | None = None
    eyes: Eyes | None = None
    gaze: Gaze | None = None
    mouth: Mouth | None = None
    brows: Brows | None = None
    screen: ScreenGaze | None = None
    face_height_ratio: float | None = None
    """The candidate's face over the picture's height: how far away they sit."""


@dataclass(frozen=True, slots=True)
class VisionCounts:
    """Frames since the vision process of this agent first started; restarts included."""

    captured: int
    analysed: int
    dropped: int
    restarts: int
