"""The sound of a file, as a microphone would have given it: 16 kHz, mono, in step with the picture."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np

from edge_agent.flow import SAMPLE_RATE_HZ, Pcm
from edge_agent.offline.opening import Opened

_HOLE_SAMPLES = 4_000
"""Sound that comes later than its samples say by more than this (250 ms) was left out; less is how
containers round."""


class SoundTrack:
    """Iterates over (sample, sound); samples count from the first picture, never go back, and leave
    room for what is missing. Sound from before the first picture is cut off.
    """

    def __init__(self, opened: Opened, zero_s: float, longest_s: float) -> None:
        self._opened, self._zero_s = opened, zero_s
        self._most = int(longest_s * SAMPLE_RATE_HZ)
        self.problem = ""

    def __iter__(self) -> Iterator[tuple[int, Pcm]]:
        import av

        if self._opened.sound is None:
            return
        resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE_HZ)
        at: int | None = None
        for frame in chain(self._frames(), (None,)):
            at = self._placed(frame, at)
            for part in self._resampled(resampler, frame):
                yield from _cut(at or 0, part)
                at = (at or 0) + len(part)
                if at > self._most:
                    self.problem = "its sound goes on beyond the longest video"
                    return

    def _placed(self, frame: Any | None, at: int | None) -> int | None:
        if frame is None or frame.time is None:
            return at
        says = round((float(frame.time) - self._zero_s) * SAMPLE_RATE_HZ)
        if at is None or _HOLE_SAMPLES < says - at <= self._most:
            return says
        return at

    def _frames(self) -> Iterator[Any]:
        import av

        frames = self._opened.container.decode(self._opened.sound)
        while True:
            try:
                yield next(frames)
            except StopIteration:
                return
            except (av.FFmpegError, OSError, MemoryError) as error:
                self.problem = f"its sound is damaged ({error})"
                return

    def _resampled(self, resampler: Any, frame: Any | None) -> Iterator[Pcm]:
        import av

        try:
            for part in resampler.resample(frame):
                yield np.asarray(part.to_ndarray()[0], np.int16)
        except (av.FFmpegError, ValueError) as error:
            self.problem = f"its sound changes its form ({error})"


def _cut(at: int, pcm: Pcm) -> Iterator[tuple[int, Pcm]]:
    early = min(max(0, -at), len(pcm))
    if early < len(pcm):
        yield at + early, pcm[early:]
