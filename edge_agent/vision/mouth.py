"""Mouth geometry over the distance of the outer eye corners, which no expression changes."""

from __future__ import annotations

import numpy as np

from edge_agent.flow import Mouth
from edge_agent.vision.canonical import Points

_UPPER, _LOWER, _RIGHT, _LEFT = 13, 14, 61, 291
_RIGHT_EYE, _LEFT_EYE = 33, 263


def mouth(landmarks: Points) -> Mouth:
    """From pixels (478, >=2). `smile_ratio` is how far the corners stand over the lip centre, along
    the face's own upright; negative for hanging corners.
    """
    across = landmarks[_LEFT_EYE, :2] - landmarks[_RIGHT_EYE, :2]
    eyes = max(float(np.linalg.norm(across)), 1e-6)
    down = np.array([-across[1], across[0]]) / eyes
    centre = (landmarks[_UPPER, :2] + landmarks[_LOWER, :2]) / 2
    corners = (landmarks[_RIGHT, :2] + landmarks[_LEFT, :2]) / 2
    return Mouth(
        open_ratio=float(np.linalg.norm(landmarks[_UPPER, :2] - landmarks[_LOWER, :2])) / eyes,
        width_ratio=float(np.linalg.norm(landmarks[_LEFT, :2] - landmarks[_RIGHT, :2])) / eyes,
        smile_ratio=float((centre - corners) @ down) / eyes,
    )
