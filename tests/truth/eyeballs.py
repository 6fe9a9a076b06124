"""Eyes of known direction: a white sphere with an iris and a pupil, seen through the lids."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge_agent.vision.canonical import Points

RADIUS_CM = 1.2
BEHIND_CM = 0.85
"""From the middle of an eye's corners into the head: the mean anatomy that `vision.gaze` assumes."""
_IRIS_CM, _PUPIL_CM = 0.59, 0.2
_SOFT_CM = 0.04
_WHITE = np.array([205.0, 198.0, 194.0])
_IRIS = np.array([92.0, 66.0, 48.0])
_RIM = np.array([48.0, 36.0, 30.0])
_PUPIL = np.array([14.0, 12.0, 12.0])
_CORNER = np.array([150.0, 100.0, 92.0])
"""Where no eyeball is behind the lids."""


@dataclass(frozen=True, slots=True)
class Eyeball:
    """In the camera's axes: centre in centimetres, and where it looks (unit)."""

    centre_cm: Points
    towards: Points


def colours(eye: Eyeball, rays: Points) -> Points:
    """What each ray from the camera (n, 3) meets, as red, green, blue (n, 3)."""
    rays = rays / np.linalg.norm(rays, axis=1, keepdims=True)
    nearest = rays @ eye.centre_cm
    inside = RADIUS_CM**2 - (eye.centre_cm @ eye.centre_cm - nearest**2)
    met = rays * (nearest - np.sqrt(np.maximum(inside, 0.0)))[:, None]
    normal = (met - eye.centre_cm) / RADIUS_CM
    ahead = normal @ eye.towards
    off_cm = RADIUS_CM * np.sqrt(np.maximum(1 - ahead**2, 0.0)) + 10.0 * (ahead < 0)
    facing = np.clip(-(normal * rays).sum(axis=1), 0.0, 1.0)
    colour = _WHITE * (0.55 + 0.45 * facing)[:, None]
    colour = _over(colour, _RIM, off_cm, _IRIS_CM)
    colour = _over(colour, _IRIS, off_cm, _IRIS_CM - 2 * _SOFT_CM)
    colour = _over(colour, _PUPIL, off_cm, _PUPIL_CM)
    return np.where((inside > 0)[:, None], colour, _CORNER)


def _over(below: Points, disc: Points, off_cm: Points, radius_cm: float) -> Points:
    share = np.clip((radius_cm - off_cm) / _SOFT_CM + 0.5, 0.0, 1.0)[:, None]
    return np.asarray(below * (1 - share) + disc * share)
