"""What vision costs, and whether it keeps up.

    make bench NAME=vision
    make bench NAME=vision ARGS="--frames 9000 --minutes 10"     the figures of docs/accuracy.md

First each stage and the whole of a frame, on two kinds of footage in two sizes, beside MediaPipe's
FaceLandmarker alone. Then the real vision process in real time with hearing and uplink running, beside
the same models inside the receiving loop. The last line is one JSON object with goals that were missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from edge_agent.errors import ModelError
from edge_agent.models.places import FACE, HAND, PEOPLE, POSE, model_file
from tests.bench.bench_hearing import spoken
from tests.bench.vision_live import apart, inside
from tests.bench.vision_pictures import FPS, KEPT, close_up, seated, shown
from tests.bench.vision_stages import stages
from tests.fakes.footage import video

_ROOT = Path(__file__).resolve().parents[2]
_SIZES = ((640, 480), (1280, 720))
_GOALS = {
    "all_readings_cpu_ms": 15.0,
    "dropped": 0.0,
    "arrival_to_reading_p99_ms": 20.0,
    "rss_growth_mb_an_hour": 10.0,
}
"""At most; the first of seated people at 640x480, the rest in real time."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_vision", description=__doc__)
    parser.add_argument("--frames", type=int, default=600, help="of each footage and size")
    parser.add_argument("--minutes", type=float, default=0.5, help="of real time; 0 for none")
    wanted = parser.parse_args()
    try:
        models = {model_file(name).parent for name in (FACE, POSE, HAND, PEOPLE)}.pop()
    except ModelError as error:
        print(json.dumps({"bench": "vision", "skipped": str(error)}))
        return
    found: dict[str, Any] = {"bench": "vision", "stages": costs(wanted.frames, models)}
    if wanted.minutes > 0:
        found |= live(wanted.minutes * 60, models)
    print(json.dumps({**found, "missed": missed(found)}))


def costs(frames: int, models: Path) -> dict[str, Any]:
    """Of every footage in every size."""
    found: dict[str, Any] = {}
    film = _shared() / "testdata" / "vision" / "face_pexels.mp4"
    kinds = {"seated": seated()} | ({"close_up": close_up(film)} if film.is_file() else {})
    for kind, pictures in kinds.items():
        for width, height in _SIZES:
            name = f"{kind}_{width}x{height}"
            found[name] = stages(shown(pictures, (width, height), frames), models)
            _tell(name, found[name])
    return found


def live(seconds: float, models: Path) -> dict[str, Any]:
    """Ours, then the way it replaced, one after the other with the same sound."""
    sound, pictures = spoken(30), seated()
    with tempfile.TemporaryDirectory() as folder:
        film = video(Path(folder) / "seated.mp4", pictures)
        ours = asyncio.run(apart(film, KEPT / FPS - 0.2, models, sound, seconds))
    print(f"real time, process of its own: {json.dumps(ours)}")
    camera = list(shown(pictures, (640, 480), KEPT))
    theirs = asyncio.run(inside(camera, models, sound, min(seconds, 60.0)))
    print(f"real time, inside the loop, 5 a second: {json.dumps(theirs)}")
    return {"real_time": ours, "inside_the_loop": theirs}


def missed(found: dict[str, Any]) -> list[str]:
    """Goals that were not met."""
    figures = {**found["stages"]["seated_640x480"], **found.get("real_time", {})}
    return [name for name, most in _GOALS.items() if (figures.get(name) or 0.0) > most]


def _tell(name: str, found: dict[str, Any]) -> None:
    print(f"\n{name}: {found['frames']} frames, {found['all_readings_cpu_ms']} ms CPU a frame")
    alone = {
        "FaceLandmarker alone": found["landmarker_alone"],
        "the same, IMAGE mode": found["landmarker_alone_image_mode"],
    }
    for stage, one in (found["stages"] | alone).items():
        print(
            f"  {stage:22} {one['runs']:6} runs, median {one['median_ms']:7.3f} ms, "
            f"p99 {one['p99_ms']:7.3f} ms, {one['cpu_ms_a_frame']:7.3f} ms CPU a frame"
        )


def _shared() -> Path:
    return Path(os.environ.get("DAEDAM_SHARED", _ROOT.parent / "shared"))


if __name__ == "__main__":
    main()
