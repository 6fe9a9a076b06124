"""Pictures and QR codes for the kiosk: only while it asks, at a few a second, beside everything else."""

from __future__ import annotations

import queue
import time
from pathlib import Path

import numpy as np
import pytest
import segno

from central.interview.check_in import in_qr
from edge_agent.flow import Rgb, VideoFrame
from edge_agent.models.places import FACE
from edge_agent.vision.messages import View, Viewed
from edge_agent.vision.settings import VisionSettings
from edge_agent.vision.viewing import CODE_EVERY_NS, NOTHING, PICTURE_WIDTH_PX, Viewing, jpeg
from tests.fakes.films import film
from tests.fakes.watch import Watch

pytestmark = pytest.mark.unit
CODE = in_qr("ACD347")


def held(text: str, size_px: int = 180, turned_deg: float = 12) -> Rgb:
    """A room with a QR code of `size_px` held to the camera, not straight and not sharp."""
    import cv2

    modules = np.array(
        [list(row) for row in segno.make(text, error="q", micro=False).matrix], np.uint8
    )
    code = np.pad(np.where(modules > 0, 40, 210).astype(np.uint8), 4, constant_values=210)
    code = cv2.resize(code, (size_px, size_px), interpolation=cv2.INTER_NEAREST)
    picture = np.full((720, 1280), 120, np.uint8)
    picture[200 : 200 + size_px, 500 : 500 + size_px] = code
    turn = cv2.getRotationMatrix2D((640, 360), turned_deg, 1)
    picture = cv2.warpAffine(picture, turn, (1280, 720), borderValue=120)
    noise = np.random.default_rng(3).normal(0, 4, picture.shape)
    dirty = np.clip(cv2.GaussianBlur(picture, (3, 3), 0) + noise, 0, 255).astype(np.uint8)
    return np.repeat(dirty[:, :, None], 3, axis=2)


class Watched:
    """A viewing, and what it told."""

    def __init__(self) -> None:
        self.told: queue.Queue[Viewed] = queue.Queue(maxsize=100)
        self.viewing = Viewing(self.told.put_nowait)
        self.viewing.start()
        self.count = 0

    def show(self, image: Rgb, *, frames: int = 1) -> None:
        """As a camera of 30 frames a second."""
        for _ in range(frames):
            self.count += 1
            self.viewing.show(VideoFrame(self.count, self.count * 33_000_000, image))

    def next(self) -> Viewed:
        return self.told.get(timeout=10)


@pytest.fixture
def watched() -> Watched:
    return Watched()


@pytest.mark.parametrize("size_px", [150, 180, 320])
def test_a_code_that_is_held_to_the_camera_is_read(watched: Watched, size_px: int) -> None:
    watched.viewing.want(View(pictures=False, codes=True))
    watched.show(held(CODE, size_px))
    assert watched.next() == Viewed(b"", CODE)
    watched.viewing.close()


def test_nothing_is_looked_at_that_nobody_asks_for(watched: Watched) -> None:
    watched.show(held(CODE), frames=60)
    watched.viewing.want(View(pictures=True, codes=False))
    watched.show(held(CODE))
    seen = watched.next()
    assert (seen.code, seen.picture[:2]) == ("", b"\xff\xd8")
    watched.viewing.want(NOTHING)
    watched.show(held(CODE), frames=60)
    watched.viewing.close()
    assert watched.told.empty()


def test_other_qr_codes_are_not_passed_on_whole(watched: Watched) -> None:
    watched.viewing.want(View(pictures=False, codes=True))
    watched.show(held("https://example.org/" + "x" * 60, 320, 0))
    watched.viewing.close()
    assert watched.told.empty()


def test_few_frames_of_a_second_are_looked_at() -> None:
    viewing = Viewing(lambda _: None)
    viewing.want(View(pictures=True, codes=True))
    picture = np.zeros((4, 4, 3), np.uint8)
    taken = sum(
        viewing.show(VideoFrame(number, number * 33_333_333, picture)) for number in range(90)
    )
    assert taken == pytest.approx(3e9 / CODE_EVERY_NS, abs=2)


def test_a_picture_is_small_and_mirrored() -> None:
    import cv2

    picture = np.zeros((720, 1280, 3), np.uint8)
    picture[:, :640, 0] = 255
    data = jpeg(picture)
    assert len(data) < 30_000
    seen = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert seen is not None
    assert seen.shape == (270, PICTURE_WIDTH_PX, 3)
    assert seen[135, 400, 2] > 200
    assert seen[135, 80, 2] < 50


@pytest.mark.integration
async def test_the_vision_process_shows_pictures_only_while_they_are_wanted(
    models: Path, tmp_path: Path
) -> None:
    start_ns = time.monotonic_ns()
    settings = VisionSettings(
        replay_file=str(film(tmp_path / "x.mp4", 6.0)),
        replay_start_mono_ns=start_ns,
        model=str(models / FACE),
    )
    room, seen = Watch(settings), list[Viewed]()
    room.vision.on_viewed = seen.append
    async with room.running():
        await room.has(10)
        assert seen == []
        room.vision.view(View(pictures=True, codes=True))
        await room.until(lambda: len(seen) >= 2)
        assert all(one.picture for one in seen)
        room.vision.view(NOTHING)
        await room.has(len(room.readings) + 10)
        count = len(seen)
        await room.has(len(room.readings) + 20)
        assert len(seen) == count
