"""Samples become one FLAC file that any player plays and any tool opens."""

from __future__ import annotations

import io
from typing import Any, Final

import numpy as np

from central.speech.transcriber import Pcm

BLOCK_SAMPLES: Final = 4096


def flac_file(pcm: Pcm, rate_hz: int) -> bytes:
    """Mono, 16 bits, lossless: a sample that was k / 32768 is k. The same samples are the same bytes."""
    import av

    samples = np.clip(np.rint(pcm * 32768.0), -32768, 32767).astype(np.int16)
    file = io.BytesIO()
    with av.open(file, "w", format="flac", options={"fflags": "+bitexact"}) as container:
        stream: Any = container.add_stream("flac", rate=rate_hz)
        stream.layout = "mono"
        stream.format = "s16"
        for at in range(0, len(samples), BLOCK_SAMPLES):
            frame = av.AudioFrame.from_ndarray(
                samples[np.newaxis, at : at + BLOCK_SAMPLES], format="s16", layout="mono"
            )
            frame.sample_rate = rate_hz
            frame.pts = at
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return file.getvalue()
