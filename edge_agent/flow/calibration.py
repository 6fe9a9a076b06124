"""What a calibration of the gaze found out about one candidate, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


@dataclass(frozen=True, slots=True)
class GazeParameters:
    """From the measured direction of the eyes in the head to the true one, in degrees on each axis:
    `true = gain * measured + kappa`. Yaw to the candidate's left, pitch up.
    """

    kappa_yaw_deg: float
    kappa_pitch_deg: float
    gain_yaw: float
    gain_pitch: float


@dataclass(frozen=True, slots=True)
class PointQuality:
    """One point that was looked at. `spread_deg` and `error_deg` are None where too little was seen,
    `error_deg` also where no fit was found.
    """

    name: str
    """"top_left", ..., "center", "head", "check_1", ..."""
    frames: int
    """Frames while the point counted."""
    kept: int
    """Those of them without blink, saccade or outlier."""
    spread_deg: float | None
    """How restless the gaze was: 1.4826 times the median absolute deviation."""
    error_deg: float | None
    """From the fitted gaze to the point; of the check points this is the error that counts."""
    look_x_ratio: float | None = None
    look_y_ratio: float | None = None
    """Where on the screen the gaze fell; of a result with its fit, while it goes on before any."""


@dataclass(frozen=True, slots=True)
class Neutral:
    """Medians of a candidate at rest, taken while they looked at the points; None: not measured.

    `frames` stand behind the face; `voiced_ms` of reading aloud behind the voice.
    """

    smile_ratio: float | None
    brow_raise_ratio: float | None
    brow_gap_ratio: float | None
    eye_openness_ratio: float | None
    frames: int
    voice_level_dbfs: float | None
    voiced_ms: int
    voice_pitch_hz: float | None = None
    syllable_rate_hz: float | None = None
    """Syllables a second of voice."""


class CalibrationStage(IntEnum):
    """Where a calibration stands; numbers equal `daedam.v1.CalibrationStage`."""

    WAITING = 1
    OFFERED = 2
    READ = 3
    POINT = 4
    HEAD = 5
    CHECK = 6
    DONE = 7


class CalibrationPlace(IntEnum):
    """A point by its `PointQuality.name`, upper case; numbers equal `daedam.v1.CalibrationPlace`."""

    TOP_LEFT = 1
    TOP_RIGHT = 2
    BOTTOM_LEFT = 3
    BOTTOM_RIGHT = 4
    CENTER = 5
    HEAD = 6
    CHECK_1 = 7
    CHECK_2 = 8
    CHECK_3 = 9
    CHECK_4 = 10


@dataclass(frozen=True, slots=True)
class CalibrationProgress:
    """What staff see of a calibration that waits, is offered or goes on: step n of `count` of this
    attempt. `left_ms` until the step ends by itself, or its point is taken for missed.
    """

    stage: CalibrationStage
    name: str = ""
    position: int = 0
    count: int = 0
    attempt: int = 0
    seen: bool = True
    left_ms: int = 0
    missed: int = 0
    points: tuple[PointQuality, ...] = ()
