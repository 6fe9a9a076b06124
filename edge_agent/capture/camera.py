"""The camera, by OpenCV: opened by the vision process alone (V4L2 lets one process in)."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from edge_agent.errors import CameraError
from edge_agent.flow import VideoFrame

_NAMES = Path("/sys/class/video4linux")


class Camera:
    """A V4L2 device (or whatever OpenCV opens by number or address)."""

    def __init__(self, device: int | str, width: int, height: int, fps: float) -> None:
        """Opens it.

        Raises:
            CameraError: it is not there or gives no picture; names those present.
        """
        import cv2

        if isinstance(device, str) and device.isdigit():
            device = int(device)
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
        self._capture: Any = cv2.VideoCapture(device)
        if not self._capture.isOpened():
            self._capture.release()
            raise CameraError(f"camera {device}", _absence(), present_cameras())
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
        self._capture.set(cv2.CAP_PROP_FPS, fps)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 2)
        self._device = device
        self.name = camera_name(device)
        self.fps = float(self._capture.get(cv2.CAP_PROP_FPS)) or fps

    def frames(self, stop: threading.Event) -> Iterator[VideoFrame]:
        """Every picture that the device gives, until `stop`.

        Raises:
            CameraError: it gives no more.
        """
        import cv2

        index = 0
        try:
            while not stop.is_set():
                there, picture = self._capture.read()
                mono_ns = time.monotonic_ns()
                if not there:
                    raise CameraError(self.name, "gives no more pictures", present_cameras())
                # A copy in RGB: MediaPipe ignores strides, so a reversed view would stay BGR.
                image = np.ascontiguousarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
                yield VideoFrame(index, mono_ns, image)
                index += 1
        finally:
            self._capture.release()


def present_cameras(root: Path = _NAMES) -> tuple[str, ...]:
    """Cameras that the kernel knows, as "/dev/video0 (name)"."""
    found = []
    for entry in sorted(root.glob("video*")):
        try:
            found.append(f"/dev/{entry.name} ({(entry / 'name').read_text().strip()})")
        except OSError:
            found.append(f"/dev/{entry.name}")
    return tuple(found)


def camera_name(device: int | str, root: Path = _NAMES) -> str:
    """The kernel's name of a device, or what it was opened by."""
    node = f"video{device}" if isinstance(device, int) else Path(device).name
    try:
        return (root / node / "name").read_text().strip()
    except OSError:
        return str(device)


def _absence() -> str:
    if present_cameras():
        return "cannot be opened; choose one of those that are here, or close what uses it."
    return "cannot be opened and no camera is connected; connect one, or replay a file."
