"""The shoulders, from the joints that a finder finds."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from edge_agent.flow import Posture, PostureLook, VideoFrame
from edge_agent.vision.looks import Sight

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


class JointFinder(Protocol):
    """Finds one body and follows it."""

    def find(self, frame: VideoFrame) -> Sequence[Joint]:
        """33 joints; none where nobody is there."""
        ...

    def close(self) -> None:
        """Gives the model back."""
        ...


class PostureLooker:
    """Ten looks a second. Joints are smoothed: a shift of 1 % of the picture's width is there after
    0.3 s, one of half that after a second.
    """

    kind = "posture"
    rate_hz = 10.0

    def __init__(self, finder: JointFinder) -> None:
        """Warms the finder."""
        self._finder = finder
        self.look(Sight(VideoFrame(0, 0, np.zeros((480, 640, 3), np.uint8)), None, 0, 0))

    def look(self, sight: Sight) -> PostureLook:
        height, width = sight.frame.image.shape[:2]
        joints = self._finder.find(sight.frame)
        found = posture(joints, width, height) if joints else None
        return PostureLook(sight.frame.mono_ns, found)

    def close(self) -> None:
        self._finder.close()
