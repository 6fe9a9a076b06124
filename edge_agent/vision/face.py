"""Landmarks of every face in a picture, by MediaPipe."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import numpy as np

from edge_agent.errors import ModelError
from edge_agent.flow import VideoFrame
from edge_agent.vision.canonical import Points


class FaceFinder(Protocol):
    """Finds faces."""

    @property
    def provider(self) -> str:
        """What computes."""
        ...

    def find(self, frame: VideoFrame) -> tuple[Points, ...]:
        """Landmarks in pixels, shape (478, 3) each, the largest face first."""
        ...

    def close(self) -> None:
        """Gives the model back."""
        ...


class MediaPipeFaces:
    """FaceLandmarker in VIDEO mode on the CPU (XNNPACK).

    Two faces are asked for: with one, VIDEO mode smooths all landmarks and eats small gaze shifts.
    """

    provider = "mediapipe-cpu"

    def __init__(self, model: Path) -> None:
        """Loads and warms the model.

        Raises:
            ModelError: the bundle is not one.
        """
        self._last_ms = -1
        self._mp, self._landmarker = _create(model)
        self.find(VideoFrame(0, 0, np.zeros((480, 640, 3), np.uint8)))

    def find(self, frame: VideoFrame) -> tuple[Points, ...]:
        """Timestamps may repeat or go back (a replay): the landmarker gets increasing ones."""
        self._last_ms = max(self._last_ms + 1, frame.mono_ns // 1_000_000)
        # The array must be whole and stay alive: mp.Image neither copies nor heeds strides.
        picture = np.ascontiguousarray(frame.image)
        image = self._mp.Image(image_format=self._mp.ImageFormat.SRGB, data=picture)
        found = self._landmarker.detect_for_video(image, self._last_ms)
        height, width = picture.shape[:2]
        scale = np.array([width, height, width], np.float64)
        faces = [
            np.array([(p.x, p.y, p.z) for p in face], np.float64) * scale
            for face in found.face_landmarks
        ]
        return tuple(sorted(faces, key=_area, reverse=True))

    def close(self) -> None:
        """Without it MediaPipe raises at interpreter exit."""
        self._landmarker.close()


def _create(model: Path) -> tuple[Any, Any]:
    import mediapipe as mp
    from mediapipe.tasks import python as tasks

    options = tasks.vision.FaceLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(model)),
        running_mode=tasks.vision.RunningMode.VIDEO,
        num_faces=2,
    )
    try:
        return mp, tasks.vision.FaceLandmarker.create_from_options(options)
    except (ValueError, RuntimeError, OSError) as error:
        first = str(error).splitlines()[0]
        raise ModelError(model.name, f"cannot be loaded ({first}); build it again") from error


def _area(face: Points) -> float:
    width, height = np.ptp(face[:, 0]), np.ptp(face[:, 1])
    return float(width * height)
