"""What every `SoundSource` gives, whatever is behind it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path

import av
import numpy as np
import pytest

from edge_agent.capture.microphone import Microphone
from edge_agent.capture.replay import ReplayClock, ReplaySound
from edge_agent.capture.sound import CHUNK_SAMPLES, SoundSource
from edge_agent.flow import SAMPLE_RATE_HZ, AudioChunk
from tests.fakes.portaudio import FakeAudio

pytestmark = pytest.mark.integration


async def microphone(_folder: Path) -> AsyncGenerator[AudioChunk, None]:
    fake = FakeAudio("Built-in")
    source: SoundSource = Microphone("", lambda _: None, make_audio=fake.audio)

    async def play() -> None:
        assert await asyncio.to_thread(fake.opened.acquire, timeout=5)
        for value in range(20):
            await asyncio.sleep(0.02)
            fake.streams[0].give(value)

    playing = asyncio.ensure_future(play())
    try:
        async for chunk in source.chunks():
            yield chunk
    finally:
        playing.cancel()


async def replay(folder: Path) -> AsyncGenerator[AudioChunk, None]:
    file = folder / "film.mp4"
    await asyncio.to_thread(film, file)
    source: SoundSource = ReplaySound(file, ReplayClock((), time.monotonic_ns()))
    async for chunk in source.chunks():
        yield chunk


def film(file: Path) -> None:
    """A second of grey and of a tone."""
    with av.open(str(file), "w") as container:
        picture = container.add_stream("mpeg4", rate=10, width=64, height=64, pix_fmt="yuv420p")
        sound = container.add_stream("aac", rate=SAMPLE_RATE_HZ, layout="mono")
        for _ in range(10):
            grey = np.full((64, 64, 3), 90, dtype=np.uint8)
            container.mux(picture.encode(av.VideoFrame.from_ndarray(grey)))
        tone = (8_000 * np.sin(np.arange(SAMPLE_RATE_HZ) / 5)).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(tone.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = SAMPLE_RATE_HZ
        container.mux(sound.encode(frame))
        for stream in (picture, sound):
            container.mux(stream.encode(None))


Opened = Callable[[Path], AsyncGenerator[AudioChunk, None]]


@pytest.mark.parametrize("opened", [microphone, replay])
async def test_sound_is_16_khz_mono_numbered_from_0_and_timed_without_a_hole(
    opened: Opened, tmp_path: Path
) -> None:
    async with asyncio.timeout(10), aclosing(opened(tmp_path)) as source:
        heard = [await anext(source) for _ in range(10)]
    assert [one.first_sample for one in heard] == [i * CHUNK_SAMPLES for i in range(10)]
    assert all(one.pcm.dtype == np.int16 and one.pcm.shape == (CHUNK_SAMPLES,) for one in heard)
    times = [one.mono_ns for one in heard]
    assert times == sorted(times)
    assert all(not one.gap and one.channel == 0 for one in heard)
