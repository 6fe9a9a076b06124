"""What all MediaPipe tasks share: being created, pictures, time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from edge_agent.errors import ModelError
from edge_agent.flow import Rgb


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
