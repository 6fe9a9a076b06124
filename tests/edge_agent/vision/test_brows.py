"""Brows and the size of the face, on points whose place is known."""

from __future__ import annotations

import numpy as np
import pytest

from edge_agent.vision.brows import brows
from edge_agent.vision.canonical import Points
from edge_agent.vision.extent import face_height_ratio

pytestmark = pytest.mark.unit

EYES = {33: (200, 200), 133: (240, 200), 362: (260, 200), 263: (300, 200)}
RIGHT, LEFT = (70, 63, 105, 66, 107), (300, 293, 334, 296, 336)


def face(brow_px: float = 30.0, inner_px: float = 20.0, rolled_deg: float = 0.0) -> Points:
    """Outer eye corners 100 pixels apart; brows so far above them; the face turned in the picture."""
    points = np.zeros((478, 3))
    for number, place in EYES.items():
        points[number, :2] = place
    for n, (right, left) in enumerate(zip(RIGHT, LEFT, strict=True)):
        out = (len(RIGHT) - 1 - n) * 10 + inner_px / 2
        points[right, :2], points[left, :2] = (250 - out, 200 - brow_px), (250 + out, 200 - brow_px)
    points[10, :2], points[152, :2] = (250, 140), (250, 300)
    angle = np.radians(rolled_deg)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    points[:, :2] = (points[:, :2] - 250) @ turn.T * 1.7 + 400
    return points


@pytest.mark.parametrize("rolled_deg", [0.0, 25.0, -40.0])
def test_a_rolled_or_larger_face_has_the_same_brows(rolled_deg: float) -> None:
    found = brows(face(rolled_deg=rolled_deg))
    assert found.raise_ratio == pytest.approx(0.30)
    assert found.gap_ratio == pytest.approx(0.20)


def test_raised_brows_are_higher_and_a_frown_brings_them_together() -> None:
    calm, raised, frown = brows(face()), brows(face(brow_px=45)), brows(face(inner_px=12))
    assert raised.raise_ratio > calm.raise_ratio
    assert raised.gap_ratio == pytest.approx(calm.gap_ratio)
    assert frown.gap_ratio < calm.gap_ratio


def test_a_closed_eye_does_not_move_the_brows() -> None:
    blinking = face()
    blinking[[160, 158, 153, 144, 387, 385, 373, 380], :2] += 9.0
    assert brows(blinking) == brows(face())


@pytest.mark.parametrize("rolled_deg", [0.0, 30.0])
def test_the_face_is_as_high_as_from_forehead_to_chin(rolled_deg: float) -> None:
    assert face_height_ratio(face(rolled_deg=rolled_deg), 680) == pytest.approx(160 * 1.7 / 680)
