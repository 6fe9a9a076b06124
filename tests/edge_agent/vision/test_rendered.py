"""Known truth through the real landmark model: pictures rendered from the canonical face.

Pose, place, camera, lids and eyes are put in, and the picture goes the whole way of a frame. What a
render cannot say: how a real person's face differs from the canonical one (`tests/edge_agent/gaze` has
subjects who differ), and how a real eye looks. The landmark models, Google's own as well as the one
built here, follow these rendered eyes by half sideways and by a third up and down; so eyes are proven
here in direction and order, and in degrees on simulated landmarks (`test_simulation`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from edge_agent.flow import FrameReading, HeadPose, VideoFrame
from edge_agent.gaze import Screen
from edge_agent.models.places import FACE
from edge_agent.vision.canonical import Points
from edge_agent.vision.face import MediaPipeFaces
from edge_agent.vision.head_pose import direction
from edge_agent.vision.optics import Optics
from edge_agent.vision.reader import FrameReader
from tests.truth.head import Head
from tests.truth.people import PEOPLE, head
from tests.truth.scene import Posed, Studio

pytestmark = [pytest.mark.integration, pytest.mark.timeout(300)]

FRAME_NS = 33_333_333
Camera = tuple[int, int, float]
SMALL, LARGE = (640, 480, 60.0), (1280, 720, 70.0)
"""Pixels, and how wide it sees in degrees."""
SHORT, LONG = 1, 5
LENGTHS = [pytest.param(SHORT, id="short"), pytest.param(LONG, id="long", marks=pytest.mark.soak)]
Heads = dict[str, Head]


@pytest.fixture(scope="module")
def finder(models: Path) -> Iterator[MediaPipeFaces]:
    finder = MediaPipeFaces(models / FACE)
    yield finder
    finder.close()


@pytest.fixture(scope="module")
def heads(shared: Path, finder: MediaPipeFaces) -> Heads:
    return {who: head(shared, who, finder) for who in PEOPLE}


class Sitting:
    """One person before one camera."""

    def __init__(self, finder: MediaPipeFaces, head: Head, camera: Camera) -> None:
        self._finder, self._camera = finder, camera
        self.studio = Studio(head, Optics.from_fov(*camera))
        self._count = 0
        self.begin()

    def begin(self) -> None:
        """Somebody new sits down."""
        self._reader = FrameReader(self._finder, self._camera[2])

    def see(self, posed: Posed, frames: int = 1) -> FrameReading:
        """The same for so many frames; the last one's reading."""
        for _ in range(frames):
            picture = self.studio.picture(posed)
            reading = self._reader.read(VideoFrame(self._count, self._count * FRAME_NS, picture))
            self._count += 1
        return reading


@pytest.mark.parametrize(
    ("camera", "length"),
    [
        (SMALL, SHORT),
        pytest.param(SMALL, LONG, marks=pytest.mark.soak),
        pytest.param(LARGE, LONG, marks=pytest.mark.soak),
    ],
    ids=["640x480", "640x480-long", "1280x720-long"],
)
def test_head_pose_errs_by_two_degrees_at_most_on_average(
    finder: MediaPipeFaces, heads: Heads, camera: Camera, length: int
) -> None:
    """Over a head that turns by 25 degrees, up and down and to the shoulders by 12, 50 to 75 cm away.
    Pitch is the worst of the three: it is told 15 to 20 % too small.
    """
    off, frames = [], 24 * length
    for who in PEOPLE:
        sitting = Sitting(finder, heads[who], camera)
        for posed in _wandering(frames):
            found = sitting.see(posed).head
            if found is not None:
                off.append(np.abs(_angles(found) - _angles(posed.pose)))
    assert len(off) >= 0.9 * frames * len(PEOPLE)
    yaw, pitch, roll = np.mean(off, axis=0)
    assert np.mean(off) <= 2.0, (yaw, pitch, roll)
    assert max(yaw, roll) <= 2.0
    assert pitch <= 4.0


@pytest.mark.parametrize("length", LENGTHS)
def test_every_scripted_blink_is_found_and_no_other(
    finder: MediaPipeFaces, heads: Heads, length: int
) -> None:
    """F1 of at least 0.98, while the eyes wander; a blink takes 100 to 230 ms, its lids do not always
    meet.
    """
    random, hits, told, wanted = np.random.default_rng(3), 0, 0, 0
    for who in PEOPLE:
        lids, ends = _blink_train(random, 4 * length)
        sitting = Sitting(finder, heads[who], SMALL)
        found = []
        for n, share in enumerate(lids):
            target = (8 * math.sin(n / 40), 10 + 5 * math.sin(n / 25), 0.0)
            eyes = sitting.see(Posed(HeadPose(3, -5, 1), (0, 5, 60), target, share)).eyes
            if eyes is not None and eyes.blink_ended:
                found.append(n)
        hits += sum(any(abs(at - end) <= 2 for at in found) for end in ends)
        told, wanted = told + len(found), wanted + len(ends)
    assert 2 * hits / (told + wanted) >= 0.98


@pytest.mark.parametrize("who", PEOPLE)
def test_lids_that_close_are_eyes_that_are_less_open(
    finder: MediaPipeFaces, heads: Heads, who: str
) -> None:
    sitting = Sitting(finder, heads[who], SMALL)
    steps = [sitting.see(Posed(HeadPose(0, 0, 0), lids=n / 4), frames=3).eyes for n in range(5)]
    openness = [(eyes.left_openness + eyes.right_openness) / 2 for eyes in steps if eyes]
    assert len(openness) == 5
    assert openness == sorted(openness, reverse=True)
    assert openness[-1] < 0.6 * openness[0]


@pytest.mark.parametrize("who", PEOPLE)
def test_gaze_follows_rendered_eyes_across_the_screen(
    finder: MediaPipeFaces, heads: Heads, who: str
) -> None:
    """Both axes lie on a line of the truth. Where eyeballs stood between this frame's corner landmarks,
    up and down did not (a correlation of 0.6 to 0.8): the corners go with the iris.
    """
    screen, sitting = Screen(), Sitting(finder, heads[who], SMALL)
    rows = []
    for x in (0.12, 0.5, 0.88):
        for y in (0.14, 0.5, 0.86):
            posed = Posed(HeadPose(0, -8, 0), (0, 6, 60), _place(screen, x, y))
            towards = np.add(*(eye.towards for eye in sitting.studio.eyeballs(posed)))
            sitting.see(posed)
            for _ in range(2):
                reading = sitting.see(posed)
                if reading.gaze and reading.head:
                    rows.append((*direction(towards), reading.gaze.yaw_deg, reading.gaze.pitch_deg))
    true_yaw, true_pitch, yaw, pitch = np.array(rows).T
    assert np.corrcoef(true_yaw, yaw)[0, 1] > 0.97
    assert np.corrcoef(true_pitch, pitch)[0, 1] > 0.85


def _wandering(frames: int) -> Iterator[Posed]:
    """A head that moves by a few degrees from frame to frame and comes to every corner of its range."""
    for n in range(frames):
        phase = 2 * math.pi * n / 24
        yaw, pitch = 25 * math.sin(phase), 12 * math.sin(1.7 * phase + 0.5)
        roll = 12 * math.sin(0.6 * phase + 1.0)
        place = (
            4 * math.sin(0.8 * phase),
            3 * math.cos(phase),
            62.5 + 12.5 * math.sin(0.4 * phase),
        )
        yield Posed(HeadPose(yaw, pitch, roll), place)


def _angles(pose: HeadPose) -> Points:
    return np.array([pose.yaw_deg, pose.pitch_deg, pose.roll_deg])


def _place(screen: Screen, x: float, y: float) -> tuple[float, float, float]:
    right, down, away = (float(v) for v in screen.place_cm(x, y))
    return right, down, away


def _blink_train(random: np.random.Generator, count: int) -> tuple[list[float], list[int]]:
    """How far the lids are closed in each frame, and in which frame each blink is over."""
    lids, ends = [0.0] * 12, []
    for _ in range(count):
        lids += [0.0] * int(random.integers(8, 16))
        frames = int(random.integers(3, 8))
        depth = random.uniform(1.0, 1.5)
        lids += [
            min(1.0, depth * math.sin(math.pi * (n + 1) / (frames + 1))) for n in range(frames)
        ]
        ends.append(len(lids))
    return [*lids, *[0.0] * 8], ends
