"""What a frame costs, stage by stage, without a clock to keep up with: one frame after the other through
the code that the vision process runs, every kind of look at its own rate.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from edge_agent.flow import FrameReading, Rgb, VideoFrame
from edge_agent.framing import packed
from edge_agent.models.places import FACE
from edge_agent.telemetry.stillness import fingerprint
from edge_agent.vision.brows import brows
from edge_agent.vision.canonical import Points
from edge_agent.vision.eyes import BlinkReader, openness
from edge_agent.vision.face import MediaPipeFaces
from edge_agent.vision.gaze import gaze
from edge_agent.vision.head_pose import HeadPoseReader
from edge_agent.vision.looks import Sight, lookers
from edge_agent.vision.messages import Read, looked
from edge_agent.vision.mouth import mouth
from edge_agent.vision.optics import Optics
from edge_agent.vision.rates import Rates
from edge_agent.vision.reader import FrameReader
from edge_agent.vision.settings import VisionSettings

T = TypeVar("T")
FOV_DEG = 60.0
PERIOD_NS = 33_333_333
_WARM = 30
"""Frames before anything is counted: trackers find their face, caches fill."""


@dataclass(slots=True)
class Stage:
    """What one part took, each time it ran. Processor time is of all threads together."""

    wall_ms: list[float] = field(default_factory=list)
    cpu_ms: list[float] = field(default_factory=list)

    def time(self, work: Callable[[], T]) -> T:
        wall, cpu = time.perf_counter(), time.process_time()
        done = work()
        self.cpu_ms.append((time.process_time() - cpu) * 1e3)
        self.wall_ms.append((time.perf_counter() - wall) * 1e3)
        return done

    def figures(self, frames: int) -> dict[str, float]:
        """`cpu_ms_a_frame` spreads what does not run at every frame over all of them."""
        return {
            "runs": len(self.wall_ms),
            "median_ms": round(float(np.median(self.wall_ms)), 3),
            "p99_ms": round(float(np.percentile(self.wall_ms, 99)), 3),
            "cpu_ms_a_frame": round(sum(self.cpu_ms) / frames, 3),
        }


class Ours:
    """The vision process's work on one frame, in one thread."""

    def __init__(self, models: Path) -> None:
        self.stages: dict[str, Stage] = {}
        self._finder = _Watched(MediaPipeFaces(models / FACE), self._stage("landmarks"))
        self._reader = FrameReader(self._finder, FOV_DEG)
        wanted = VisionSettings(models=str(models), posture=True, hands=True, people=True)
        self._lookers = {one.kind: one for one in lookers(wanted)}
        self._rates = Rates({kind: one.rate_hz for kind, one in self._lookers.items()})
        self._parts = _Parts()
        self._count = 0

    def see(self, picture: Rgb) -> FrameReading:
        """A camera's picture, blue first."""
        if self._count == _WARM:
            self.stages.clear()
            self._finder.stage = self._stage("landmarks")
        reading, frame = self._stage("total").time(lambda: self._whole(picture))
        points = self._reader.landmarks
        if points is not None:
            self._parts.again(points, frame, self._stage)
        return reading

    def close(self) -> None:
        self._finder.close()
        for one in self._lookers.values():
            one.close()

    def _whole(self, picture: Rgb) -> tuple[FrameReading, VideoFrame]:
        import cv2

        turned = self._stage("colour").time(lambda: cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
        image = np.ascontiguousarray(turned)
        frame = VideoFrame(self._count, self._count * PERIOD_NS, image)
        self._count += 1
        reading = self._reader.read(frame)
        self._stage("message").time(
            lambda: packed(Read(reading, 1, 1, 0, fingerprint(frame.image)))
        )
        sight = Sight(frame, self._reader.landmarks, reading.faces, 0)
        for kind in self._rates.due(frame.mono_ns):
            look = partial(self._lookers[kind].look, sight)
            packed(looked(self._stage(kind).time(look)))
        return reading, frame

    def _stage(self, name: str) -> Stage:
        return self.stages.setdefault(name, Stage())


class _Watched:
    """A finder whose time is taken."""

    def __init__(self, finder: MediaPipeFaces, stage: Stage) -> None:
        self._finder, self.stage = finder, stage
        self.provider = finder.provider

    def find(self, frame: VideoFrame) -> tuple[Points, ...]:
        return self.stage.time(lambda: self._finder.find(frame))

    def close(self) -> None:
        self._finder.close()


class _Parts:
    """What follows the landmarks, once more and one by one, outside of the total."""

    def __init__(self) -> None:
        self._heads: dict[tuple[int, int], HeadPoseReader] = {}
        self._blinks = BlinkReader()

    def again(self, points: Points, frame: VideoFrame, stage: Callable[[str], Stage]) -> None:
        height, width = frame.image.shape[:2]
        optics = Optics.from_fov(width, height, FOV_DEG)
        heads = self._heads.setdefault((width, height), HeadPoseReader(optics))
        placed = stage("head_pose").time(lambda: heads.read(points))
        stage("eyes").time(lambda: self._blinks.read(*openness(points), frame.mono_ns))
        if placed is not None:
            stage("gaze").time(lambda: gaze(points, placed, optics))
        stage("mouth_and_brows").time(lambda: (mouth(points), brows(points)))


class Alone:
    """MediaPipe's FaceLandmarker and nothing else: as its page shows it (`VIDEO`, one face), or looking
    for the face anew each time (`IMAGE`).
    """

    def __init__(self, model: Path, mode: str) -> None:
        from mediapipe.tasks import python as tasks

        options = tasks.vision.FaceLandmarkerOptions(
            base_options=tasks.BaseOptions(model_asset_path=str(model)),
            running_mode=tasks.vision.RunningMode[mode],
        )
        self._task = tasks.vision.FaceLandmarker.create_from_options(options)
        self._video, self._count = mode == "VIDEO", 0
        self.stage = Stage()

    def see(self, picture: Rgb) -> None:
        if self._count == _WARM:
            self.stage = Stage()
        self.stage.time(lambda: self._detect(picture))
        self._count += 1

    def close(self) -> None:
        self._task.close()

    def _detect(self, picture: Rgb) -> Any:
        import cv2
        import mediapipe as mp

        image = np.ascontiguousarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB))
        whole = mp.Image(image_format=mp.ImageFormat.SRGB, data=image)
        if self._video:
            return self._task.detect_for_video(whole, self._count * PERIOD_NS // 1_000_000)
        return self._task.detect(whole)


def stages(pictures: Iterable[Rgb], models: Path) -> dict[str, Any]:
    """All three over the same pictures in turns, so that a busy machine is busy for each."""
    ours, alone = Ours(models), Alone(models / FACE, "VIDEO")
    anew = Alone(models / FACE, "IMAGE")
    count = faces = 0
    began, began_kb = time.perf_counter(), 0
    for picture in pictures:
        faces += ours.see(picture).faces > 0
        alone.see(picture)
        anew.see(picture)
        count += 1
        if count == _WARM:
            began, began_kb = time.perf_counter(), resident_kb()
    for one in (ours, alone, anew):
        one.close()
    frames = count - _WARM
    figures = {name: stage.figures(frames) for name, stage in ours.stages.items()}
    total = figures["total"]
    return {
        "frames": frames,
        "faces_ratio": round(faces / count, 4),
        "stages": figures,
        "all_readings_cpu_ms": total["cpu_ms_a_frame"],
        "cpu_share_at_30_fps": round(total["cpu_ms_a_frame"] * 30 / 1000, 3),
        "frames_per_s": round(1e3 * frames / sum(ours.stages["total"].wall_ms), 1),
        "landmarker_alone": alone.stage.figures(frames),
        "landmarker_alone_image_mode": anew.stage.figures(frames),
        "rss_start_mb": round(began_kb / 1024, 1),
        "rss_end_mb": round(resident_kb() / 1024, 1),
        "took_s": round(time.perf_counter() - began, 1),
    }


def resident_kb(pid: int | str = "self") -> int:
    """Memory of a process that is in RAM."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0
