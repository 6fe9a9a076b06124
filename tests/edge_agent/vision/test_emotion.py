"""The emotion network's crop, what it is not asked about, and real faces."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from edge_agent.emotion import EmotionRest, Figures, against_rest
from edge_agent.errors import ModelError
from edge_agent.flow import Abstention, EmotionGlance, HeadPose, Rgb, VideoFrame
from edge_agent.flow.emotion import CLASSES
from edge_agent.models.emotion import LABELS
from edge_agent.models.places import EMOTION, FACE
from edge_agent.vision.canonical import Points
from edge_agent.vision.emotion import (
    EYE_X_RATIO,
    EYE_Y_RATIO,
    SIDE_PX,
    EmotionLooker,
    aligned,
    eyes_apart_px,
    unfit,
)
from edge_agent.vision.face import MediaPipeFaces
from edge_agent.vision.looks import Sight
from edge_agent.vision.reader import FrameReader
from edge_agent.vision.settings import EmotionBounds
from tests.fakes.footage import PERIOD_NS, astronaut, film, sized, still

pytestmark = [pytest.mark.integration, pytest.mark.timeout(120)]

BOUNDS = EmotionBounds()
AHEAD = HeadPose(0.0, 0.0, 0.0)
HAPPY = CLASSES.index("happy")


def eyes_at(right: tuple[float, float], left: tuple[float, float]) -> Points:
    """Landmarks of which only the corners of the eyes are anywhere; each eye 20 pixels wide."""
    points = np.zeros((478, 3))
    across = np.subtract(left, right) / math.dist(left, right) * 10
    for corner, centre, way in ((33, right, -1), (133, right, 1), (362, left, -1), (263, left, 1)):
        points[corner, :2] = np.add(centre, way * across)
    return points


def dots(*places: tuple[float, float], size: int = 480) -> Rgb:
    """Black with a white disc at each place."""
    rows, columns = np.mgrid[0:size, 0:size]
    image = np.zeros((size, size), np.uint8)
    for x, y in places:
        image[np.hypot(columns - x, rows - y) < 9] = 255
    return np.ascontiguousarray(np.repeat(image[:, :, None], 3, axis=2))


@pytest.mark.parametrize("roll_deg", [-35.0, 0.0, 20.0])
@pytest.mark.parametrize("apart_px", [60.0, 150.0])
def test_eyes_come_to_lie_level_and_at_their_places(roll_deg: float, apart_px: float) -> None:
    turned = math.radians(roll_deg)
    half = np.array([math.cos(turned), math.sin(turned)]) * apart_px / 2
    right, left = tuple(np.array([240, 220]) - half), tuple(np.array([240, 220]) + half)
    points = eyes_at(right, left)
    assert eyes_apart_px(points) == pytest.approx(apart_px)
    face = aligned(dots(right, left), points).astype(float)
    for x_ratio, columns in ((EYE_X_RATIO, slice(0, 32)), (1 - EYE_X_RATIO, slice(32, 64))):
        part = face[:, columns]
        rows, across = np.mgrid[0:SIDE_PX, columns.start : columns.stop]
        centre = (float((across * part).sum()), float((rows * part).sum()))
        found = [value / part.sum() / SIDE_PX for value in centre]
        assert found == pytest.approx([x_ratio, EYE_Y_RATIO], abs=0.02)


@pytest.mark.parametrize(
    ("head", "apart_px", "why"),
    [
        (AHEAD, 60.0, None),
        (HeadPose(BOUNDS.most_yaw_deg + 1, 0.0, 0.0), 60.0, Abstention.TURNED),
        (HeadPose(0.0, -BOUNDS.most_pitch_deg - 1, 0.0), 60.0, Abstention.TURNED),
        (HeadPose(0.0, 0.0, 40.0), 60.0, None),  # a tilt is made good
        (None, 60.0, Abstention.TURNED),
        (AHEAD, BOUNDS.least_eyes_apart_px - 1, Abstention.SMALL),
    ],
)
def test_a_face_that_the_network_has_never_seen_the_like_of_is_not_shown_to_it(
    head: HeadPose | None, apart_px: float, why: Abstention | None
) -> None:
    assert unfit(head, apart_px, BOUNDS) is why


@pytest.fixture(scope="module")
def looker(models: Path) -> Iterator[EmotionLooker]:
    bounds = EmotionBounds(most_pitch_deg=25.0)  # the astronaut looks up
    looker = EmotionLooker(models / EMOTION, bounds)
    yield looker
    looker.close()


@pytest.fixture(scope="module")
def reader(models: Path) -> Iterator[FrameReader]:
    finder = MediaPipeFaces(models / FACE)
    yield FrameReader(finder, 60.0)
    finder.close()


def glance(looker: EmotionLooker, reader: FrameReader, image: Rgb, n: int) -> EmotionGlance:
    frame = VideoFrame(n, n * PERIOD_NS, image)
    reading = reader.read(frame)
    return looker.look(Sight(frame, reader.landmarks, reading.faces, 0, reading.head))


def test_the_networks_classes_are_ours() -> None:
    assert LABELS == CLASSES


def test_smiles_of_real_people_are_told(
    shared: Path, looker: EmotionLooker, reader: FrameReader
) -> None:
    smiling = still(shared / "testdata/vision/mediapipe_sergey.png")
    for n, image in enumerate((astronaut(), smiling)):
        seen = [glance(looker, reader, image, 10 * n + k) for k in range(3)][-1]
        assert seen.log_p is not None
        assert math.exp(seen.log_p[HAPPY]) > 0.9
        assert sum(map(math.exp, seen.log_p)) == pytest.approx(1.0, abs=1e-4)


def test_nobody_there_and_no_light_are_said(looker: EmotionLooker, reader: FrameReader) -> None:
    empty = np.full((480, 640, 3), 128, np.uint8)
    assert glance(looker, reader, empty, 100).abstained is Abstention.NO_FACE
    frame = VideoFrame(0, 0, (astronaut() // 12).astype(np.uint8))
    points = eyes_at((203.5, 101.5), (247.0, 103.5))
    assert looker.look(Sight(frame, points, 1, 0, AHEAD)).abstained is Abstention.LIGHT


def test_a_film_is_read_against_its_own_face_and_not_against_everybodys(
    shared: Path, looker: EmotionLooker, reader: FrameReader
) -> None:
    """The network calls this man sad while he looks about seriously, and happy when he smiles. Against
    the medians of his first seconds the serious face is neutral, and the smile stays one.
    """
    frames = film(shared / "testdata/vision/face_pexels.mp4", every=6)
    glances = [glance(looker, reader, sized(f.image, 640, 480), f.index + 1000) for f in frames]
    known = [one for one in glances if one.log_p is not None]
    serious, smiling = known[:20], known[-30:]
    assert {likeliest(one.log_p) for one in serious} == {"sad"}
    rest = EmotionRest(Figures())
    for one in serious:
        rest.see(one)
    neutral = rest.neutral().log_p
    assert neutral is not None
    named = [
        [likeliest(against_rest(one, neutral, Figures()).probabilities) for one in part]
        for part in (serious, smiling)
    ]
    assert set(named[0]) <= {"neutral", None}
    assert set(named[1]) <= {"happy", None}
    assert all(part.count(None) / len(part) < 0.3 for part in named)
    turned = [one.abstained for one in glances if one.log_p is None]
    assert set(turned) <= {Abstention.TURNED, Abstention.NO_FACE}


def likeliest(values: tuple[float, ...] | None) -> str | None:
    return None if values is None else CLASSES[max(range(7), key=values.__getitem__)]


@pytest.mark.parametrize("content", [b"", b"no network"])
def test_a_file_that_is_no_network_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / EMOTION).write_bytes(content)
    with pytest.raises(ModelError, match="cannot be loaded"):
        EmotionLooker(tmp_path / EMOTION, BOUNDS)
