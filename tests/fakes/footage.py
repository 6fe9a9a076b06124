"""Real pictures as frames: files beside the repository, and the one that scikit-image brings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from edge_agent.flow import Rgb, VideoFrame
from edge_agent.vision.looks import Sight

PERIOD_NS = 33_333_333


def still(path: Path) -> Rgb:
    import cv2

    return np.ascontiguousarray(cv2.cvtColor(cv2.imread(str(path)), cv2.COLOR_BGR2RGB))


def film(path: Path, every: int = 1) -> Iterator[VideoFrame]:
    """Each `every`th frame of a video, with its own number and time."""
    import av

    with av.open(str(path)) as container:
        for n, frame in enumerate(container.decode(video=0)):
            if n % every == 0:
                image = np.ascontiguousarray(frame.to_ndarray(format="rgb24"))
                yield VideoFrame(n, n * PERIOD_NS, image)


def video(path: Path, images: Sequence[Rgb], fps: int = 30, turned_deg: int = 0) -> Path:
    """A film of these pictures; `turned_deg` is what a player is told to turn it by."""
    import av

    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream("libx264", rate=fps)
        stream.height, stream.width = images[0].shape[:2]
        stream.pix_fmt, stream.options = "yuv420p", {"crf": "18", "preset": "ultrafast"}
        if turned_deg:
            stream.set_display_rotation(turned_deg)
        for n, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            frame.pts, frame.time_base = n, Fraction(1, fps)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def scenes(path: Path, parts: Sequence[Sequence[Rgb]], fps: int = 30) -> Path:
    """One stream whose pictures may change their size: each part is encoded anew (MPEG-TS)."""
    import av

    with path.open("wb") as whole:
        first = 0
        for part in parts:
            piece = path.with_suffix(".part.ts")
            with av.open(str(piece), "w") as container:
                stream: Any = container.add_stream("libx264", rate=fps)
                stream.height, stream.width = part[0].shape[:2]
                stream.pix_fmt = "yuv420p"
                stream.options = {"crf": "18", "preset": "ultrafast", "tune": "zerolatency"}
                for n, image in enumerate(part):
                    frame = av.VideoFrame.from_ndarray(image, format="rgb24")
                    frame.pts, frame.time_base = first + n, Fraction(1, fps)
                    container.mux(stream.encode(frame))
                container.mux(stream.encode(None))
            whole.write(piece.read_bytes())
            piece.unlink()
            first += len(part)
    return path


def lively(image: Rgb, count: int) -> list[Rgb]:
    """The picture as a sensor would see it: with a little noise, so that no two are the same."""
    noise = np.random.default_rng(5)
    return [
        np.clip(image + noise.normal(0.0, 2.0, image.shape), 0, 255).astype(np.uint8)
        for _ in range(count)
    ]


def astronaut() -> Rgb:
    """A woman who faces the camera, 512x512."""
    from skimage import data

    return np.ascontiguousarray(data.astronaut())


def sized(image: Rgb, width: int, height: int) -> Rgb:
    """Scaled as a whole, with grey where it does not reach."""
    import cv2

    scale = min(width / image.shape[1], height / image.shape[0])
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    canvas = np.full((height, width, 3), 110, np.uint8)
    top, left = (height - small.shape[0]) // 2, (width - small.shape[1]) // 2
    canvas[top : top + small.shape[0], left : left + small.shape[1]] = small
    return canvas


def put(base: Rgb, patch: Rgb, left: int, top: int) -> Rgb:
    """A copy of `base` with `patch` over it."""
    done = base.copy()
    done[top : top + patch.shape[0], left : left + patch.shape[1]] = patch
    return done


def sight(image: Rgb, n: int = 0, faces: int = 0) -> Sight:
    """The picture as the `n`th frame at 30 a second."""
    return Sight(VideoFrame(n, n * PERIOD_NS, image), None, faces, 0)
