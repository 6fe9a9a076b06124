"""The camera: opens, delivers what it was asked for, and sees something that moves."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any, Final, Protocol

from edge_agent.config import Camera as CameraSettings
from edge_agent.doctor.apart import Unseen, apart
from edge_agent.doctor.finding import Finding, Visit, fail, first_of, skipped, warn
from edge_agent.flow import VideoFrame

LOOK_S: Final = 2.0
QUICK_S: Final = 0.7
WARM_S: Final = 0.5
"""A camera sets its exposure first: what it shows meanwhile counts for nothing."""
MOST_FRAMES: Final = 300

BLACK_MEAN: Final = 6.0
BLACK_BRIGHTEST: Final = 40.0
"""Of 255. A lens cover leaves sensor noise of a few levels; a dark room still has bright spots."""
SLOW_RATIO: Final = 0.8
TOO_SLOW_RATIO: Final = 0.4


class Source(Protocol):
    """A camera, as far as it is looked at."""

    name: str

    def frames(self, stop: threading.Event) -> Iterator[VideoFrame]: ...


class CameraCheck:
    name = "camera"
    limit_s = 25.0

    async def run(self, visit: Visit) -> Finding:
        settings = visit.config.camera
        if visit.config.replay.file is not None:
            return skipped(f"{visit.config.replay.file} is replayed in place of the devices")
        if visit.agents:
            return skipped(
                f"the running agent ({visit.agents[0]}) has it; see the dashboard's Fleet"
            )
        asked = (settings.device, settings.width, settings.height, float(settings.fps))
        seconds = QUICK_S if visit.quick else LOOK_S
        try:
            seen = await apart(look, *asked, seconds, limit_s=self.limit_s - 3)
        except Unseen as problem:
            todo = (
                "connect it, or set camera.device to one that is named here; close what else uses it "
                "(`fuser -v /dev/video*`); the user of the agent must be in the group video"
            )
            return fail(str(problem), todo)
        return judge(seen, settings)


def look(device: str, width: int, height: int, fps: float, seconds: float) -> dict[str, Any]:
    """Runs apart. Raises `CameraError`, which names the cameras that are there."""
    from edge_agent.capture.camera import Camera, present_cameras

    seen = look_at(Camera(device, width, height, fps), seconds)
    return {**seen, "present": list(present_cameras())}


def look_at(camera: Source, seconds: float) -> dict[str, Any]:
    """The figures of a camera that is open. Raises `CameraError` where it gives no more."""
    stop, times_ns, bright, tops = threading.Event(), [], [], []
    same, before, size = 0, None, (0, 0)
    begun_s = time.monotonic()
    for frame in camera.frames(stop):
        age_s = time.monotonic() - begun_s
        if age_s < WARM_S and seconds > WARM_S:
            continue
        small = frame.image[::8, ::8]
        same += before is not None and bool((small == before).all())
        before, size = small, (frame.image.shape[1], frame.image.shape[0])
        times_ns.append(frame.mono_ns)
        bright.append(float(small.mean()))
        tops.append(float(small.max()))
        if age_s >= WARM_S + seconds or len(times_ns) >= MOST_FRAMES:
            stop.set()
    span_s = (times_ns[-1] - times_ns[0]) / 1e9 if len(times_ns) > 1 else 0.0
    return {
        "name": camera.name,
        "width": size[0],
        "height": size[1],
        "frames": len(times_ns),
        "same_frames": same,
        "fps": round((len(times_ns) - 1) / span_s, 1) if span_s > 0 else 0.0,
        "mean_level": round(sum(bright) / len(bright), 1) if bright else 0.0,
        "brightest_level": max(tops, default=0.0),
    }


def judge(seen: dict[str, Any], asked: CameraSettings) -> Finding:
    """What follows from the figures of `look`."""
    told = (
        f"{seen['name']}: {seen['width']}x{seen['height']}, {seen['fps']:.1f} of {asked.fps} fps, "
        f"mean level {seen['mean_level']:.0f} of 255"
    )
    dark = seen["mean_level"] < BLACK_MEAN and seen["brightest_level"] < BLACK_BRIGHTEST
    frozen = seen["same_frames"] >= seen["frames"] - 1
    other_size = (seen["width"], seen["height"]) != (asked.width, asked.height)
    return first_of(
        told,
        seen,
        (
            (seen["frames"] < 2, fail, ": it gives no pictures", _ANEW),
            (dark, fail, ": the picture is black", "open the lens cover, switch on the light"),
            (frozen, fail, ": every picture is the same, it is frozen", _ANEW),
            (seen["fps"] < TOO_SLOW_RATIO * asked.fps, fail, ": far too few pictures", _FASTER),
            (seen["fps"] < SLOW_RATIO * asked.fps, warn, ": fewer pictures than asked", _FASTER),
            (other_size, warn, f": not the {asked.width}x{asked.height} asked for", _SIZE),
        ),
    )


_ANEW: Final = (
    "connect it anew, to a port of its own; if it comes back, update its firmware or replace it"
)
_SIZE: Final = (
    "set camera.width and camera.height to a size that it offers (`v4l2-ctl --list-formats-ext`)"
)
_FASTER: Final = (
    "more light (a camera exposes longer in the dark), a USB 3 port of its own, or a smaller "
    "camera.width and camera.height"
)
