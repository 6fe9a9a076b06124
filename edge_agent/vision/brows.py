"""Brow geometry over the distance of the outer eye corners, along the face's own upright."""

from __future__ import annotations

import numpy as np

from edge_agent.flow import Brows
from edge_agent.vision.canonical import Points

_RIGHT_EYE, _LEFT_EYE = (33, 133), (263, 362)
"""Outer corner, inner corner. Corners and not lids: a blink must not lift the brows."""
_RIGHT_BROW, _LEFT_BROW = (70, 63, 105, 66, 107), (300, 293, 334, 296, 336)
"""Upper edge, from the temple inwards."""


def brows(landmarks: Points) -> Brows:
    """From pixels (478, >=2). `raise_ratio` is the mean of both sides."""
    across = landmarks[_LEFT_EYE[0], :2] - landmarks[_RIGHT_EYE[0], :2]
    eyes = max(float(np.linalg.norm(across)), 1e-6)
    down = np.array([-across[1], across[0]]) / eyes
    heights = [
        float((_mean(landmarks, eye) - _mean(landmarks, brow)) @ down)
        for eye, brow in ((_RIGHT_EYE, _RIGHT_BROW), (_LEFT_EYE, _LEFT_BROW))
    ]
    inner = landmarks[_LEFT_BROW[-1], :2] - landmarks[_RIGHT_BROW[-1], :2]
    return Brows(
        raise_ratio=sum(heights) / (len(heights) * eyes),
        gap_ratio=float(np.linalg.norm(inner)) / eyes,
    )


def _mean(landmarks: Points, numbers: tuple[int, ...]) -> Points:
    return np.asarray(landmarks[list(numbers), :2].mean(axis=0))
