"""Which frames may be scored: the face not too far turned or away, the picture worth looking at.

What a bound cannot be checked on is not valid.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edge_agent.flow import BodyLook, CameraHealth, FrameReading, Posture, PostureLook
from edge_agent.scoring.rules import Rules


def valid_faces(frames: Iterable[FrameReading], rules: Rules) -> list[FrameReading]:
    """Frames with a face near enough and turned to the camera enough for its landmarks to be good."""
    return [frame for frame in frames if _face_is_valid(frame, rules)]


def valid_postures(looks: Iterable[BodyLook], rules: Rules) -> list[Posture]:
    """Shoulders that are wide enough in the picture: sway is counted in their widths."""
    found = [look.posture for look in looks if isinstance(look, PostureLook) and look.posture]
    return [one for one in found if one.shoulder_width_ratio >= rules.least_shoulder_width_ratio]


def picture_is_valid(healths: Sequence[CameraHealth], rules: Rules) -> bool:
    """Whether each look at the camera found a live picture in fair light.

    A frozen picture would have the steadiest gaze of all.
    """
    return bool(healths) and all(_light_is_valid(one, rules) for one in healths)


def _face_is_valid(frame: FrameReading, rules: Rules) -> bool:
    head, height = frame.head, frame.face_height_ratio
    return (
        head is not None
        and height is not None
        and abs(head.yaw_deg) <= rules.most_yaw_deg
        and abs(head.pitch_deg) <= rules.most_pitch_deg
        and height >= rules.least_face_height_ratio
    )


def _light_is_valid(health: CameraHealth, rules: Rules) -> bool:
    light = health.brightness_ratio
    dead = health.frozen or health.black or health.over_exposed
    return not dead and rules.least_brightness_ratio <= light <= rules.most_brightness_ratio
