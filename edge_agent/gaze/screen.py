"""Where the screen stands in the camera's axes: a plane through the camera, in centimetres."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Vector: TypeAlias = npt.NDArray[np.float64]
"""Shape (3,), camera axes: x to the picture's right (the candidate's left), y down, z away."""


@dataclass(frozen=True, slots=True)
class Screen:
    """As the candidate sees it. The camera lies in the screen's plane, `camera_right_cm` from the
    middle of its upper edge and `camera_above_cm` over it, and looks `camera_down_deg` down.
    """

    width_cm: float = 53.1
    height_cm: float = 29.9
    camera_right_cm: float = 0.0
    camera_above_cm: float = 1.5
    camera_down_deg: float = 0.0

    def place_cm(self, x_ratio: float, y_ratio: float) -> Vector:
        """A point of the screen: ratios from its left and its top."""
        right = (x_ratio - 0.5) * self.width_cm - self.camera_right_cm
        down = y_ratio * self.height_cm + self.camera_above_cm
        return np.asarray(self._tilt() @ np.array([-right, down, 0.0]))

    def meet(self, from_cm: Vector, towards: Vector) -> tuple[float, float, float] | None:
        """Ratios on the screen's plane where a ray meets it, and how far that is in cm; None where the
        ray leads away from it.
        """
        turned = self._tilt().T
        start, ray = turned @ from_cm, turned @ towards
        if ray[2] >= -1e-6 or start[2] <= 0:
            return None
        far = float(-start[2] / ray[2])
        met = start + far * ray
        x_ratio = 0.5 + (-float(met[0]) + self.camera_right_cm) / self.width_cm
        y_ratio = (float(met[1]) - self.camera_above_cm) / self.height_cm
        return x_ratio, y_ratio, far * float(np.linalg.norm(ray))

    def _tilt(self) -> npt.NDArray[np.float64]:
        """From the axes of an upright camera to those of one that looks down."""
        down = math.radians(self.camera_down_deg)
        c, s = math.cos(down), math.sin(down)
        return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])
