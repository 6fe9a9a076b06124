"""Cutting a turned rectangle out of a picture, and putting landmarks of the crop back."""

from __future__ import annotations

import math

import numpy as np

from edge_agent.flow import Rgb
from edge_agent.vision.canonical import Points
from edge_agent.vision.tracking.roi import Roi


def whole(width: int, height: int) -> Roi:
    """The picture with bars above and below, or left and right, so that it is square."""
    side = float(max(width, height))
    return Roi(width / 2, height / 2, side, side)


def cut(image: Rgb, roi: Roi, size: tuple[int, int], *, bars: bool = False) -> Rgb:
    """What `roi` shows, scaled to `size` (width, height); outside the picture its edge goes on, or is
    black where `bars`.
    """
    import cv2

    return np.asarray(
        cv2.warpAffine(
            image,
            _matrix(roi, *size),
            size,
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_CONSTANT if bars else cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )


def put_back(points: Points, roi: Roi, size: tuple[int, int]) -> Points:
    """Landmarks of a crop of `size` (n, 2 or 3), in pixels of the whole picture; z by the width."""
    matrix = _matrix(roi, *size)
    placed = np.array(points, np.float64)
    placed[:, :2] = points[:, :2] @ matrix[:, :2].T + matrix[:, 2]
    placed[:, 2:] *= roi.width / size[0]
    return placed


def _matrix(roi: Roi, width: int, height: int) -> Points:
    """From pixels of the crop to pixels of the picture, shape (2, 3)."""
    cos, sin = math.cos(roi.turn_rad), math.sin(roi.turn_rad)
    turn = np.array([[cos, -sin], [sin, cos]])
    scaled = turn * np.array([roi.width / width, roi.height / height])
    shift = np.array([roi.x, roi.y]) - turn @ np.array([roi.width / 2, roi.height / 2])
    return np.column_stack([scaled, shift])
