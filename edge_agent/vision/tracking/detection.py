"""What a single-shot detector's numbers mean: boxes and points at anchors, the surest of each place.

Anchors, decoding and weighted suppression as in MediaPipe's `SsdAnchorsCalculator`,
`TensorsToDetectionsCalculator` and `NonMaxSuppressionCalculator` (Apache-2.0).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge_agent.vision.canonical import Points
from edge_agent.vision.tracking.sigmoid import sigmoid


@dataclass(frozen=True, slots=True)
class Detector:
    """How a detector's output is laid out. `cells` says how many anchors each cell of a stride has."""

    side_px: int
    cells: tuple[tuple[int, int], ...]
    """(stride in pixels, anchors a cell)."""
    least_score: float = 0.5
    most_shared: float = 0.5
    """Intersection over union of two boxes that are one and the same."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A box (left, top, right, bottom) and points (n, 2), in shares of the detector's picture."""

    box: Points
    points: Points
    score: float


def anchors(detector: Detector) -> Points:
    """Centres in shares of the picture, shape (n, 2), in the order of the network's output."""
    made = []
    for stride, count in detector.cells:
        side = -(-detector.side_px // stride)
        down, right = np.mgrid[0:side, 0:side].reshape(2, -1) + 0.5
        made.append(np.repeat(np.column_stack([right, down]) / side, count, axis=0))
    return np.concatenate(made)


def detections(
    detector: Detector, centres: Points, boxes: Points, logits: Points
) -> list[Detection]:
    """From the network's boxes (n, 4 + 2 points) and logits (n, 1); the surest first."""
    scores = sigmoid(logits.reshape(-1))
    sure = np.flatnonzero(scores >= detector.least_score)
    sure = sure[np.argsort(-scores[sure], kind="stable")]
    raw = boxes.reshape(len(centres), -1)[sure].astype(np.float64) / detector.side_px
    middle, half = raw[:, :2] + centres[sure], raw[:, 2:4] / 2
    points = raw[:, 4:].reshape(len(sure), (raw.shape[1] - 4) // 2, 2) + centres[sure, None]
    corners = np.concatenate([middle - half, middle + half], axis=1)
    return _surest(corners, points, scores[sure], detector.most_shared)


def _surest(boxes: Points, points: Points, scores: Points, most_shared: float) -> list[Detection]:
    """Of boxes that cover each other one, in the mean place of all, by their scores."""
    found, left = [], np.arange(len(scores))
    while len(left):
        first = left[0]
        shared = _shared(boxes[first], boxes[left])
        same = left[shared > most_shared]
        if not len(same):
            same = left[:1]  # a box without an area shares nothing, not even with itself
        weights = scores[same] / scores[same].sum()
        box = (weights[:, None] * boxes[same]).sum(axis=0)
        place = (weights[:, None, None] * points[same]).sum(axis=0)
        found.append(Detection(box, place, float(scores[first])))
        left = np.setdiff1d(left, same, assume_unique=True)
    return found


def _shared(one: Points, others: Points) -> Points:
    low, high = np.maximum(one[:2], others[:, :2]), np.minimum(one[2:], others[:, 2:])
    both = np.prod(np.clip(high - low, 0.0, None), axis=1)
    area = float(np.prod(one[2:] - one[:2]))
    areas = np.prod(others[:, 2:] - others[:, :2], axis=1)
    return np.asarray(both / np.maximum(area + areas - both, 1e-12))
