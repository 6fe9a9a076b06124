"""Picture and sound of a file, in step, in real time."""

from __future__ import annotations

import asyncio
import threading
import time
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from edge_agent.capture.film import Film
from edge_agent.capture.replay import CHUNK_SAMPLES, ReplayClock, ReplaySound
from edge_agent.errors import ReplayError
from edge_agent.flow import AudioChunk, VideoFrame
from tests.fakes.films import LOUDNESS, film, shown_s

pytestmark = pytest.mark.integration

S = 1_000_000_000


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("films") / "x.mp4", 4.0)


async def hear(sound: ReplaySound, until_ns: int) -> list[AudioChunk]:
    heard = []
    async for chunk in sound.chunks():
        heard.append(chunk)
        if chunk.mono_ns >= until_ns:
            break
    return heard


def watch(picture: Film, until_ns: int) -> list[VideoFrame]:
    frames, stop = [], threading.Event()
    for frame in picture.frames(stop):
        frames.append(frame)
        if frame.mono_ns >= until_ns:
            break
    return frames


def is_loud(chunk: AudioChunk) -> bool:
    return float(np.abs(chunk.pcm).max()) > LOUDNESS / 4


async def test_picture_and_sound_hold_and_go_on_together(file: Path) -> None:
    """One second, a hold of 0.7 s, then on: the tone starts when the picture passes 1 s."""
    start_ns = time.monotonic_ns()
    clock = ReplayClock((1.0,), start_ns)
    until_ns = start_ns + 27 * S // 10
    watching = asyncio.to_thread(watch, Film(file, lambda: clock.timeline), until_ns)
    hearing = asyncio.create_task(hear(ReplaySound(file, clock), until_ns))
    seen = asyncio.create_task(watching)
    await asyncio.sleep(1.7)
    released_ns = time.monotonic_ns()
    clock.release(released_ns)
    frames, chunks = await seen, await hearing
    first_loud = next(chunk for chunk in chunks if is_loud(chunk))
    first_past = next(frame for frame in frames if shown_s(frame.image) > 1.1)
    assert first_loud.mono_ns == pytest.approx(released_ns, abs=40_000_000)
    assert first_past.mono_ns == pytest.approx(released_ns + S // 10, abs=80_000_000)
    for frame in frames:
        expected_s = clock.timeline.picture_s(frame.mono_ns)
        if not 0 <= frame.mono_ns - released_ns < 100_000_000:
            assert shown_s(frame.image) == pytest.approx(expected_s, abs=0.1)


async def test_chunks_are_20_ms_contiguous_and_on_time(file: Path) -> None:
    start_ns = time.monotonic_ns()
    chunks = await hear(ReplaySound(file, ReplayClock((), start_ns)), start_ns + S)
    assert [chunk.first_sample for chunk in chunks] == [
        n * CHUNK_SAMPLES for n in range(len(chunks))
    ]
    assert {len(chunk.pcm) for chunk in chunks} == {CHUNK_SAMPLES}
    steps = {b.mono_ns - a.mono_ns for a, b in pairwise(chunks)}
    assert steps == {20_000_000}


async def test_no_sample_of_the_file_is_lost_or_doubled_while_it_runs(file: Path) -> None:
    start_ns = time.monotonic_ns()
    chunks = await hear(ReplaySound(file, ReplayClock((), start_ns)), start_ns + 2 * S)
    offset = round((chunks[0].mono_ns - start_ns) / S * 16_000)
    heard = np.concatenate([chunk.pcm for chunk in chunks])
    at_s = (np.arange(len(heard)) + offset) / 16_000
    # Away from the coder's edges, the tone runs on without a break of phase.
    inside = (at_s > 1.1) & (at_s < 1.9)
    tone = np.sin(2 * np.pi * 440 * at_s[inside]) * LOUDNESS
    assert np.corrcoef(tone, heard[inside])[0, 1] > 0.99


def test_a_camera_of_film_gives_frames_at_its_pace(file: Path) -> None:
    start_ns = time.monotonic_ns()
    clock = ReplayClock((), start_ns)
    frames = watch(Film(file, lambda: clock.timeline), start_ns + S)
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert len(frames) == pytest.approx(30, abs=3)


@pytest.mark.parametrize(
    ("picture", "sound", "problem"), [(True, False, "no sound"), (False, True, "no picture")]
)
def test_a_file_that_lacks_a_half_is_refused(
    tmp_path: Path, picture: bool, sound: bool, problem: str
) -> None:
    made = film(tmp_path / "half.mp4", 0.5, picture=picture, sound=sound)
    with pytest.raises(ReplayError, match=f"half.mp4: has {problem}; give a video with"):
        ReplaySound(made, ReplayClock((), 0))


def test_a_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("not a video")
    for path in (tmp_path / "text.mp4", tmp_path / "missing.mp4"):
        with pytest.raises(ReplayError, match="cannot be opened"):
            ReplaySound(path, ReplayClock((), 0))
