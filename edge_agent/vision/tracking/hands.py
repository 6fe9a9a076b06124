"""Hands by the converted networks: the same detector and landmarks as MediaPipe's."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from edge_agent.flow import Rgb, VideoFrame
from edge_agent.models.places import HAND_DETECTOR, HAND_LANDMARKS, model_file
from edge_agent.vision.canonical import Points
from edge_agent.vision.tracking.boxes import Boxes
from edge_agent.vision.tracking.crop import cut, put_back
from edge_agent.vision.tracking.detection import Detector
from edge_agent.vision.tracking.loop import Followed, Follower
from edge_agent.vision.tracking.roi import UPRIGHT_RAD, Roi, around, around_turned, turn_rad
from edge_agent.vision.tracking.sessions import Sessions

PALM = Detector(192, ((8, 2), (16, 6)), most_shared=0.3)
WANTED = 2
_PRESENT = 0.5
_WRIST, _MIDDLE_KNUCKLE = 0, 2
"""Of a detection's points: the line between them is upright in the crop."""
_FIRST_GROWN, _FIRST_UP = 2.6, 0.5
"""From a palm to the whole hand."""
_GROWN, _UP = 2.0, 0.1
_STEADY = (0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18)
"""Palm and first joints: fingertips come and go."""
_JOINTS = (6, 10, 14)
_CLOSE, _MOST_CLOSE, _LEAST_SHARED = 0.2, 10, 0.2
"""Two hands with that many landmarks closer than this share of a palm are one that was found twice."""


class OnnxHands:
    """A `HandFinder` of up to two hands."""

    def __init__(self, folder: Path | None, sessions: Sessions) -> None:
        """Loads and warms both networks.

        Raises:
            ModelError: one is not built, or is none.
        """
        self._boxes = Boxes(PALM, sessions.open(model_file(HAND_DETECTOR, folder)))
        self._network = sessions.open(model_file(HAND_LANDMARKS, folder))
        self._follower = Follower(self._detect, self._read, wanted=WANTED, keeps=True)

    def find(self, frame: VideoFrame) -> tuple[Points, ...]:
        """Landmarks in pixels, (21, 2) each."""
        kept: list[Followed] = []
        twice: list[Followed] = []
        for one in self._follower.step(frame.image):
            again = any(_same(one.points, other.points) for other in kept)
            (twice if again else kept).append(one)
        self._follower.drop([one.next for one in twice])
        return tuple(one.points[:, :2] for one in kept)

    def close(self) -> None:
        """Sessions end with their last reference."""

    def _detect(self, image: Rgb) -> list[Roi]:
        return [
            around(
                one.box, turn_rad(one.points[_WRIST], one.points[_MIDDLE_KNUCKLE], UPRIGHT_RAD)
            ).grown(_FIRST_GROWN, up=_FIRST_UP, square=True)
            for one in self._boxes.find(image)[:WANTED]
        ]

    def _read(self, image: Rgb, roi: Roi) -> Followed | None:
        size = self._network.size
        out = self._network.run(cut(image, roi, size))
        if out["presence"].item() < _PRESENT:
            return None
        points = put_back(out["landmarks"].reshape(-1, 3), roi, size)
        index, middle, ring = points[list(_JOINTS), :2]
        towards = ((index + ring) / 2 + middle) / 2
        turned = turn_rad(points[0], towards, UPRIGHT_RAD)
        box = around_turned(points[list(_STEADY)], turned)
        return Followed(points, box.grown(_GROWN, up=_UP, square=True))


def _same(a: Points, b: Points) -> bool:
    """MediaPipe's `HandLandmarksDeduplicationCalculator`."""
    near = np.linalg.norm(a[:, :2] - b[:, :2], axis=1) < _CLOSE * max(_palm(a), _palm(b))
    return bool(near.sum() >= _MOST_CLOSE and around(a, 0.0).shared(around(b, 0.0)) > _LEAST_SHARED)


def _palm(hand: Points) -> float:
    corners = hand[[0, 5, 17], :2]
    return float(np.linalg.norm(corners - np.roll(corners, 1, axis=0), axis=1).max())
