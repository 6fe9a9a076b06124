"""A face of known geometry, and a finder that finds what it is told."""

from __future__ import annotations

import numpy as np

from edge_agent.flow import HeadPose, VideoFrame
from edge_agent.vision.canonical import RIGID, RIGID_CM, Points
from edge_agent.vision.gaze import EYES, RADIUS_CM, eyeball_cm
from edge_agent.vision.head_pose import Placed, rotation
from edge_agent.vision.optics import Optics


def placed(pose: HeadPose, shift_cm: tuple[float, float, float] = (0.0, 0.0, 60.0)) -> Placed:
    """The canonical head, turned and put somewhere in front of the camera."""
    return Placed(rotation(pose), np.array(shift_cm), pose)


def landmarks(head: Placed, optics: Optics) -> Points:
    """Pixels (478, 3) of the rigid points; the others are 0."""
    points = np.zeros((478, 3))
    points[RIGID, :2] = optics.project(RIGID_CM @ head.rotation.T + head.translation_cm)
    return points


def looking(points: Points, head: Placed, optics: Optics, towards: Points) -> Points:
    """The same with irises where eyes that look along `towards` (unit, camera axes) have them."""
    points = points.copy()
    for eye in EYES:
        centre = eyeball_cm(points[[eye[0], eye[1]], :2], head, optics, eye)
        points[eye[2], :2] = optics.project((centre + RADIUS_CM * towards)[None])[0]
    return points


class ToldFaces:
    """A `FaceFinder` that answers from a list, frame after frame."""

    provider = "told"

    def __init__(self, answers: list[tuple[Points, ...]]) -> None:
        self._answers = answers
        self.closed = False

    def find(self, frame: VideoFrame) -> tuple[Points, ...]:
        return self._answers[frame.index]

    def close(self) -> None:
        self.closed = True
