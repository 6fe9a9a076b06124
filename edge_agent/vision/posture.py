"""The shoulders, by MediaPipe's PoseLandmarker."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from edge_agent.flow import Posture, PostureLook, VideoFrame
from edge_agent.vision.looks import Sight
from edge_agent.vision.tasks import TaskClock, create, picture

LEFT_SHOULDER, RIGHT_SHOULDER = 11, 12
"""The candidate's own sides."""
VISIBLE = 0.5
"""The model's own threshold for a point that is in the picture and not hidden."""


@dataclass(frozen=True, slots=True)
class Joint:
    """A point of the body over the picture's width and height, and how sure it is to be visible."""

    x: float
    y: float
    visibility: float


def posture(joints: Sequence[Joint], width_px: int, height_px: int) -> Posture | None:
    """From 33 joints; None where a shoulder is hidden or outside the picture: those are guessed."""
    left, right = joints[LEFT_SHOULDER], joints[RIGHT_SHOULDER]
    if not all(_seen(joint) for joint in (left, right)):
        return None
    across_px, down_px = (left.x - right.x) * width_px, (right.y - left.y) * height_px
    return Posture(
        shoulder_tilt_deg=math.degrees(math.atan2(down_px, across_px)),
        shoulder_width_ratio=math.hypot(across_px, down_px) / width_px,
        centre_x_ratio=(left.x + right.x) / 2,
        centre_y_ratio=(left.y + right.y) / 2,
    )


def _seen(joint: Joint) -> bool:
    inside = 0.0 <= joint.x <= 1.0 and 0.0 <= joint.y <= 1.0
    return inside and joint.visibility >= VISIBLE


class PostureLooker:
    """Ten looks a second. VIDEO mode follows the body from look to look, which saves the detector, and
    smooths: a shift of 1 % of the picture's width is there after 0.3 s, one of half that after a second.
    """

    kind = "posture"
    rate_hz = 10.0

    def __init__(self, model: Path) -> None:
        """Loads and warms the model.

        Raises:
            ModelError: the bundle is not one.
        """
        self._clock = TaskClock()
        self._task = create("PoseLandmarker", model)
        self.look(Sight(VideoFrame(0, 0, np.zeros((480, 640, 3), np.uint8)), None, 0, 0))

    def look(self, sight: Sight) -> PostureLook:
        image = np.ascontiguousarray(sight.frame.image)
        mono_ns, (height, width) = sight.frame.mono_ns, image.shape[:2]
        found = self._task.detect_for_video(picture(image), self._clock.ms(mono_ns)).pose_landmarks
        if not found:
            return PostureLook(mono_ns, None)
        joints = [Joint(point.x, point.y, point.visibility) for point in found[0]]
        return PostureLook(mono_ns, posture(joints, width, height))

    def close(self) -> None:
        self._task.close()
