"""MediaPipe's tasks for bodies, hands and small faces, and what all tasks share: being created,
pictures, time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from edge_agent.errors import ModelError
from edge_agent.flow import Rgb, VideoFrame
from edge_agent.vision.canonical import Points
from edge_agent.vision.people import SURE, Box
from edge_agent.vision.posture import Joint


def create(task: str, model: Path, *, video: bool = True, **options: object) -> Any:
    """A task of `mediapipe.tasks.vision` by name, on the CPU (XNNPACK, one thread).

    Raises:
        ModelError: the file is no model of that task.
    """
    from mediapipe.tasks import python as tasks

    vision = tasks.vision
    mode = vision.RunningMode.VIDEO if video else vision.RunningMode.IMAGE
    base = tasks.BaseOptions(model_asset_path=str(model))
    wanted = getattr(vision, f"{task}Options")(base_options=base, running_mode=mode, **options)
    try:
        return getattr(vision, task).create_from_options(wanted)
    except (ValueError, RuntimeError, OSError) as error:
        first = str(error).splitlines()[0]
        raise ModelError(model.name, f"cannot be loaded ({first}); build it again") from error


def picture(image: Rgb) -> Any:
    """MediaPipe's picture of a contiguous array, which the caller keeps alive while it is looked at."""
    import mediapipe as mp

    assert image.flags.c_contiguous, "mp.Image does not heed strides"
    return mp.Image(image_format=mp.ImageFormat.SRGB, data=image)


class TaskClock:
    """Milliseconds that always increase, as a task demands; a replay's may repeat or go back."""

    def __init__(self) -> None:
        self._last_ms = -1

    def ms(self, mono_ns: int) -> int:
        self._last_ms = max(self._last_ms + 1, mono_ns // 1_000_000)
        return self._last_ms


class MediaPipeJoints:
    """PoseLandmarker. VIDEO mode follows the body from look to look, which saves the detector, and
    smooths.
    """

    def __init__(self, model: Path) -> None:
        """Loads the model.

        Raises:
            ModelError: the bundle is not one.
        """
        self._clock, self._task = TaskClock(), create("PoseLandmarker", model)

    def find(self, frame: VideoFrame) -> tuple[Joint, ...]:
        image = np.ascontiguousarray(frame.image)
        at_ms = self._clock.ms(frame.mono_ns)
        found = self._task.detect_for_video(picture(image), at_ms).pose_landmarks
        return tuple(Joint(one.x, one.y, one.visibility) for one in found[0]) if found else ()

    def close(self) -> None:
        self._task.close()


class MediaPipeHands:
    """HandLandmarker for up to two hands."""

    def __init__(self, model: Path) -> None:
        """Loads the model.

        Raises:
            ModelError: the bundle is not one.
        """
        self._clock, self._task = TaskClock(), create("HandLandmarker", model, num_hands=2)

    def find(self, frame: VideoFrame) -> tuple[Points, ...]:
        image = np.ascontiguousarray(frame.image)
        height, width = image.shape[:2]
        at_ms = self._clock.ms(frame.mono_ns)
        found = self._task.detect_for_video(picture(image), at_ms).hand_landmarks
        return tuple(np.array([(p.x * width, p.y * height) for p in hand]) for hand in found)

    def close(self) -> None:
        self._task.close()


class MediaPipeFaceBoxes:
    """FaceDetector with the full-range model."""

    def __init__(self, model: Path) -> None:
        """Loads the model.

        Raises:
            ModelError: the file is no detector.
        """
        self._task = create("FaceDetector", model, video=False, min_detection_confidence=SURE)

    def find(self, image: Rgb) -> list[Box]:
        whole = np.ascontiguousarray(image)
        found = [
            (one.bounding_box, float(one.categories[0].score))
            for one in self._task.detect(picture(whole)).detections
        ]
        return [Box(box.origin_x, box.origin_y, box.width, box.height, s) for box, s in found]

    def close(self) -> None:
        self._task.close()
