"""The picture as a picture, on pictures that are what they are called."""

from __future__ import annotations

import numpy as np
import pytest

from edge_agent.flow import CameraHealth, Rgb
from edge_agent.vision.camera_health import camera_health

pytestmark = pytest.mark.unit


def portrait() -> Rgb:
    from skimage import data

    return np.ascontiguousarray(data.astronaut())


def blurred(picture: Rgb) -> Rgb:
    import cv2

    return np.asarray(cv2.GaussianBlur(picture, (0, 0), 9), np.uint8)


def flags(health: CameraHealth) -> tuple[bool, bool, bool, bool]:
    return health.black, health.over_exposed, health.blurred, health.frozen


GOOD = (False, False, False, False)
PICTURES = {
    "a portrait": (portrait, GOOD),
    "a dim room": (lambda: (portrait() * 0.3).astype(np.uint8), GOOD),
    "black": (lambda: np.zeros((480, 640, 3), np.uint8), (True, False, False, False)),
    "a covered lens": (
        lambda: np.random.default_rng(1).integers(0, 9, (480, 640, 3)).astype(np.uint8),
        (True, False, False, False),
    ),
    "white": (lambda: np.full((480, 640, 3), 255, np.uint8), (False, True, False, False)),
    "out of focus": (lambda: blurred(portrait()), (False, False, True, False)),
}


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_each_picture_is_called_what_it_is(name: str) -> None:
    make, expected = PICTURES[name]
    assert flags(camera_health(make(), 0, frozen_ms=0)) == expected


def test_figures_are_shares_of_full_scale() -> None:
    half = np.zeros((480, 640, 3), np.uint8)
    half[:, :160] = 255
    health = camera_health(half, 7, frozen_ms=0)
    assert health.mono_ns == 7
    assert health.brightness_ratio == pytest.approx(0.25, abs=0.005)
    assert health.clipped_ratio == pytest.approx(0.25, abs=0.005)


@pytest.mark.parametrize(("frozen_ms", "frozen"), [(0, False), (900, False), (1_000, True)])
def test_a_picture_that_is_the_same_for_a_second_is_frozen(frozen_ms: int, frozen: bool) -> None:
    assert camera_health(portrait(), 0, frozen_ms).frozen is frozen


@pytest.mark.parametrize("shape", [(640, 360, 3), (1080, 1920, 3), (2, 2, 3)], ids=str)
def test_any_size_has_a_health(shape: tuple[int, int, int]) -> None:
    assert camera_health(np.full(shape, 90, np.uint8), 0, 0).brightness_ratio == pytest.approx(
        90 / 255, abs=0.01
    )
