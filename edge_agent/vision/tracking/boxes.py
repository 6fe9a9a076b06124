"""A detector over a whole picture, or a part of one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from edge_agent.flow import Rgb
from edge_agent.vision.canonical import Points
from edge_agent.vision.inference import Network
from edge_agent.vision.tracking.crop import cut, whole
from edge_agent.vision.tracking.detection import Detector, anchors, detections


@dataclass(frozen=True, slots=True)
class Found:
    """A detection in pixels: upper left and lower right corner (2, 2), points (n, 2), how sure."""

    box: Points
    points: Points
    score: float


class Boxes:
    """Runs a detector's network and understands what it says."""

    def __init__(self, detector: Detector, network: Network) -> None:
        self._detector, self._network = detector, network
        self._anchors = anchors(detector)

    def find(self, image: Rgb) -> list[Found]:
        """The surest first."""
        height, width = image.shape[:2]
        square = whole(width, height)
        out = self._network.run(cut(image, square, self._network.size, bars=True))
        side = square.width
        corner = np.array([square.x - side / 2, square.y - side / 2])
        found = detections(self._detector, self._anchors, out["boxes"], out["scores"])
        return [
            Found(one.box.reshape(2, 2) * side + corner, one.points * side + corner, one.score)
            for one in found
        ]
