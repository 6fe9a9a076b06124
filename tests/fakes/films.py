"""Small video files that say, in picture and in sound, where they are."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from edge_agent.flow import Rgb

FPS, RATE_HZ, SIDE = 30, 16_000, 64
LOUDNESS = 20_000


def film(
    path: Path,
    seconds: float,
    *,
    picture: bool = True,
    sound: bool = True,
    rgb: tuple[int, int, int] | None = None,
) -> Path:
    """A picture whose brightness is the media second times 40 (or of one colour), and in every odd
    media second a tone.
    """
    import av

    with av.open(str(path), "w") as container:
        video: Any = container.add_stream("libx264", rate=FPS) if picture else None
        audio: Any = container.add_stream("aac", rate=RATE_HZ, layout="mono") if sound else None
        if picture:
            video.width = video.height = SIDE
            video.pix_fmt, video.options = "yuv420p", {"crf": "10"}
            for n in range(round(seconds * FPS)):
                plain = np.full((SIDE, SIDE, 3), rgb or round(n / FPS * 40), np.uint8)
                frame = av.VideoFrame.from_ndarray(plain, format="rgb24")
                frame.pts, frame.time_base = n, Fraction(1, FPS)
                container.mux(video.encode(frame))
            container.mux(video.encode(None))
        if sound:
            at_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
            tone = np.sin(2 * np.pi * 440 * at_s) * LOUDNESS * (at_s.astype(int) % 2)
            whole = av.AudioFrame.from_ndarray(
                tone.astype(np.int16)[None, :], format="s16", layout="mono"
            )
            whole.sample_rate, whole.pts, whole.time_base = RATE_HZ, 0, Fraction(1, RATE_HZ)
            resampler = av.AudioResampler("fltp", "mono", RATE_HZ, frame_size=1024)
            for part in [*resampler.resample(whole), *resampler.resample(None)]:
                container.mux(audio.encode(part))
            container.mux(audio.encode(None))
    return path


def shown_s(picture: Rgb) -> float:
    """The media second that a picture shows."""
    return float(picture.mean()) / 40
