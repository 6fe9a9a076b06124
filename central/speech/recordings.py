"""Recordings in files become phrases of the length that rooms send."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np

from central.errors import EngineError
from central.speech.transcriber import SAMPLE_RATE_HZ, Pcm, Phrase

LONGEST_S: Final = 22.0
SEARCH_S: Final = 4.0
"""A longer recording is cut in its last seconds before that, where it is quietest."""
FRAME: Final = SAMPLE_RATE_HZ * 32 // 1000
BELOW_LOUD_DB: Final = 30.0
QUIETEST_DBFS: Final = -60.0


def read(file: Path) -> Pcm:
    """Whatever FFmpeg opens, as mono at 16 kHz. Raises `EngineError`."""
    import av

    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE_HZ)
    parts: list[Any] = []
    try:
        with av.open(str(file)) as container:
            for frame in container.decode(audio=0):
                parts += resampler.resample(frame)
        parts += resampler.resample(None) if parts else []
    except (av.error.FFmpegError, IndexError, OSError) as error:
        raise EngineError("audio", f"{file} is no sound that can be read: {error}") from error
    pcm = [np.asarray(part.to_ndarray()[0], dtype=np.float32) for part in parts]
    return np.concatenate(pcm) if pcm else np.zeros(0, dtype=np.float32)


def phrases(pcm: Pcm, language: str) -> list[Phrase]:
    """In order. A room tells voice by a model; here it is by level: what is less than 30 dB below the
    loud parts counts as voiced.
    """
    levels = _levels_dbfs(pcm)
    floor = (
        max(float(np.quantile(levels, 0.95)) - BELOW_LOUD_DB, QUIETEST_DBFS) if len(levels) else 0
    )
    found = []
    at = 0
    while at < len(levels):
        end = min(at + int(LONGEST_S * SAMPLE_RATE_HZ) // FRAME, len(levels))
        if end < len(levels):
            late = end - int(SEARCH_S * SAMPLE_RATE_HZ) // FRAME
            end = late + int(np.argmin(levels[late:end])) + 1
        voiced = int(np.count_nonzero(levels[at:end] > floor))
        if voiced:
            sound = pcm[at * FRAME : end * FRAME]
            found.append(Phrase(sound, language, voiced * FRAME * 1000 // SAMPLE_RATE_HZ))
        at = end
    return found


def _levels_dbfs(pcm: Pcm) -> Any:
    count = -(-len(pcm) // FRAME)
    frames = np.pad(pcm, (0, count * FRAME - len(pcm))).reshape(count, FRAME)
    power = np.mean(frames.astype(np.float64) ** 2, axis=1)
    return 10.0 * np.log10(np.maximum(power, 1e-12))
