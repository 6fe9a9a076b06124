"""Head rotation from landmarks: perspective-n-point on the canonical face's rigid points.

R = Ry(-yaw) Rx(-pitch) Rz(-roll) in the camera's axes (x right, y down, z away): yaw turns to the
candidate's left, pitch up, roll to their right shoulder.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from edge_agent.flow import HeadPose
from edge_agent.vision.canonical import RIGID, RIGID_CM, Points
from edge_agent.vision.optics import Optics


@dataclass(frozen=True, slots=True)
class Placed:
    """A head in the camera's axes: rotation (3, 3), translation (3,) in cm of the canonical face."""

    rotation: Points
    translation_cm: Points
    pose: HeadPose


class HeadPoseReader:
    """Solves frame after frame, each from where the last one ended."""

    def __init__(self, optics: Optics) -> None:
        self._optics = optics
        self._last: tuple[Points, Points] | None = None

    def read(self, landmarks: Points) -> Placed | None:
        """From pixels, shape (478, >=2); None where the points fit no head."""
        import cv2

        pixels = np.ascontiguousarray(landmarks[RIGID, :2])
        turn, shift = self._last or _guess(pixels, self._optics)
        solved, turn, shift = cv2.solvePnP(
            RIGID_CM,
            pixels,
            self._optics.matrix,
            None,
            turn.copy(),
            shift.copy(),
            useExtrinsicGuess=True,
            flags=cv2.SOLVEPNP_ITERATIVE,
        )
        if not solved or not np.isfinite(shift).all() or shift[2, 0] <= 0:
            self._last = None
            return None
        self._last = (turn, shift)
        rotation = np.asarray(cv2.Rodrigues(turn)[0], np.float64)
        return Placed(rotation, shift[:, 0], angles(rotation))

    def reset(self) -> None:
        """The face was lost: the next one starts afresh."""
        self._last = None


def rotation(pose: HeadPose) -> Points:
    """The matrix of three angles, shape (3, 3)."""
    yaw, pitch, roll = (-math.radians(a) for a in (pose.yaw_deg, pose.pitch_deg, pose.roll_deg))
    (cy, sy), (cp, sp), (cr, sr) = ((math.cos(a), math.sin(a)) for a in (yaw, pitch, roll))
    turn_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    turn_x = np.array([[1, 0, 0], [0, cp, -sp], [0, sp, cp]])
    turn_z = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return np.asarray(turn_y @ turn_x @ turn_z)


def angles(matrix: Points) -> HeadPose:
    """The three angles of a matrix."""
    forward = -matrix[:, 2]
    yaw_deg, pitch_deg = direction(forward)
    level = rotation(HeadPose(yaw_deg, pitch_deg, 0.0))
    rest = level.T @ matrix
    return HeadPose(yaw_deg, pitch_deg, -math.degrees(math.atan2(rest[1, 0], rest[0, 0])))


def direction(vector: Points) -> tuple[float, float]:
    """Yaw and pitch in degrees of a direction in the camera's axes; (0, 0, -1) looks at it."""
    x, y, z = (float(v) for v in vector)
    return math.degrees(math.atan2(x, -z)), math.degrees(math.atan2(-y, math.hypot(x, z)))


def _guess(pixels: Points, optics: Optics) -> tuple[Points, Points]:
    """A head that faces the camera where the points are: the solver cannot end up behind it."""
    size_px = float(np.ptp(pixels[:, 0]))
    depth = optics.focal_px * float(np.ptp(RIGID_CM[:, 0])) / max(size_px, 1.0)
    middle = optics.ray(pixels.mean(axis=0)) * depth
    return np.zeros((3, 1)), middle.reshape(3, 1)
