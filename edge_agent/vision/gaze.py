"""Direction of gaze without calibration: where the iris stands on the eyeball, and the head.

Each eyeball is a sphere behind the middle of its corners. Sideways that is where this frame shows them,
so that errors of the head's place cancel; up and down it is where the head's pose has them, because
corner landmarks are drawn along by an iris that moves up or down, and half of such a look would cancel
(docs/accuracy.md). The ray through the iris centre meets the sphere; gaze is the direction from the
sphere's centre to that point. Lengths are anatomical means; a person's own offset (kappa, eye size) is
left in until calibration.
"""

from __future__ import annotations

import math

import numpy as np

from edge_agent.flow import Gaze
from edge_agent.vision.canonical import Points, place_cm
from edge_agent.vision.head_pose import Placed, direction
from edge_agent.vision.optics import Optics

EYES = ((33, 133, 468), (263, 362, 473))
"""Outer corner, inner corner, iris centre: the candidate's right eye, then the left."""
RADIUS_CM = 1.2
"""Centre of the eyeball to the front of the iris."""
BEHIND_CM = 0.85
"""Middle of the corners to the centre of the eyeball, along the face's forward axis."""


def gaze(landmarks: Points, head: Placed, optics: Optics) -> Gaze | None:
    """From pixels (478, >=2); None where no iris lies on its eyeball."""
    found = [one for eye in EYES if (one := _one(landmarks, head, optics, eye)) is not None]
    if not found:
        return None
    towards, centre = np.mean(found, axis=0)
    x_cm, y_cm, z_cm = (float(v) for v in centre)
    return Gaze(*direction(towards), from_cm=(x_cm, y_cm, z_cm))


def eyeball_cm(corners_px: Points, head: Placed, optics: Optics, eye: tuple[int, ...]) -> Points:
    """Centre of an eyeball in the camera's axes, from its two corners in pixels (2, 2)."""
    placed = head.rotation @ ((place_cm(eye[0]) + place_cm(eye[1])) / 2) + head.translation_cm
    seen = optics.ray(corners_px.mean(axis=0)) * float(placed[2])
    across = head.rotation[:, 0]
    middle = placed + across * float(across @ (seen - placed))
    return np.asarray(middle + head.rotation @ np.array([0.0, 0.0, BEHIND_CM]))


def _one(landmarks: Points, head: Placed, optics: Optics, eye: tuple[int, ...]) -> Points | None:
    """Direction and centre of one eyeball, shape (2, 3)."""
    centre = eyeball_cm(landmarks[[eye[0], eye[1]], :2], head, optics, eye)
    ray = optics.ray(landmarks[eye[2], :2])
    ray /= np.linalg.norm(ray)
    nearest = float(ray @ centre)
    inside = RADIUS_CM**2 - (float(centre @ centre) - nearest**2)
    if inside < 0:
        return None
    met = ray * (nearest - math.sqrt(inside))
    return np.asarray([(met - centre) / RADIUS_CM, centre])
