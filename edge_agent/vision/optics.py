"""The camera as a pinhole."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from edge_agent.vision.canonical import Points


@dataclass(frozen=True, slots=True)
class Optics:
    """Square pixels, principal point in the middle, no distortion."""

    width: int
    height: int
    focal_px: float

    @staticmethod
    def from_fov(width: int, height: int, horizontal_fov_deg: float) -> Optics:
        """From the camera's data sheet. A portrait picture is the same sensor on its side."""
        focal = max(width, height) / 2 / math.tan(math.radians(horizontal_fov_deg) / 2)
        return Optics(width, height, focal)

    @property
    def matrix(self) -> Points:
        """Shape (3, 3)."""
        f = self.focal_px
        return np.array([[f, 0, self.width / 2], [0, f, self.height / 2], [0, 0, 1.0]])

    def project(self, points_cm: Points) -> Points:
        """Camera axes (n, 3) to pixels (n, 2)."""
        middle = np.array([self.width / 2, self.height / 2])
        return np.asarray(points_cm[:, :2] / points_cm[:, 2:] * self.focal_px + middle)

    def ray(self, pixel: Points) -> Points:
        """Direction of a pixel in camera axes, z = 1, shape (3,)."""
        x = (pixel[0] - self.width / 2) / self.focal_px
        y = (pixel[1] - self.height / 2) / self.focal_px
        return np.array([x, y, 1.0])
