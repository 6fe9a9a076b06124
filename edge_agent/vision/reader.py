"""One frame becomes one reading."""

from __future__ import annotations

from edge_agent.flow import FrameReading, VideoFrame
from edge_agent.vision.brows import brows
from edge_agent.vision.canonical import Points
from edge_agent.vision.extent import face_height_ratio
from edge_agent.vision.eyes import BlinkReader, openness
from edge_agent.vision.face import FaceFinder
from edge_agent.vision.gaze import gaze
from edge_agent.vision.head_pose import HeadPoseReader
from edge_agent.vision.mouth import mouth
from edge_agent.vision.optics import Optics


class FrameReader:
    """The whole path of a frame. The largest face is the candidate."""

    def __init__(self, finder: FaceFinder, horizontal_fov_deg: float) -> None:
        self._finder = finder
        self._fov_deg = horizontal_fov_deg
        self._optics = Optics.from_fov(640, 480, horizontal_fov_deg)
        self._heads = HeadPoseReader(self._optics)
        self._blinks = BlinkReader()
        self.with_gaze, self.with_expression = True, True
        """What policy switches off is not computed."""
        self.landmarks: Points | None = None
        """The candidate's in the last frame that was read, pixels (478, 3)."""

    def read(self, frame: VideoFrame) -> FrameReading:
        """A frame without a face is a reading too: nobody is there."""
        self._fit(frame)
        faces = self._finder.find(frame)
        self.landmarks = faces[0] if faces else None
        if not faces:
            self._heads.reset()
            return FrameReading(frame.index, frame.mono_ns, 0)
        points = faces[0]
        placed = self._heads.read(points)
        eyes = self._blinks.read(*openness(points), frame.mono_ns)
        # Under a closed lid the iris points are a guess.
        seen = placed if self.with_gaze and not eyes.closed else None
        head = placed.pose if placed else None
        return FrameReading(
            frame.index,
            frame.mono_ns,
            len(faces),
            head,
            eyes,
            gaze(points, seen, self._optics) if seen else None,
            mouth(points) if self.with_expression else None,
            brows(points) if self.with_expression else None,
            face_height_ratio=face_height_ratio(points, frame.image.shape[0]),
        )

    def _fit(self, frame: VideoFrame) -> None:
        height, width = frame.image.shape[:2]
        if (width, height) != (self._optics.width, self._optics.height):
            self._optics = Optics.from_fov(width, height, self._fov_deg)
            self._heads = HeadPoseReader(self._optics)
