"""Short videos as telephones and browsers make them, from pictures and a sound."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np

from edge_agent.flow import Pcm, Rgb

RATE_HZ = 16_000


@dataclass(frozen=True, slots=True)
class Form:
    """How a clip is coded."""

    codec: str = "libx264"
    sound_codec: str = "aac"
    pix_fmt: str = "yuv420p"
    options: tuple[tuple[str, str], ...] = (("preset", "ultrafast"), ("crf", "23"), ("g", "30"))


MP4 = Form()
WEBM = Form("libvpx", "libopus", options=(("deadline", "realtime"), ("cpu-used", "8"), ("g", "30")))


def clip(
    path: Path,
    images: Sequence[Rgb],
    *,
    fps: int = 10,
    form: Form = MP4,
    sound: Pcm | None = None,
    turned_deg: int = 0,
    times_s: Sequence[float] | None = None,
) -> Path:
    """`times_s`: when each picture is shown, where not at an even rate."""
    import av

    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(form.codec, rate=fps)
        stream.height, stream.width = images[0].shape[:2]
        stream.pix_fmt, stream.options = form.pix_fmt, dict(form.options)
        if turned_deg:
            stream.set_display_rotation(turned_deg)
        track: Any = None
        if sound is not None:
            track = container.add_stream(form.sound_codec, rate=48_000, layout="mono")
        base = Fraction(1, 1000)
        stream.codec_context.time_base = base
        for n, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, format="rgb24")
            at_s = n / fps if times_s is None else times_s[n]
            frame.pts, frame.time_base = round(at_s * 1000), base
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if track is not None and sound is not None:
            whole = av.AudioFrame.from_ndarray(sound[None, :], format="s16", layout="mono")
            whole.sample_rate, whole.pts, whole.time_base = RATE_HZ, 0, Fraction(1, RATE_HZ)
            resampler = av.AudioResampler(
                track.codec_context.format.name, "mono", 48_000, frame_size=960
            )
            for part in [*resampler.resample(whole), *resampler.resample(None)]:
                container.mux(track.encode(part))
            container.mux(track.encode(None))
    return path


def plain(count: int, side: int = 64) -> list[Rgb]:
    """Pictures without anybody, each another shade."""
    return [np.full((side, side, 3), 40 + n * 150 // max(count, 1), np.uint8) for n in range(count)]


def tone(seconds: float) -> Pcm:
    """A hum."""
    at_s = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    return (np.sin(2 * np.pi * 440 * at_s) * 8_000).astype(np.int16)
