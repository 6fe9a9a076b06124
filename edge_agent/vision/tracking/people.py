"""Small faces by the converted full-range detector."""

from __future__ import annotations

from pathlib import Path

from edge_agent.flow import Rgb
from edge_agent.models.places import PEOPLE_DETECTOR, model_file
from edge_agent.vision.people import Box
from edge_agent.vision.tracking.boxes import Boxes, Found
from edge_agent.vision.tracking.detection import Detector
from edge_agent.vision.tracking.sessions import Sessions

FULL_RANGE = Detector(192, ((4, 1),), most_shared=0.3)


class OnnxFaceBoxes:
    """A `BoxFinder`."""

    def __init__(self, folder: Path | None, sessions: Sessions) -> None:
        """Loads and warms the network.

        Raises:
            ModelError: it is not built, or is none.
        """
        self._boxes = Boxes(FULL_RANGE, sessions.open(model_file(PEOPLE_DETECTOR, folder)))

    def find(self, image: Rgb) -> list[Box]:
        """Faces in pixels of the picture."""
        return [_box(one) for one in self._boxes.find(image)]

    def close(self) -> None:
        """Sessions end with their last reference."""


def _box(found: Found) -> Box:
    (x, y), (width, height) = found.box[0].tolist(), (found.box[1] - found.box[0]).tolist()
    return Box(x, y, width, height, found.score)
