"""Frames in, looks out: the path of a frame as the agent has it, and advice over the last seconds."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final

import numpy as np

from edge_agent.flow import CameraHealth, FrameReading, Rgb, VideoFrame
from edge_agent.preview.advice import Seen, advice
from edge_agent.preview.drawing import Look
from edge_agent.telemetry.stillness import Stillness, fingerprint
from edge_agent.vision.camera_health import camera_health
from edge_agent.vision.canonical import Points
from edge_agent.vision.reader import FrameReader

KEPT: Final = 90
"""Frames that advice is about: three seconds at 30 a second."""
FEWEST: Final = 15
"""Advice of fewer frames would be about a camera that sets its exposure."""
HEALTH_EVERY: Final = 15


class Watching:
    """One camera in front of one person. `warm` once advice means something."""

    def __init__(self, reader: FrameReader, wanted_fps: float) -> None:
        self._reader, self._wanted_fps = reader, wanted_fps
        self._seen: deque[Seen] = deque(maxlen=KEPT)
        self._times_ns: deque[int] = deque(maxlen=KEPT)
        self._still = Stillness()
        self._health: CameraHealth | None = None

    @property
    def warm(self) -> bool:
        """Whether enough frames were seen."""
        return len(self._seen) >= FEWEST

    def see(self, frame: VideoFrame) -> Look:
        """What this frame shows."""
        reading = self._reader.read(frame)
        landmarks = self._reader.landmarks
        self._still.see(fingerprint(frame.image), frame.mono_ns)
        if self._health is None or frame.index % HEALTH_EVERY == 0:
            frozen_ms = self._still.frozen_ms(frame.mono_ns) or 0
            self._health = camera_health(frame.image, frame.mono_ns, frozen_ms)
        self._seen.append(_seen(reading, landmarks, frame.image))
        self._times_ns.append(frame.mono_ns)
        fps = self._fps()
        told = (
            advice(self._seen, self._health, fps=fps, wanted_fps=self._wanted_fps)
            if self.warm
            else ("One moment: the camera sets its exposure.",)
        )
        return Look(frame.image, landmarks, reading, self._health, fps, told)

    def _fps(self) -> float | None:
        if len(self._times_ns) < FEWEST:
            return None
        span_ns = self._times_ns[-1] - self._times_ns[0]
        return (len(self._times_ns) - 1) / (span_ns / 1e9) if span_ns > 0 else None


def _seen(reading: FrameReading, landmarks: Points | None, image: Rgb) -> Seen:
    if landmarks is None:
        return Seen(reading)
    height, width = image.shape[:2]
    (left, top), (right, bottom) = _box(landmarks, width, height)
    patch = image[top:bottom:4, left:right:4]
    light = float(patch.mean()) / 255 if patch.size else None
    middle = ((left + right) / 2 / width, (top + bottom) / 2 / height)
    return Seen(reading, middle, light)


def _box(landmarks: Points, width: int, height: int) -> Iterator[tuple[int, int]]:
    most = np.array([width, height])
    for corner in (landmarks[:, :2].min(axis=0), landmarks[:, :2].max(axis=0)):
        x, y = np.clip(corner, 0, most)
        yield int(x), int(y)
