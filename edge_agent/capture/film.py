"""A video file in the place of the camera: pictures in real time, in the vision process."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from edge_agent.capture.timeline import Timeline
from edge_agent.errors import ReplayError
from edge_agent.flow import Rgb, VideoFrame

_NS = 1_000_000_000
_LATE_NS = 500_000_000
_KEPT_S = 1.1
_KEPT_PICTURES = 72
_MAX_FPS = 60.0


class Film:
    """Frames of a file as if a camera gave them. `timeline` is asked anew for each frame, because
    releases arrive while it runs.
    """

    def __init__(self, file: Path, timeline: Callable[[], Timeline]) -> None:
        """Opens the file.

        Raises:
            ReplayError: it cannot be read or has no picture.
        """
        import av

        self.name = f"replay {file.name}"
        self._timeline = timeline
        try:
            container = av.open(str(file))
            stream = container.streams.video[0]
        except (OSError, av.FFmpegError) as error:
            raise ReplayError(str(file), f"cannot be opened as a video ({error})") from error
        except IndexError:
            raise ReplayError(str(file), "has no picture") from None
        stream.thread_type = "AUTO"
        self.fps = min(float(stream.average_rate or 30), _MAX_FPS)
        self._pictures = _Pictures(container, stream)

    def frames(self, stop: threading.Event) -> Iterator[VideoFrame]:
        """One frame each 1/fps until `stop`; a picture is repeated where the file has no newer."""
        period_ns = round(_NS / self.fps)
        index, due_ns = 0, time.monotonic_ns()
        while not stop.is_set():
            now_ns = time.monotonic_ns()
            if now_ns < due_ns:
                stop.wait((due_ns - now_ns) / _NS)
                continue
            # Half a frame forward, so that rounding never shows one picture twice and skips the next.
            media_s = self._timeline().picture_s(due_ns) + 0.5 / self.fps
            yield VideoFrame(index, due_ns, self._pictures.at(media_s))
            index += 1
            # A machine that slept goes on from now rather than racing to catch up.
            behind = time.monotonic_ns() - due_ns > _LATE_NS
            due_ns = time.monotonic_ns() if behind else due_ns + period_ns


def upright(frame: Any) -> Rgb:
    """A decoded frame as it is meant to be seen: telephones film on their side and say so."""
    turns = round(frame.rotation / 90) % 4
    return np.ascontiguousarray(np.rot90(frame.to_ndarray(format="rgb24"), turns))


class _Pictures:
    """The decoder and its last second of pictures."""

    def __init__(self, container: Any, stream: Any) -> None:
        self._frames = container.decode(stream)
        self._zero_s: float | None = None
        self._kept: deque[tuple[float, Any]] = deque(maxlen=_KEPT_PICTURES)
        self._next: tuple[float, Any] | None = self._decode()

    def at(self, media_s: float) -> Rgb:
        """The newest picture not after `media_s`; the oldest kept where that is gone."""
        while self._next is not None and (self._next[0] <= media_s or not self._kept):
            self._kept.append(self._next)
            self._next = self._decode()
        while len(self._kept) > 1 and self._kept[0][0] < self._kept[-1][0] - _KEPT_S:
            self._kept.popleft()
        shown = self._kept[0][1]
        for at_s, picture in reversed(self._kept):
            if at_s <= media_s:
                shown = picture
                break
        return upright(shown)

    def _decode(self) -> tuple[float, Any] | None:
        for frame in self._frames:
            if frame.time is None:
                continue
            if self._zero_s is None:
                self._zero_s = float(frame.time)
            return float(frame.time) - self._zero_s, frame
        return None
