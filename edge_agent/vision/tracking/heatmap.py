"""Landmarks moved to where a heat map sees them (MediaPipe's `RefineLandmarksFromHeatmapCalculator`)."""

from __future__ import annotations

import numpy as np

from edge_agent.vision.canonical import Points
from edge_agent.vision.tracking.sigmoid import sigmoid

_REACH = 3
"""Cells to each side of a landmark's own."""
_SURE = 0.5


def refined(points: Points, heat: Points) -> Points:
    """Points (n, 2) in shares of the crop, heat (rows, columns, n) as logits. A landmark goes to the
    mean place of the heat around it, where that is sure of anything.
    """
    rows, columns, _ = heat.shape
    moved = np.array(points, np.float64)
    for number, (x, y) in enumerate(points):
        column, row = int(x * columns), int(y * rows)
        if not (0 <= column < columns and 0 <= row < rows):
            continue
        left, top = max(0, column - _REACH), max(0, row - _REACH)
        near = heat[top : row + _REACH + 1, left : column + _REACH + 1, number]
        weights = sigmoid(near)
        if weights.max() < _SURE:
            continue
        across = weights.sum(axis=0) @ (left + np.arange(near.shape[1]))
        down = weights.sum(axis=1) @ (top + np.arange(near.shape[0]))
        moved[number] = across / columns / weights.sum(), down / rows / weights.sum()
    return moved
