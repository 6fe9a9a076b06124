"""The body's joints by the converted networks: the same detector and landmarks as MediaPipe's."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from edge_agent.flow import Rgb, VideoFrame
from edge_agent.models.places import POSE_DETECTOR, POSE_LANDMARKS, model_file
from edge_agent.vision.canonical import Points
from edge_agent.vision.posture import Joint
from edge_agent.vision.tracking.boxes import Boxes
from edge_agent.vision.tracking.crop import cut, put_back
from edge_agent.vision.tracking.detection import Detector
from edge_agent.vision.tracking.heatmap import refined
from edge_agent.vision.tracking.loop import Followed, Follower
from edge_agent.vision.tracking.roi import UPRIGHT_RAD, Roi, turn_rad
from edge_agent.vision.tracking.sessions import Sessions
from edge_agent.vision.tracking.sigmoid import sigmoid
from edge_agent.vision.tracking.smoothing import Smoother

BODY = Detector(224, ((8, 2), (16, 2), (32, 6)))
_PRESENT = 0.5
_GROWN = 1.25
_JOINTS = 33
_HIPS, _CROWN = 33, 34
"""Two more landmarks: the middle of the hips, and where a circle around the body ends."""
_VISIBILITY = 3


class OnnxJoints:
    """A `JointFinder`: one body, smoothed as MediaPipe smooths it."""

    def __init__(self, folder: Path | None, sessions: Sessions) -> None:
        """Loads and warms both networks.

        Raises:
            ModelError: one is not built, or is none.
        """
        self._boxes = Boxes(BODY, sessions.open(model_file(POSE_DETECTOR, folder)))
        self._network = sessions.open(model_file(POSE_LANDMARKS, folder))
        self._follower = Follower(self._detect, self._read, wanted=1)
        self._smoother = Smoother()

    def find(self, frame: VideoFrame) -> tuple[Joint, ...]:
        """33 joints, or none where nobody is there."""
        bodies = self._follower.step(frame.image)
        if not bodies:
            self._smoother.reset()
            return ()
        body = bodies[0].points
        size_px = _length(body[_HIPS], body[_CROWN]) * 2
        raw, visibility = body[:_JOINTS, :2], body[:_JOINTS, _VISIBILITY]
        points, visible = self._smoother.step(raw, visibility, size_px, frame.mono_ns)
        height, width = frame.image.shape[:2]
        return tuple(
            Joint(float(x) / width, float(y) / height, float(sure))
            for (x, y), sure in zip(points, visible, strict=True)
        )

    def close(self) -> None:
        """Sessions end with their last reference."""

    def _detect(self, image: Rgb) -> list[Roi]:
        return [_circle(one.points[0], one.points[1]) for one in self._boxes.find(image)[:1]]

    def _read(self, image: Rgb, roi: Roi) -> Followed | None:
        size = self._network.size
        out = self._network.run(cut(image, roi, size))
        if out["presence"].item() < _PRESENT:
            return None
        raw = out["landmarks"].reshape(-1, 5).astype(np.float64)  # x y z, visible?, present?
        raw[:, :2] = refined(raw[:, :2] / size, out["heatmap"][0]) * size
        points = put_back(raw[:, :3], roi, size)
        visibility = sigmoid(raw[:, _VISIBILITY])
        body = np.column_stack([points, visibility])
        return Followed(body, _circle(body[_HIPS], body[_CROWN]))


def _circle(middle: Points, edge: Points) -> Roi:
    """The square around a circle, with the line from its middle to its edge upright."""
    side = 2 * _length(middle, edge)
    turned = turn_rad(middle, edge, UPRIGHT_RAD)
    return Roi(float(middle[0]), float(middle[1]), side, side, turned).grown(_GROWN)


def _length(start: Points, end: Points) -> float:
    return math.hypot(float(end[0] - start[0]), float(end[1] - start[1]))
