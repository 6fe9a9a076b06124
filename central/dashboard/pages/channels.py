"""What a channel is called, in which unit it is, and between which values it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Look:
    """`label` and `short` are sentences of the catalogues. Values outside low..high are clipped."""

    label: str
    short: str
    unit: str
    digits: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Group:
    """Channels that share a chart in the live room."""

    key: str
    label: str
    channels: tuple[str, ...]


LOOKS: Final[dict[str, Look]] = {
    "head_yaw_deg": Look("Head, left and right", "turn", "°", 1, -45, 45),
    "head_pitch_deg": Look("Head, up and down", "nod", "°", 1, -45, 45),
    "head_roll_deg": Look("Head, tilt", "tilt", "°", 1, -45, 45),
    "head_speed_deg_s": Look("Head movement", "movement", "°/s", 0, 0, 120),
    "gaze_yaw_deg": Look("Gaze, left and right", "side", "°", 1, -45, 45),
    "gaze_pitch_deg": Look("Gaze, up and down", "height", "°", 1, -45, 45),
    "eye_openness_ratio": Look("Eye openness", "open wide", "", 2, 0, 0.5),
    "blinks_count": Look("Blinks", "blinks", "", 0, 0, 4),
    "smile_ratio": Look("Smile geometry", "smile", "", 2, 0, 1),
    "mouth_open_ratio": Look("Mouth opening", "open", "", 2, 0, 1),
    "presence_ratio": Look("Face in view", "in view", "", 2, 0, 1),
    "eyes_closed_ratio": Look("Eyes closed, share", "closed", "", 2, 0, 1),
    "faces_count": Look("Faces in view", "faces", "", 0, 0, 3),
    "level_dbfs": Look("Voice level", "level", " dB", 0, -60, 0),
    "speech_ratio": Look("Share of speech", "speech", "", 2, 0, 1),
    "on_screen_ratio": Look("Gaze on the screen", "on screen", "", 2, 0, 1),
    "screen_x_ratio": Look("Gaze on the screen, across", "across", "", 2, 0, 1),
    "screen_y_ratio": Look("Gaze on the screen, down", "down", "", 2, 0, 1),
    "brow_raise_ratio": Look("Brow height", "brows", "", 2, 0, 0.6),
    "brow_gap_ratio": Look("Gap of the brows", "frown", "", 2, 0, 0.6),
    "shoulder_tilt_deg": Look("Shoulder tilt", "shoulders", "°", 1, -20, 20),
    "shoulder_width_ratio": Look("Shoulder width in the picture", "lean", "", 2, 0, 1),
    "hands_count": Look("Hands in view", "hands", "", 0, 0, 2),
    "hand_speed_ratio_s": Look("Hand movement, hand lengths a second", "gesture", "", 1, 0, 10),
    "people_count": Look("People in view", "people", "", 0, 0, 3),
    "face_height_ratio": Look("Face height in the picture", "nearness", "", 2, 0, 1),
    "brightness_ratio": Look("Brightness of the picture", "light", "", 2, 0, 1),
    "gaze_points": Look("Gaze, points", "gaze", "", 0, 40, 100),
    "gaze_jitter_points": Look("Steadiness of the gaze, points", "steady gaze", "", 0, 40, 100),
    "gaze_compliance_points": Look("Time on the screen, points", "time on screen", "", 0, 40, 100),
    "head_steadiness_points": Look("Steadiness of the head, points", "steady head", "", 0, 40, 100),
    "posture_steadiness_points": Look(
        "Steadiness of the shoulders, points", "steady shoulders", "", 0, 40, 100
    ),
    "expression_points": Look("Expression, points", "expression", "", 0, 40, 100),
    "presence_points": Look("Presence, points", "presence", "", 0, 40, 100),
}
ORDER: Final = tuple(LOOKS)
GROUPS: Final = (
    Group("head", "Head", ("head_yaw_deg", "head_pitch_deg")),
    Group("gaze", "Gaze", ("gaze_yaw_deg", "gaze_pitch_deg")),
    Group("eyes", "Eyes", ("eye_openness_ratio",)),
    Group("mouth", "Mouth", ("smile_ratio", "mouth_open_ratio")),
    Group("voice", "Voice", ("level_dbfs",)),
)


def named(channel: str) -> Look:
    """How to show a channel; one that is not known here is shown under its own name."""
    return LOOKS.get(channel) or Look(channel, channel, "", 2, 0, 1)


def place(channel: str) -> int:
    """Where a channel comes in a list."""
    return ORDER.index(channel) if channel in LOOKS else len(ORDER)
