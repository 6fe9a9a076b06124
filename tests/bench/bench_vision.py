"""What one frame costs, from the picture to the reading.

    python -m tests.bench.bench_vision

Four ways take turns over the same frames, so that a busy machine is busy for all: ours; ours
without what follows the landmarks; `num_faces=1` (faster, but smooths the irises); and the obvious
way, IMAGE mode, which looks for the face anew in every frame. The last line is one JSON object.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from edge_agent.errors import ModelError
from edge_agent.flow import FrameReading, VideoFrame
from edge_agent.models.places import FACE, model_file
from edge_agent.vision.face import MediaPipeFaces
from edge_agent.vision.reader import FrameReader

_ROOT = Path(__file__).resolve().parents[2]
_WARM_FRAMES = 10
_FRAMES = 472


class Way:
    """One way to read a frame, and what it took."""

    def __init__(self, read: Callable[[VideoFrame], object]) -> None:
        self.read = read
        self.last: object = None
        self.wall_ms: list[float] = []
        self.cpu_ms: list[float] = []

    def take(self, frame: VideoFrame) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        self.last = self.read(frame)
        self.wall_ms.append((time.perf_counter() - wall) * 1e3)
        self.cpu_ms.append((time.process_time() - cpu) * 1e3)

    def figures(self) -> dict[str, float]:
        wall = self.wall_ms[_WARM_FRAMES:]
        return {
            "median_ms": round(float(np.median(wall)), 2),
            "p99_ms": round(float(np.percentile(wall, 99)), 2),
            "cpu_ms": round(float(np.mean(self.cpu_ms[_WARM_FRAMES:])), 2),
        }


def main() -> None:
    shared = Path(os.environ.get("DAEDAM_SHARED", _ROOT.parent / "shared"))
    film = shared / "testdata" / "vision" / "face_pexels.mp4"
    if not film.is_file():
        print(json.dumps({"bench": "vision", "skipped": f"no {film.name}; set DAEDAM_SHARED"}))
        return
    try:
        model = model_file(FACE)
    except ModelError as error:
        print(json.dumps({"bench": "vision", "skipped": str(error)}))
        return
    print(json.dumps(measure(film, model)))


def measure(film: Path, model: Path) -> dict[str, object]:
    """All ways over one film."""
    ours, bare = MediaPipeFaces(model), MediaPipeFaces(model)
    reader = FrameReader(ours, 60.0)
    one, image = _landmarker(model, "VIDEO", 1), _landmarker(model, "IMAGE", 2)
    ways = {
        "ours": Way(reader.read),
        "landmarks_only": Way(bare.find),
        "one_face_smoothed": Way(lambda f: one.detect_for_video(_image(f), f.mono_ns // 1_000_000)),
        "naive_image_mode": Way(lambda f: image.detect(_image(f))),
    }
    seen = count = 0
    for frame in _frames(film):
        for way in ways.values():
            way.take(frame)
        count += 1
        reading = ways["ours"].last
        seen += isinstance(reading, FrameReading) and reading.faces > 0
    for landmarker in (ours, bare, one, image):
        landmarker.close()
    figures = {name: way.figures() for name, way in ways.items()}
    for name, found in figures.items():
        print(
            f"{name:20} median {found['median_ms']} ms, p99 {found['p99_ms']} ms, "
            f"CPU {found['cpu_ms']} ms a frame"
        )
    return {"bench": "vision", "frames": count, "faces_ratio": seen / count, **figures}


def _frames(film: Path) -> list[VideoFrame]:
    import av

    with av.open(str(film)) as container:
        return [
            VideoFrame(n, n * 41_000_000, np.ascontiguousarray(frame.to_ndarray(format="rgb24")))
            for n, frame in enumerate(container.decode(video=0))
            if n < _FRAMES
        ]


def _landmarker(model: Path, mode: str, faces: int) -> Any:
    from mediapipe.tasks import python as tasks

    options = tasks.vision.FaceLandmarkerOptions(
        base_options=tasks.BaseOptions(model_asset_path=str(model)),
        running_mode=tasks.vision.RunningMode[mode],
        num_faces=faces,
    )
    return tasks.vision.FaceLandmarker.create_from_options(options)


def _image(frame: VideoFrame) -> Any:
    import mediapipe as mp

    return mp.Image(image_format=mp.ImageFormat.SRGB, data=frame.image)


if __name__ == "__main__":
    main()
