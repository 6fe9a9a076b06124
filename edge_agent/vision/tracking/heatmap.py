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
    rows, columns, count = heat.shape
    size = np.array([columns, rows])
    cells = np.floor(points * size).astype(np.int64)
    inside = np.all((cells >= 0) & (cells < size), axis=1)
    reach = np.arange(-_REACH, _REACH + 1)
    across, down = cells[:, :1] + reach, cells[:, 1:] + reach  # (n, 7)
    near = heat[
        np.clip(down, 0, rows - 1)[:, :, None],
        np.clip(across, 0, columns - 1)[:, None, :],
        np.arange(count)[:, None, None],
    ]
    there = ((down >= 0) & (down < rows))[:, :, None] & ((across >= 0) & (across < columns))[
        :, None
    ]
    weights = sigmoid(near) * there  # (n, down, across)
    sure = inside & (weights.max(axis=(1, 2)) >= _SURE)
    total = np.maximum(weights.sum(axis=(1, 2)), _SURE)
    x = (weights.sum(axis=1) * across).sum(axis=1) / total / columns
    y = (weights.sum(axis=2) * down).sum(axis=1) / total / rows
    return np.where(sure[:, None], np.column_stack([x, y]), points)
