"""Channels over time: what readings become."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from edge_agent.flow.picture import FrameReading


class Channel(IntEnum):
    """Something measured continuously; numbers equal `daedam.v1.Channel`."""

    PRESENCE_RATIO = 1
    HEAD_YAW_DEG = 2
    HEAD_PITCH_DEG = 3
    HEAD_ROLL_DEG = 4
    HEAD_SPEED_DEG_S = 5
    EYE_OPENNESS_RATIO = 6
    BLINKS_COUNT = 7
    GAZE_YAW_DEG = 8
    GAZE_PITCH_DEG = 9
    MOUTH_OPEN_RATIO = 10
    SMILE_RATIO = 11
    FACES_COUNT = 12
    LEVEL_DBFS = 13
    SPEECH_RATIO = 14
    BROW_RAISE_RATIO = 15
    SHOULDER_TILT_DEG = 16
    SHOULDER_WIDTH_RATIO = 17
    HANDS_COUNT = 18
    HAND_SPEED_RATIO_S = 19
    PEOPLE_COUNT = 20
    SCREEN_X_RATIO = 21
    SCREEN_Y_RATIO = 22
    ON_SCREEN_RATIO = 23
    FACE_HEIGHT_RATIO = 24
    BRIGHTNESS_RATIO = 25
    EYES_CLOSED_RATIO = 26
    BROW_GAP_RATIO = 27
    GAZE_JITTER_POINTS = 30
    GAZE_COMPLIANCE_POINTS = 31
    GAZE_POINTS = 32
    HEAD_STEADINESS_POINTS = 33
    POSTURE_STEADINESS_POINTS = 34
    EXPRESSION_POINTS = 35
    PRESENCE_POINTS = 36
    VOICE_LEVEL_DBFS = 50
    VOICE_LEVEL_SHIFT_DB = 51
    SNR_DB = 52
    CLIPPED_RATIO = 53
    TALK_RATIO = 54
    PAUSES_COUNT = 55
    PAUSES_S = 56
    LONGEST_PAUSE_S = 57
    SYLLABLES_COUNT = 58
    SYLLABLE_RATE_HZ = 59
    SYLLABLE_RATE_RATIO = 60
    PITCH_HZ = 61
    PITCH_ST = 62
    PITCH_SD_ST = 63
    PITCH_SHIFT_ST = 64


@dataclass(frozen=True, slots=True)
class Measure:
    """One channel over a span. `value` is None exactly where `coverage` is 0."""

    channel: Channel
    value: float | None
    coverage: float


@dataclass(frozen=True, slots=True)
class FrameReadings:
    """All analysed frames of one second, in order of capture."""

    frames: tuple[FrameReading, ...]


@dataclass(frozen=True, slots=True)
class ScoreWindow:
    """One second of every channel."""

    start_mono_ns: int
    length_ms: int
    frames_captured: int
    frames_analysed: int
    turn_id: str
    measures: tuple[Measure, ...]
    variant: str = ""
    """Name of the weights behind its points; empty where it has none."""
