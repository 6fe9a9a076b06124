"""The profile `gpu` on a card, the same on the processor, and MediaPipe, frame by frame.

    python -m tests.bench.bench_vision_gpu [--frames N] [--anyway]

The three ways take turns over the same frames, so that a busy machine is busy for all. For each: the
faces of a frame (median, p99, frames a second), every model on every frame, how far its landmarks are
from MediaPipe's, and for our own the time of each network and of what is done around them (crops,
geometry). Where no card computes, one line says why; `--anyway` runs the other two. The last line is
one JSON object.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import numpy as np

from edge_agent.errors import ModelError
from edge_agent.flow import Rgb, VideoFrame
from edge_agent.models.places import FACE_LANDMARKS, model_file
from edge_agent.vision.canonical import Points
from edge_agent.vision.finders import Finders, MediaPipeFinders, OnnxFinders
from edge_agent.vision.inference import Device, Network, cuda_problem
from edge_agent.vision.tracking.sessions import Sessions
from tests.fakes.footage import film

T = TypeVar("T")
_ROOT = Path(__file__).resolve().parents[2]
_WARM_FRAMES = 10
_CORNERS = (33, 263)


class Timed:
    """A network that writes down how long each run takes."""

    def __init__(self, network: Network, took_ms: list[float]) -> None:
        self._network, self._took_ms = network, took_ms

    @property
    def size(self) -> tuple[int, int]:
        return self._network.size

    def run(self, picture: Rgb) -> Mapping[str, Points]:
        begun = time.perf_counter()
        found = self._network.run(picture)
        self._took_ms.append((time.perf_counter() - begun) * 1e3)
        return found


class TimedSessions(Sessions):
    """Sessions whose networks are timed, by file."""

    def __init__(self, wanted: Device) -> None:
        super().__init__(wanted)
        self.took_ms: dict[str, list[float]] = defaultdict(list)

    def open(self, model: Path) -> Network:
        return Timed(super().open(model), self.took_ms[model.stem])


class Way:
    """One profile over all frames."""

    def __init__(self, finders: Finders, sessions: TimedSessions | None = None) -> None:
        self.finders, self._sessions = finders, sessions
        self._faces, self._joints = finders.faces(), finders.joints()
        self._hands, self._boxes = finders.hands(), finders.boxes()
        self._ms: dict[str, list[float]] = defaultdict(list)
        self.apart: list[float] = []

    def take(self, frame: VideoFrame) -> Points | None:
        """The candidate's landmarks, while everything is timed."""
        begun = time.perf_counter()
        faces = self._timed("faces", lambda: self._faces.find(frame))
        self._timed("joints", lambda: self._joints.find(frame))
        self._timed("hands", lambda: self._hands.find(frame))
        self._timed("people", lambda: self._boxes.find(frame.image))
        self._ms["every_model"].append((time.perf_counter() - begun) * 1e3)
        return faces[0] if faces else None

    def close(self) -> None:
        for one in (self._faces, self._joints, self._hands, self._boxes):
            one.close()

    def figures(self) -> dict[str, object]:
        found: dict[str, object] = {
            name: _figures(took[_WARM_FRAMES:]) for name, took in self._ms.items()
        }
        found |= {"provider": self.finders.provider, "fallback": self.finders.fallback}
        if self._sessions is not None:
            networks = {
                name: _figures(took[_WARM_FRAMES:])
                for name, took in self._sessions.took_ms.items()
                if len(took) > _WARM_FRAMES
            }
            inside = sum(sum(took) for took in self._sessions.took_ms.values())
            around = sum(self._ms["every_model"]) - inside
            found |= {
                "networks": networks,
                "around_networks_ms": round(around / len(self._ms["every_model"]), 3),
            }
        if self.apart:
            found["landmarks_from_mediapipe_ratio"] = round(float(np.mean(self.apart)), 6)
        return found

    def _timed(self, name: str, find: Callable[[], T]) -> T:
        begun = time.perf_counter()
        found = find()
        self._ms[name].append((time.perf_counter() - begun) * 1e3)
        return found


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench_vision_gpu")
    parser.add_argument("--frames", type=int, default=240)
    parser.add_argument("--anyway", action="store_true", help="without a card the other two")
    wanted = parser.parse_args()
    shared = Path(os.environ.get("DAEDAM_SHARED", _ROOT.parent / "shared"))
    footage = shared / "testdata" / "vision" / "face_pexels.mp4"
    try:
        models = model_file(FACE_LANDMARKS).parent
        problem = cuda_problem(models / FACE_LANDMARKS)
    except ModelError as error:
        print(json.dumps({"bench": "vision-gpu", "skipped": str(error)}))
        return
    if not footage.is_file():
        problem = f"no {footage.name}; set DAEDAM_SHARED"
    if problem and not (wanted.anyway and footage.is_file()):
        print(json.dumps({"bench": "vision-gpu", "skipped": problem}))
        return
    print(json.dumps(measure(footage, models, wanted.frames, cuda=not problem)))


def measure(footage: Path, models: Path, frames: int, *, cuda: bool) -> dict[str, object]:
    """All ways over one film."""
    ways = {"mediapipe": Way(MediaPipeFinders(models)), "onnx_cpu": _own(models, "cpu")}
    if cuda:
        ways["onnx_cuda"] = _own(models, "cuda")
    count = 0
    for frame in film(footage):
        if count == frames:
            break
        count += 1
        landmarks = {name: way.take(frame) for name, way in ways.items()}
        theirs = landmarks["mediapipe"]
        for name, ours in landmarks.items():
            if theirs is not None and ours is not None and name != "mediapipe":
                ways[name].apart.append(_apart(ours, theirs))
    for way in ways.values():
        way.close()
    figures = {name: way.figures() for name, way in ways.items()}
    for name, told in figures.items():
        print(f"{name}: {json.dumps(told)}")
    machine = {"cores": os.cpu_count(), "machine": platform.machine()}
    return {"bench": "vision-gpu", "frames": count, **machine, **figures}


def _own(models: Path, device: Device) -> Way:
    sessions = TimedSessions(device)
    return Way(OnnxFinders(models, sessions=sessions), sessions)


def _apart(ours: Points, theirs: Points) -> float:
    right, left = theirs[list(_CORNERS), :2]
    distance = np.linalg.norm(ours[:, :2] - theirs[:, :2], axis=1).mean()
    return float(distance / np.linalg.norm(left - right))


def _figures(took_ms: list[float]) -> dict[str, float]:
    if not took_ms:
        return {}
    median = float(np.median(took_ms))
    return {
        "median_ms": round(median, 3),
        "p99_ms": round(float(np.percentile(took_ms, 99)), 3),
        "frames_per_s": round(1e3 / median, 1),
    }


if __name__ == "__main__":
    main()
