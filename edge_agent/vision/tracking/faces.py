"""Faces by the converted networks: the same detector and the same 478 landmarks as MediaPipe's."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from edge_agent.flow import Rgb, VideoFrame
from edge_agent.models.places import FACE_DETECTOR, FACE_LANDMARKS, model_file
from edge_agent.vision.canonical import Points
from edge_agent.vision.inference import Network
from edge_agent.vision.tracking.boxes import Boxes
from edge_agent.vision.tracking.crop import cut, put_back
from edge_agent.vision.tracking.detection import Detector
from edge_agent.vision.tracking.loop import Followed, Follower
from edge_agent.vision.tracking.roi import Roi, around, turn_rad
from edge_agent.vision.tracking.sessions import Sessions
from edge_agent.vision.tracking.sigmoid import sigmoid

SHORT_RANGE = Detector(128, ((8, 2), (16, 6)))
WANTED = 2
"""As MediaPipe is asked for: the candidate, and whoever is beside them."""
_PRESENT = 0.5
_GROWN = 1.5
_RIGHT_CORNER, _LEFT_CORNER = 33, 263
"""Outer eye corners: the line between them is level in the crop."""
_RIGHT_EYE, _LEFT_EYE = 0, 1
"""The same of a detection's points."""


class OnnxFaces:
    """A `FaceFinder`. Landmarks are as the network gives them: nothing is smoothed."""

    def __init__(self, folder: Path | None, sessions: Sessions) -> None:
        """Loads and warms both networks.

        Raises:
            ModelError: one is not built, or is none.
        """
        detector = sessions.open(model_file(FACE_DETECTOR, folder))
        self._network: Network = sessions.open(model_file(FACE_LANDMARKS, folder))
        self._boxes = Boxes(SHORT_RANGE, detector)
        self._follower = Follower(self._detect, self._read, wanted=WANTED)
        self._sessions = sessions

    @property
    def provider(self) -> str:
        return self._sessions.provider

    def find(self, frame: VideoFrame) -> tuple[Points, ...]:
        """Landmarks in pixels, (478, 3) each, the largest face first."""
        faces = [one.points for one in self._follower.step(frame.image)]
        return tuple(sorted(faces, key=_area, reverse=True))

    def close(self) -> None:
        """Sessions end with their last reference."""

    def _detect(self, image: Rgb) -> list[Roi]:
        found = self._boxes.find(image)[:WANTED]
        return [
            around(one.box, turn_rad(one.points[_RIGHT_EYE], one.points[_LEFT_EYE], 0.0)).grown(
                _GROWN
            )
            for one in found
        ]

    def _read(self, image: Rgb, roi: Roi) -> Followed | None:
        size = self._network.size
        out = self._network.run(cut(image, roi, size))
        if sigmoid(out["presence"]).item() < _PRESENT:
            return None
        points = put_back(out["landmarks"].reshape(-1, 3), roi, size)
        level = turn_rad(points[_RIGHT_CORNER], points[_LEFT_CORNER], 0.0)
        return Followed(points, around(points, level).grown(_GROWN, square=True))


def _area(face: Points) -> float:
    width, height = np.ptp(face[:, 0]), np.ptp(face[:, 1])
    return float(width * height)
