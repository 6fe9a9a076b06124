"""A video file in the place of the microphone, and the clock that it shares with the picture.

The picture side runs in the vision process (`film`), the sound side here, in the agent. Both ask
`Timeline` with the same inputs; a release is told to both.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from edge_agent.capture.timeline import Timeline
from edge_agent.errors import ReplayError
from edge_agent.flow import SAMPLE_RATE_HZ, AudioChunk, Pcm

CHUNK_SAMPLES = 320
_CHUNK_NS = 20_000_000
_AHEAD_SAMPLES = 2 * SAMPLE_RATE_HZ


class ReplayClock:
    """The media clock of one replay: its holds, and the releases so far."""

    def __init__(self, holds_s: tuple[float, ...], start_mono_ns: int) -> None:
        self._holds_s, self._start_ns = holds_s, start_mono_ns
        self._releases: tuple[int, ...] = ()

    @property
    def start_mono_ns(self) -> int:
        """When the media began to run."""
        return self._start_ns

    @property
    def timeline(self) -> Timeline:
        """Media time as known now."""
        return Timeline(self._holds_s, self._releases, self._start_ns)

    def release(self, at_mono_ns: int) -> None:
        """Lets the next hold go; more releases than holds change nothing."""
        if len(self._releases) < len(self._holds_s):
            self._releases = (*self._releases, at_mono_ns)


class ReplaySound:
    """A `SoundSource` that plays a file's sound in real time; silence while held and at the end."""

    def __init__(self, file: Path, clock: ReplayClock) -> None:
        """Opens the file.

        Raises:
            ReplayError: it cannot be read, or has no picture or no sound.
        """
        check_replayable(file)
        self.name = f"replay {file.name}"
        self._clock = clock
        self._pcm = _FileSound(file)

    async def chunks(self) -> AsyncIterator[AudioChunk]:
        """20 ms of 16 kHz mono at a time, at the pace of the wall; none is ever left out."""
        start_ns = self._clock.start_mono_ns
        first = max(0, (time.monotonic_ns() - start_ns) // _CHUNK_NS)
        index, cursor = 0, 0
        while True:
            from_ns = start_ns + (first + index) * _CHUNK_NS
            await asyncio.sleep(max(0.0, (from_ns + _CHUNK_NS - time.monotonic_ns()) / 1e9))
            timeline = self._clock.timeline
            end = round(timeline.media_s(from_ns + _CHUNK_NS) * SAMPLE_RATE_HZ)
            # A release that became known late: what was missed is skipped, to stay in step.
            cursor = max(cursor, end - CHUNK_SAMPLES)
            sound = await self._pcm.read(cursor, end)
            chunk = _placed(sound, after=timeline.held_for_s(from_ns) > 0.0)
            yield AudioChunk(0, index * CHUNK_SAMPLES, from_ns, chunk)
            index, cursor = index + 1, end


def check_replayable(file: Path) -> None:
    """Refuses what cannot be replayed.

    Raises:
        ReplayError: the file is missing, damaged, or lacks picture or sound.
    """
    import av

    try:
        with av.open(str(file)) as container:
            pictures, sounds = len(container.streams.video), len(container.streams.audio)
    except (OSError, av.FFmpegError) as error:
        raise ReplayError(str(file), f"cannot be opened as a video ({error})") from error
    if not pictures:
        raise ReplayError(str(file), "has no picture; give a video with picture and sound")
    if not sounds:
        raise ReplayError(str(file), "has no sound; give a video with picture and sound")


def _placed(sound: Pcm, *, after: bool) -> Pcm:
    """Fills up with silence: before the sound where a hold was just released, else after it."""
    chunk = np.zeros(CHUNK_SAMPLES, np.int16)
    if after and len(sound):
        chunk[-len(sound) :] = sound
    else:
        chunk[: len(sound)] = sound
    return chunk


class _FileSound:
    """The file's sound, decoded a little ahead of what is played."""

    def __init__(self, file: Path) -> None:
        self._blocks = _decoded(file)
        self._have = np.zeros(0, np.int16)
        self._at = 0
        self._ended = False

    async def read(self, first: int, end: int) -> Pcm:
        """Samples [first, end); silence where the file has none. `first` never goes back."""
        if not self._ended and self._at + len(self._have) < end + _AHEAD_SAMPLES // 2:
            await asyncio.to_thread(self._fill, end + _AHEAD_SAMPLES)
        found = self._have[max(0, first - self._at) : max(0, end - self._at)]
        drop = min(max(0, end - self._at), len(self._have))
        self._have, self._at = self._have[drop:], self._at + drop
        return np.pad(found, (0, max(0, end - first - len(found))))

    def _fill(self, until: int) -> None:
        parts = [self._have]
        have = self._at + len(self._have)
        while have < until and not self._ended:
            block = next(self._blocks, None)
            if block is None:
                self._ended = True
            else:
                parts.append(block)
                have += len(block)
        self._have = np.concatenate(parts)


def _decoded(file: Path) -> Iterator[Pcm]:
    import av

    try:
        with av.open(str(file)) as container:
            resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLE_RATE_HZ)
            late_s: float | None = None
            for frame in container.decode(audio=0):
                if late_s is None:
                    # Media time 0 is the first picture, whatever the sound's own start is.
                    late_s = (frame.time or 0.0) - _picture_start_s(container)
                    yield np.zeros(max(0, round(late_s * SAMPLE_RATE_HZ)), np.int16)
                yield from _samples(resampler.resample(frame))
            yield from _samples(resampler.resample(None))
    except (OSError, av.FFmpegError) as error:
        raise ReplayError(str(file), f"its sound is damaged ({error})") from error


def _picture_start_s(container: Any) -> float:
    stream = container.streams.video[0]
    return float(stream.start_time * stream.time_base) if stream.start_time else 0.0


def _samples(frames: list[Any]) -> Iterator[Pcm]:
    for frame in frames:
        yield np.asarray(frame.to_ndarray()[0], np.int16)
