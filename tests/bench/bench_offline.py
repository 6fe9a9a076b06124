"""What share of a clip's length its analysis takes, for each preset.

    python -m tests.bench.bench_offline

Beside it the plain way: every frame decoded and looked at in turn, with all that a room looks for.
Models are loaded anew for each, as they are for a file. The last line is one JSON object.
"""

from __future__ import annotations

import asyncio
import json
import os
import tempfile
import time
from pathlib import Path

import numpy as np

from edge_agent.config import Central, Config
from edge_agent.errors import ModelError
from edge_agent.flow import VideoFrame
from edge_agent.models.places import FACE, model_file
from edge_agent.offline.analysis import How, analyse
from edge_agent.offline.preset import Preset
from edge_agent.sources import scoring_rules, vision_settings
from edge_agent.vision.face import MediaPipeFaces
from edge_agent.vision.looks import Sight, lookers
from edge_agent.vision.rates import Rates
from edge_agent.vision.reader import FrameReader

_ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    shared = Path(os.environ.get("DAEDAM_SHARED", _ROOT.parent / "shared"))
    film = shared / "testdata" / "vision" / "face_pexels.mp4"
    if not film.is_file():
        print(json.dumps({"bench": "offline", "skipped": f"no {film.name}; set DAEDAM_SHARED"}))
        return
    try:
        model_file(FACE)
    except ModelError as error:
        print(json.dumps({"bench": "offline", "skipped": str(error)}))
        return
    print(json.dumps(measure(film)))


def measure(film: Path) -> dict[str, object]:
    """Every preset once, then the plain way."""
    config = Config(central=Central(address="unused:1"))
    found: dict[str, object] = {"bench": "offline", "cores": os.cpu_count()}
    length_s = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for preset in Preset:
            how = How(preset, vision_settings(config, None), scoring_rules(config))
            begun_s = time.perf_counter()
            told, _ = asyncio.run(analyse(film, Path(folder) / f"{preset.value}.json", how))
            took_s = time.perf_counter() - begun_s
            length_s = told["video"]["length_s"]
            found[preset.value] = {
                "share_of_length": round(took_s / length_s, 3),
                "took_s": round(took_s, 2),
                "frames": told["frames"]["analysed"],
            }
            print(f"{preset.value:17} {took_s:6.2f} s, {took_s / length_s:.1%} of the clip")
    took_s = plain(film)
    print(f"{'every frame':17} {took_s:6.2f} s, {took_s / length_s:.1%} of the clip")
    found["plain_every_frame"] = {
        "share_of_length": round(took_s / length_s, 3),
        "took_s": round(took_s, 2),
    }
    return {**found, "length_s": length_s}


def plain(film: Path) -> float:
    """Decode a frame, look at it, the next one."""
    import av

    begun_s = time.perf_counter()
    config = Config(central=Central(address="unused:1"))
    settings = vision_settings(config, None)
    finder = MediaPipeFaces(Path(settings.model))
    reader, made = FrameReader(finder, 60.0), lookers(settings)
    rates = Rates({one.kind: one.rate_hz for one in made})
    kinds = {one.kind: one for one in made}
    with av.open(str(film)) as container:
        for n, decoded in enumerate(container.decode(video=0)):
            image = np.ascontiguousarray(decoded.to_ndarray(format="rgb24"))
            frame = VideoFrame(n, round(float(decoded.time or 0.0) * 1e9), image)
            reading = reader.read(frame)
            for kind in rates.due(frame.mono_ns):
                kinds[kind].look(Sight(frame, reader.landmarks, reading.faces, 0))
    finder.close()
    for one in made:
        one.close()
    return time.perf_counter() - begun_s


if __name__ == "__main__":
    main()
