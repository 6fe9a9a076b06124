"""Steadiness, compliance, expression, presence: on movements whose size is known."""

from __future__ import annotations

import math

import pytest

from edge_agent.flow import FrameReading, Posture
from edge_agent.scoring.compliance import compliance
from edge_agent.scoring.expression import expression
from edge_agent.scoring.presence import presence
from edge_agent.scoring.steadiness import head_sway, posture_sway
from tests.edge_agent.scoring.gazing import frame, nodding, shoulders

pytestmark = pytest.mark.unit

NOBODY = FrameReading(0, 0, 0)


@pytest.mark.parametrize("amplitude_deg", [0.0, 1.0, 10.0])
def test_a_nod_sways_by_its_amplitude_over_the_square_root_of_two(amplitude_deg: float) -> None:
    value, behind = head_sway(nodding(amplitude_deg))
    assert value == pytest.approx(amplitude_deg / math.sqrt(2))
    assert behind == 30


def test_a_head_held_to_the_side_is_held_still() -> None:
    turned = [frame(n, head=None) for n in range(5)]
    assert head_sway(turned)[0] == 0.0
    assert head_sway(turned[:1]) == head_sway([NOBODY] * 9) == (None, 0)


def swaying(scale: float, **given: float) -> list[Posture]:
    """Ten looks, half of them with each field `given` off to one side, half to the other."""
    off = {"centre": 0.0, "width": 0.0, "tilt_deg": 0.0} | given
    looks = [
        shoulders(
            0.5 * scale + side * off["centre"],
            0.4 * scale + side * off["width"],
            side * off["tilt_deg"],
        )
        for side in (-1, 1) * 5
    ]
    return [look.posture for look in looks if look.posture]


@pytest.mark.parametrize(
    ("given", "widths"),
    [
        ({}, 0.0),
        ({"centre": 0.04}, 0.1),
        ({"width": 0.02}, 0.05),
        ({"tilt_deg": math.degrees(0.2)}, 0.1),
    ],
)
def test_shoulders_sway_in_their_own_widths(given: dict[str, float], widths: float) -> None:
    value, behind = posture_sway(swaying(1.0, **given))
    assert value == pytest.approx(widths, abs=1e-9)
    assert behind == 10


def test_distance_does_not_matter_to_posture() -> None:
    near, far = posture_sway(swaying(1.0, centre=0.04)), posture_sway(swaying(0.5, centre=0.02))
    assert near[0] == pytest.approx(far[0])


def test_posture_that_was_seen_once_or_not_is_not_measured() -> None:
    assert posture_sway([]) == posture_sway(swaying(1.0)[:1]) == (None, 0)
    assert posture_sway([Posture(0.0, 0.0, 0.5, 0.5)] * 9) == (None, 0)


def test_compliance_is_the_share_of_looks_at_the_screen() -> None:
    frames = [frame(n, on_screen=n < 24) for n in range(30)]
    assert compliance(frames) == (0.8, 30)
    assert compliance([frame(n) for n in range(30)]) == (None, 0)


def test_expression_is_the_rise_over_the_own_neutral() -> None:
    frames = [frame(n, smile=0.03 + 0.1 * (n % 2)) for n in range(30)]
    value, behind = expression(frames, 0.03)
    assert value == pytest.approx(0.05)
    assert behind == 30
    assert expression(frames, None) == expression([NOBODY], 0.03) == (None, 0)


def test_presence_of_nobody_is_a_measured_zero() -> None:
    assert presence([NOBODY] * 30) == (0.0, 30)
    assert presence([frame(0), NOBODY]) == (0.5, 2)
    assert presence([]) == (None, 0)
