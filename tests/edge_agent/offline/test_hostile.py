"""Files that are no videos, claim too much, or are broken: refused with a reason, and nothing hangs."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import struct
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from edge_agent.offline.limits import Limits
from edge_agent.offline.messages import Up
from edge_agent.offline.player import Player, VideoRefused
from edge_agent.offline.preset import Preset
from edge_agent.vision.settings import VisionSettings
from tests.fakes.clips import clip, plain

pytestmark = pytest.mark.integration


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return clip(tmp_path_factory.mktemp("good") / "good.mp4", plain(30)).read_bytes()


async def said(path: Path, limits: Limits | None = None, model: str = "none") -> list[Up]:
    player = Player(
        path, VisionSettings(model=model), preset=Preset.HIGH_ACCURACY, limits=limits or Limits()
    )
    return [message async for message in player.messages()]


async def refusal(path: Path, limits: Limits | None = None) -> str:
    with pytest.raises(VideoRefused) as caught:
        await said(path, limits)
    return caught.value.code


def mvhd_lasting(data: bytes, seconds: int) -> bytes:
    """The same file with another length in its header."""
    at = data.index(b"mvhd") + 4
    scale = struct.unpack(">I", data[at + 12 : at + 16])[0]
    return data[: at + 16] + struct.pack(">I", min(seconds * scale, 2**32 - 1)) + data[at + 20 :]


def track_of(data: bytes, side: int) -> bytes:
    """The same file with another picture size in its sample description (avc1)."""
    at = data.index(b"avc1", data.index(b"stsd")) + 4 + 24
    return data[:at] + struct.pack(">HH", side, side) + data[at + 4 :]


async def test_what_only_has_a_videos_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.mp4"
    for content, code in (
        (b"", "not_a_video"),
        (b"#EXTM3U\nfile:///etc/passwd\n", "not_a_video"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "not_a_video"),
        (os.urandom(4_000), "not_a_video"),
    ):
        path.write_bytes(content)
        assert await refusal(path) == code
    assert await refusal(tmp_path / "away.mp4") == "not_readable"
    os.mkfifo(tmp_path / "pipe.mp4")
    assert await refusal(tmp_path / "pipe.mp4") == "not_a_video"
    assert await refusal(Path("/dev/zero")) == "not_a_video"


async def test_headers_that_claim_too_much_are_refused(tmp_path: Path, good: bytes) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(mvhd_lasting(good, 400_000))
    assert await refusal(path, Limits(longest_s=2.0)) == "too_long"
    path.write_bytes(good)
    assert await refusal(path, Limits(longest_s=1.0)) == "too_long"
    assert await refusal(path, Limits(most_pixels=32 * 32)) == "picture_too_large"
    assert await refusal(path, Limits(most_bytes=100)) == "file_too_large"


async def test_a_giant_picture_in_the_header_is_no_giant_picture_in_memory(
    tmp_path: Path, good: bytes
) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(track_of(good, 65_000))
    with pytest.raises(VideoRefused) as caught:
        await said(path)
    assert caught.value.code in {"picture_too_large", "damaged", "memory", "crashed", "not_ready"}


async def test_a_file_that_is_cut_off_before_its_index_is_refused(
    tmp_path: Path, good: bytes
) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(good[: len(good) // 2])
    assert await refusal(path) == "damaged"


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_damaged_bytes_end_in_a_sentence(tmp_path: Path, good: bytes, seed: int) -> None:
    """Every way out is a refusal: without a model, a file that could be opened says "not_ready"."""
    chance, data = random.Random(seed), bytearray(good)
    for _ in range(200):
        data[chance.randrange(16, len(data))] = chance.randrange(256)
    path = tmp_path / "x.mp4"
    path.write_bytes(data)
    with pytest.raises(VideoRefused) as caught:
        await said(path, Limits(start_timeout_s=40.0))
    assert caught.value.why


async def test_a_process_that_is_killed_or_stands_still_is_told_apart(
    tmp_path: Path, good: bytes
) -> None:
    path = tmp_path / "x.mp4"
    path.write_bytes(good)
    for number, code in ((signal.SIGKILL, "crashed"), (signal.SIGSTOP, "stuck")):
        limits = Limits(start_timeout_s=2.0 if code == "stuck" else 40.0)
        player = Player(path, VisionSettings(model="none"), preset=Preset.BALANCED, limits=limits)
        messages = player.messages()
        ended = asyncio.create_task(drained(messages))
        while player.pid is None:  # noqa: ASYNC110 - a process has no event
            await asyncio.sleep(0.001)
        os.kill(player.pid, number)
        begun_s = time.monotonic()
        with pytest.raises(VideoRefused) as caught:
            await ended
        assert caught.value.code == code
        assert time.monotonic() - begun_s < 30
        with pytest.raises(ProcessLookupError):
            os.kill(player.pid, 0)


async def drained(messages: AsyncIterator[Up]) -> None:
    async for _ in messages:
        pass
