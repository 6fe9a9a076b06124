"""Following faces from picture to picture: the geometry, and when the detector looks."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.flow import Rgb
from edge_agent.vision.tracking.crop import cut, put_back, whole
from edge_agent.vision.tracking.detection import Detector, anchors, detections
from edge_agent.vision.tracking.faces import SHORT_RANGE
from edge_agent.vision.tracking.hands import PALM
from edge_agent.vision.tracking.heatmap import refined
from edge_agent.vision.tracking.joints import BODY
from edge_agent.vision.tracking.loop import Followed, Follower
from edge_agent.vision.tracking.people import FULL_RANGE
from edge_agent.vision.tracking.roi import Roi, apart, around, around_turned, turn_rad
from edge_agent.vision.tracking.smoothing import Smoother

pytestmark = pytest.mark.unit

PICTURE = np.zeros((480, 640, 3), np.uint8)
LEFT, RIGHT = Roi(150, 200, 100, 100), Roi(450, 200, 100, 100)
MS = 1_000_000


class Scene:
    """Faces at these places; remembers who looked where."""

    def __init__(self, *faces: Roi) -> None:
        self.faces = list(faces)
        self.searches = 0
        self.read: list[Roi] = []

    def detect(self, _image: Rgb) -> list[Roi]:
        self.searches += 1
        return [replace(face, width=face.width + 4) for face in self.faces]

    def look(self, _image: Rgb, roi: Roi) -> Followed | None:
        self.read.append(roi)
        there = [face for face in self.faces if face.shared(roi) > 0.3]
        return Followed(np.array([[there[0].x, there[0].y]]), there[0]) if there else None


def follower(scene: Scene, *, wanted: int = 2, keeps: bool = False) -> Follower:
    return Follower(scene.detect, scene.look, wanted=wanted, keeps=keeps)


def test_the_detector_rests_while_as_many_are_followed_as_wanted() -> None:
    scene = Scene(LEFT, RIGHT)
    loop = follower(scene)
    assert [len(loop.step(PICTURE)) for _ in range(4)] == [2, 2, 2, 2]
    assert scene.searches == 1


def test_with_fewer_it_looks_in_every_picture_and_finds_who_comes() -> None:
    scene = Scene(LEFT)
    loop = follower(scene)
    assert len(loop.step(PICTURE)) == 1
    scene.faces.append(RIGHT)
    assert len(loop.step(PICTURE)) == 2
    assert scene.searches == 2


def test_who_leaves_is_followed_no_longer() -> None:
    scene = Scene(LEFT, RIGHT)
    loop = follower(scene)
    loop.step(PICTURE)
    scene.faces.remove(LEFT)
    assert [one.next for one in loop.step(PICTURE)] == [RIGHT]
    assert len(loop.step(PICTURE)) == 1


def test_who_moves_less_than_half_of_their_size_stays_the_same_one() -> None:
    scene = Scene(LEFT, RIGHT)
    loop = follower(scene)
    for shift in range(0, 200, 20):
        scene.faces = [replace(LEFT, y=LEFT.y + shift), RIGHT]
        assert len(loop.step(PICTURE)) == 2
    assert scene.searches == 1


@pytest.mark.parametrize(("keeps", "width"), [(False, 104), (True, 100)])
def test_where_both_know_a_face_one_of_them_says_where(keeps: bool, width: float) -> None:
    """The detector's region is the wider one here; either way nobody is read twice."""
    scene = Scene(LEFT)
    loop = follower(scene, keeps=keeps)
    loop.step(PICTURE)
    scene.read.clear()
    loop.step(PICTURE)
    assert [one.width for one in scene.read] == [width]


def test_more_than_wanted_are_not_read() -> None:
    scene = Scene(LEFT, RIGHT)
    assert len(follower(scene, wanted=1).step(PICTURE)) == 1
    assert len(scene.read) == 1


def test_a_picture_of_another_size_begins_anew() -> None:
    scene = Scene(LEFT, RIGHT)
    loop = follower(scene)
    loop.step(PICTURE)
    loop.step(np.zeros((240, 320, 3), np.uint8))
    assert scene.searches == 2


def test_a_region_that_is_dropped_is_looked_for_again() -> None:
    scene = Scene(LEFT, RIGHT)
    loop = follower(scene)
    loop.step(PICTURE)
    loop.drop([RIGHT])
    loop.step(PICTURE)
    assert scene.searches == 2


rois = st.builds(
    Roi,
    st.floats(-100, 700),
    st.floats(-100, 500),
    st.floats(10, 400),
    st.floats(10, 400),
    st.floats(-3, 3),
)


@given(rois, st.floats(0.5, 3))
def test_growing_keeps_the_centre_and_the_turn(roi: Roi, scale: float) -> None:
    grown = roi.grown(scale, square=True)
    assert (grown.x, grown.y, grown.turn_rad) == (roi.x, roi.y, roi.turn_rad)
    assert grown.width == grown.height == pytest.approx(scale * max(roi.width, roi.height))


def test_up_is_towards_the_top_of_the_turned_region() -> None:
    upright = Roi(100, 100, 40, 80).grown(1.0, up=0.5)
    assert (upright.x, upright.y) == (100, 60)
    on_its_side = Roi(100, 100, 40, 80, math.pi / 2).grown(1.0, up=0.5)
    assert (on_its_side.x, on_its_side.y) == pytest.approx((140, 100))


@given(rois, rois)
def test_what_two_regions_share_is_the_same_from_either_side(a: Roi, b: Roi) -> None:
    assert a.shared(b) == pytest.approx(b.shared(a))
    assert 0.0 <= a.shared(b) <= 1.0 + 1e-9
    assert a.shared(a) == pytest.approx(1.0)


def test_regions_of_one_thing_are_kept_once_and_the_first_goes_first() -> None:
    close = replace(LEFT, x=LEFT.x + 10)
    assert apart([LEFT], [close, RIGHT], 0.5) == [LEFT, RIGHT]


@pytest.mark.parametrize("turned", [-2.5, -0.4, 0.0, 0.3, 1.5, 3.0])
def test_the_turn_of_a_line_is_how_far_it_is_from_its_target(turned: float) -> None:
    start = np.array([300.0, 200.0])
    end = start + 50 * np.array([math.cos(turned), math.sin(turned)])
    assert turn_rad(start, end, 0.0) == pytest.approx(turned)
    box = around_turned(np.array([start, end]), turned)
    assert (box.width, box.height) == pytest.approx((50, 0), abs=1e-6)
    assert (box.x, box.y) == pytest.approx(tuple((start + end) / 2))


@given(rois, st.floats(0, 1), st.floats(0, 1))
def test_landmarks_go_back_to_where_the_crop_was_taken(roi: Roi, x: float, y: float) -> None:
    size = (192, 128)
    placed = put_back(np.array([[x * 192, y * 128, 5.0]]), roi, size)[0]
    across, down = (x - 0.5) * roi.width, (y - 0.5) * roi.height
    cos, sin = math.cos(roi.turn_rad), math.sin(roi.turn_rad)
    expected = roi.x + cos * across - sin * down, roi.y + sin * across + cos * down
    assert placed[:2] == pytest.approx(expected, abs=1e-6)
    assert placed[2] == pytest.approx(5.0 * roi.width / 192)


def test_what_is_cut_out_is_what_lies_there() -> None:
    image = PICTURE.copy()
    image[150:250, 300:400] = 200
    turned = cut(image, Roi(350, 200, 100, 100, 0.0), (50, 50))
    assert int(turned.min()) == 200
    beside = cut(image, Roi(250, 200, 100, 100), (50, 50))
    assert int(beside[:, :40].max()) == 0


def test_a_detector_sees_the_whole_picture_with_black_bars() -> None:
    bright = np.full((360, 640, 3), 255, np.uint8)
    seen = cut(bright, whole(640, 360), (128, 128), bars=True)
    rows = seen.mean(axis=(1, 2))
    assert rows[64] == 255
    assert rows[:26].max() == rows[103:].max() == 0


@pytest.mark.parametrize(
    ("detector", "count"),
    [(SHORT_RANGE, 896), (FULL_RANGE, 2304), (BODY, 2254), (PALM, 2016)],
)
def test_there_are_as_many_anchors_as_the_network_has_boxes(detector: Detector, count: int) -> None:
    centres = anchors(detector)
    assert centres.shape == (count, 2)
    assert 0.0 < centres.min() < centres.max() < 1.0


def raw(
    detector: Detector, *found: tuple[int, float, tuple[float, float, float, float]]
) -> tuple[np.ndarray, np.ndarray]:
    """A network's output with these (anchor, logit, (dx, dy, width, height)) and one point each."""
    count = len(anchors(detector))
    boxes, logits = np.zeros((count, 6)), np.full((count, 1), -1e4)
    for anchor, logit, box in found:
        boxes[anchor, :4], logits[anchor] = box, logit
    return boxes, logits


def test_boxes_lie_at_their_anchors_in_shares_of_the_picture() -> None:
    (one,) = detections(
        SHORT_RANGE, anchors(SHORT_RANGE), *raw(SHORT_RANGE, (0, 9.0, (4.0, 0.0, 32.0, 16.0)))
    )
    middle, half = anchors(SHORT_RANGE)[0] + (4 / 128, 0), np.array([0.125, 0.0625])
    assert one.box == pytest.approx([*(middle - half), *(middle + half)])
    assert one.score > 0.99


def test_boxes_of_one_face_are_one_in_their_mean_place_and_the_surest_is_first() -> None:
    size = (32.0, 32.0)
    boxes, logits = raw(
        SHORT_RANGE,
        (0, 0.5, (0.0, 0.0, *size)),
        (1, 0.5, (4.0, 0.0, *size)),
        (300, 3.0, (0, 0, *size)),
    )
    first, second = detections(SHORT_RANGE, anchors(SHORT_RANGE), boxes, logits)
    assert first.score > second.score
    shift = second.box[0] - (anchors(SHORT_RANGE)[0][0] - 0.125)
    assert shift == pytest.approx(2 / 128)


def test_nothing_is_found_in_what_is_not_sure() -> None:
    assert detections(SHORT_RANGE, anchors(SHORT_RANGE), *raw(SHORT_RANGE)) == []


def test_a_landmark_goes_to_where_the_heat_is_if_it_is_sure() -> None:
    heat = np.full((64, 64, 2), -9.0)
    heat[20, 31] = 9.0  # within reach of (30, 20) for both landmarks
    heat[:, :, 1] = -9.0
    points = refined(np.array([[30.5 / 64, 20.5 / 64]] * 2), heat)
    assert points[0] == pytest.approx([31 / 64, 20 / 64], abs=1e-3)
    assert points[1] == pytest.approx([30.5 / 64, 20.5 / 64])


@given(st.integers(0, 2**32 - 1))
def test_heat_is_weighed_cell_by_cell_up_to_the_edge(seed: int) -> None:
    """Against the definition as loops; a landmark outside the crop stays."""
    numbers = np.random.default_rng(seed)
    heat, points = numbers.normal(0, 4, (16, 12, 8)), numbers.uniform(-0.1, 1.1, (8, 2))
    expected = points.copy()
    for n, (x, y) in enumerate(points):
        column, row = math.floor(x * 12), math.floor(y * 16)
        if not (0 <= column < 12 and 0 <= row < 16):
            continue
        cells = [
            (1 / (1 + math.exp(-heat[r, c, n])), c, r)
            for r in range(max(0, row - 3), min(16, row + 4))
            for c in range(max(0, column - 3), min(12, column + 4))
        ]
        if max(cells)[0] >= 0.5:
            total = sum(weight for weight, _, _ in cells)
            expected[n] = (
                sum(weight * c for weight, c, _ in cells) / total / 12,
                sum(weight * r for weight, _, r in cells) / total / 16,
            )
    assert refined(points, heat) == pytest.approx(expected)


def test_smoothing_stills_noise_and_lets_large_moves_through() -> None:
    noise, smoother = np.random.default_rng(3), Smoother()
    seen = np.ones(1)
    still = [
        smoother.step(
            np.array([[100.0, 100.0]]) + noise.normal(0, 0.3, 2), seen, 400.0, n * 100 * MS
        )[0]
        for n in range(1, 40)
    ]
    assert np.std(np.array(still)[10:]) < 0.2
    moved = [
        smoother.step(np.array([[180.0, 100.0]]), seen, 400.0, n * 100 * MS)[0] for n in (41, 42)
    ]
    assert moved[-1][0, 0] == pytest.approx(180.0, abs=4.0)


def test_a_replay_that_begins_anew_is_not_smoothed_into_its_end() -> None:
    smoother, seen = Smoother(), np.ones(1)
    smoother.step(np.array([[0.0, 0.0]]), seen, 400.0, 900 * MS)
    again, _ = smoother.step(np.array([[300.0, 0.0]]), seen, 400.0, 0)
    assert again[0, 0] == 300.0


def test_a_box_around_points_is_tight() -> None:
    box = around(np.array([[10.0, 20.0, 9.0], [30.0, 60.0, -9.0]]), 0.2)
    assert box == Roi(20.0, 40.0, 20.0, 40.0, 0.2)
