"""Real faces, bodies and hands, and real pictures without any."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from edge_agent.flow import PostureLook, Rgb, VideoFrame
from edge_agent.vision.finders import Finders, MediaPipeFinders
from edge_agent.vision.hands import HandsLooker
from edge_agent.vision.looks import Sight
from edge_agent.vision.people import PeopleLooker
from edge_agent.vision.posture import PostureLooker
from edge_agent.vision.reader import FrameReader
from tests.fakes.footage import astronaut, film, put, sight, sized, still

pytestmark = [pytest.mark.integration, pytest.mark.timeout(180)]

FILM = "vision/face_pexels.mp4"
HANDS_FILM = "vision/mpsamples_hand_landmarker_test_video.mp4"
SMILING = "vision/mediapipe_sergey.png"
YOGA = "vision/mpsamples_pose_landmarker_test_image.jpg"
THUMB = "vision/mpsamples_hand_landmarker_test_image.jpg"
FOCAL_PX = 554.3
"""Of 640 pixels at 60 degrees."""
FACE_CM = 19.0


@pytest.fixture
def reader(finders: Finders) -> Iterator[FrameReader]:
    finder = finders.faces()
    yield FrameReader(finder, 60.0)
    finder.close()


@pytest.fixture
def people(finders: Finders) -> Iterator[PeopleLooker]:
    looker = PeopleLooker(finders.boxes())
    yield looker
    looker.close()


@pytest.fixture
def postures(finders: Finders) -> Iterator[PostureLooker]:
    looker = PostureLooker(finders.joints())
    yield looker
    looker.close()


@pytest.fixture
def hands(finders: Finders) -> Iterator[HandsLooker]:
    looker = HandsLooker(finders.hands())
    yield looker
    looker.close()


def test_the_face_is_found_and_read_in_nine_frames_of_ten(
    shared: Path, reader: FrameReader, finders: Finders
) -> None:
    every = 1 if isinstance(finders, MediaPipeFinders) else 12
    readings = [reader.read(frame) for frame in film(shared / "testdata" / FILM, every)]
    whole = [one for one in readings if one.faces and one.head and one.brows and one.mouth]
    assert len(whole) / len(readings) >= 0.9
    assert max(one.faces for one in readings) == 1
    heights = [one.face_height_ratio for one in whole if one.face_height_ratio]
    assert all(0.3 < height < 1.2 for height in heights)
    assert all(0.05 < one.brows.raise_ratio < 0.6 for one in whole if one.brows)


def without_a_face(shared: Path) -> dict[str, Rgb]:
    noise = np.random.default_rng(7).integers(0, 256, (480, 640, 3)).astype(np.uint8)
    grey = np.full((480, 640, 3), 128, np.uint8)
    wall = np.repeat(np.linspace(80, 200, 640, dtype=np.uint8)[None, :, None], 480, axis=0)
    return {
        "thumb": still(shared / "testdata" / THUMB),
        "noise": noise,
        "grey": grey,
        "wall": np.ascontiguousarray(np.repeat(wall, 3, axis=2)),
        "black": np.zeros((480, 640, 3), np.uint8),
        "body without its head": np.ascontiguousarray(astronaut()[230:]),
    }


def test_no_face_is_found_where_there_is_none(
    shared: Path, reader: FrameReader, people: PeopleLooker
) -> None:
    for n, (name, image) in enumerate(without_a_face(shared).items()):
        picture = sized(image, 640, 480)
        assert reader.read(VideoFrame(n, n * 33_000_000, picture)).faces == 0, name
        looks = [people.look(sight(picture, 10 * n + k)).people for k in range(2)]
        assert looks == [0, 0], name


def portrait(shared: Path, who: str) -> tuple[Rgb, int]:
    """A person's picture and the height of the face in it, in pixels."""
    if who == "astronaut":
        return astronaut()[:300, 60:380], 125
    if who == "smiling":
        return still(shared / "testdata" / SMILING), 300
    return still(shared / "testdata" / YOGA)[20:330, 220:480], 95


@pytest.mark.parametrize("metres", [1.0, 2.0, 3.0])
@pytest.mark.parametrize("who", ["astronaut", "smiling"])
@pytest.mark.parametrize("side", ["left", "right"])
def test_a_second_person_is_seen_up_to_three_metres_away(
    shared: Path, people: PeopleLooker, metres: float, who: str, side: str
) -> None:
    import cv2

    (first,) = itertools.islice(film(shared / "testdata" / FILM), 1)
    image, face_px = portrait(shared, who)
    scale = FOCAL_PX * FACE_CM / (metres * 100) / face_px
    patch = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    candidate = put(np.full((480, 640, 3), 70, np.uint8), sized(first.image, 480, 270), 80, 200)
    left = 4 if side == "left" else 640 - patch.shape[1] - 4
    scene = put(candidate, np.asarray(patch[:200], np.uint8), left, 0)
    assert people.look(sight(candidate)).people == 1
    looks = [people.look(sight(scene, n)).people for n in (8, 16, 24)]
    assert looks[1:] == [2, 2]


def test_a_candidate_alone_is_one_person_while_they_move(
    shared: Path, people: PeopleLooker
) -> None:
    looks = [people.look(_as_sight(f)) for f in film(shared / "testdata" / FILM, every=16)]
    assert {look.people for look in looks} == {1}


def test_a_face_that_the_frame_has_is_never_fewer_people(people: PeopleLooker) -> None:
    assert people.look(sight(np.zeros((480, 640, 3), np.uint8), faces=1)).people == 1


def test_shoulders_lie_where_they_are(postures: PostureLooker) -> None:
    found = _posture(postures, astronaut())
    assert found.posture is not None
    assert found.posture.centre_x_ratio == pytest.approx(0.41, abs=0.04)
    assert found.posture.centre_y_ratio == pytest.approx(0.48, abs=0.05)
    assert found.posture.shoulder_width_ratio == pytest.approx(0.38, abs=0.06)


def test_a_tilted_picture_is_a_tilt_of_the_shoulders(shared: Path, finders: Finders) -> None:
    yoga = still(shared / "testdata" / YOGA)
    tilts = []
    for turned_deg in (-10.0, 0.0, 10.0):
        looker = PostureLooker(finders.joints())
        look = _posture(looker, _rolled(yoga, turned_deg))
        looker.close()
        assert look.posture is not None
        tilts.append(look.posture.shoulder_tilt_deg)
    assert tilts[2] - tilts[1] == pytest.approx(10.0, abs=3.0)
    assert tilts[0] - tilts[1] == pytest.approx(-10.0, abs=3.0)


def test_a_close_up_has_no_shoulders(shared: Path, postures: PostureLooker) -> None:
    """They are below the picture: the model would guess them."""
    assert _posture(postures, still(shared / "testdata" / SMILING)).posture is None


def test_hands_are_counted(shared: Path, finders: Finders) -> None:
    for name, count in ((THUMB, 1), (YOGA, 2), (SMILING, 0)):
        looker = HandsLooker(finders.hands())
        assert looker.look(sight(still(shared / "testdata" / name))).hands == count, name
        looker.close()


def test_a_moving_hand_has_a_speed_and_a_still_one_none_to_speak_of(
    shared: Path, hands: HandsLooker
) -> None:
    thumb = sized(still(shared / "testdata" / THUMB), 640, 480)
    looks = [hands.look(sight(thumb, n)) for n in (0, 6, 12)]
    assert looks[0].speed_ratio_s is None
    assert looks[2].speed_ratio_s is not None
    assert looks[2].speed_ratio_s < 0.3
    moved = np.roll(thumb, 60, axis=1)
    speed = hands.look(sight(moved, 18)).speed_ratio_s
    assert speed is not None
    assert 0.5 < speed < 1.5  # 300 pixels a second of a hand that fills the picture


def test_hands_of_a_film_are_followed(shared: Path, hands: HandsLooker) -> None:
    looks = [hands.look(_as_sight(frame)) for frame in film(shared / "testdata" / HANDS_FILM, 6)]
    there = [look for look in looks if look.hands]
    assert len(there) / len(looks) > 0.5
    assert sum(look.speed_ratio_s is not None for look in there) / len(there) > 0.5


def _as_sight(frame: VideoFrame) -> Sight:
    return sight(frame.image, frame.index)


def _posture(looker: PostureLooker, image: Rgb) -> PostureLook:
    return looker.look(sight(image))


def _rolled(image: Rgb, counter_clockwise_deg: float) -> Rgb:
    """Turned in the picture's plane, about its centre."""
    import cv2

    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), counter_clockwise_deg, 1.0)
    turned = cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(turned)
