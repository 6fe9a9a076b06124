"""A small rasteriser: which triangle each pixel shows, and what lies between its corners there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from edge_agent.vision.canonical import Points
from tests.truth.canonical_mesh import Triangles

_FLAT_PX2 = 1e-9


@dataclass(frozen=True, slots=True)
class Shown:
    """The pixels that a mesh covers: their places (n,), their triangle (n,), and what was asked to be
    interpolated (n, k).
    """

    x: npt.NDArray[np.intp]
    y: npt.NDArray[np.intp]
    triangle: npt.NDArray[np.intp]
    values: Points


def rasterise(
    pixels: Points, depth: Points, triangles: Triangles, values: Points, size: tuple[int, int]
) -> Shown:
    """`pixels` (v, 2), `depth` (v,) > 0 and `values` (v, k) of all points; `size` is width, height.

    Triangles show their front where their corners run counter-clockwise in the picture; what is nearer
    hides what is behind it. Interpolation is right in perspective (over 1/depth).
    """
    corners = pixels[triangles]
    inside = (corners.max(axis=1) >= 0).all(axis=1) & (corners.min(axis=1) < size).all(axis=1)
    front = np.flatnonzero(inside & (_area(corners) > _FLAT_PX2))
    corners, triangles = corners[front], triangles[front]
    which, x, y = _candidates(corners, size)
    planes = _planes(corners)[which]
    weights = planes[:, :, 0] * x[:, None] + planes[:, :, 1] * y[:, None] + planes[:, :, 2]
    there = weights.min(axis=1) >= 0
    which, x, y = which[there], x[there], y[there]
    near = weights[there] / depth[triangles[which]]
    order = np.argsort(near.sum(axis=1), kind="stable")
    index = np.full((size[1], size[0]), -1, np.intp)
    index[y[order], x[order]] = order  # the nearest is written last
    kept = index[index >= 0]
    share = near[kept] / near[kept].sum(axis=1, keepdims=True)
    mixed = (share[:, :, None] * values[triangles[which[kept]]]).sum(axis=1)
    return Shown(x[kept], y[kept], front[which[kept]], mixed)


def _area(corners: Points) -> Points:
    """Twice the area; positive for a triangle that shows its front."""
    first, second = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    return np.asarray(first[:, 1] * second[:, 0] - first[:, 0] * second[:, 1])


def _candidates(corners: Points, size: tuple[int, int]) -> tuple[Triangles, Triangles, Triangles]:
    """Every whole pixel in the box around each triangle: the triangle's number, x, y."""
    most = np.array(size) - 1
    low = np.clip(np.ceil(corners.min(axis=1)), 0, most + 1).astype(np.intp)
    high = np.clip(np.floor(corners.max(axis=1)), -1, most).astype(np.intp)
    extent = np.maximum(high - low + 1, 0)
    counts = extent.prod(axis=1)
    which = np.repeat(np.arange(len(corners)), counts)
    inside = np.arange(len(which)) - np.repeat(np.cumsum(counts) - counts, counts)
    down, across = np.divmod(inside, np.repeat(extent[:, 0], counts))
    return which, low[which, 0] + across, low[which, 1] + down


def _planes(corners: Points) -> Points:
    """Barycentric weights as planes over the picture, (m, 3, 3)."""
    whole = np.concatenate([corners, np.ones((len(corners), 3, 1))], axis=2)
    return np.asarray(np.linalg.inv(whole).transpose(0, 2, 1))
