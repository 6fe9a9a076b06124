"""Openness and blinks on scripted signals."""

from __future__ import annotations

import numpy as np
import pytest

from edge_agent.vision.eyes import BlinkReader, openness

pytestmark = pytest.mark.unit

FRAME_NS = 33_333_333
OPEN = 0.30


def ended_at(signal: list[float]) -> list[int]:
    reader = BlinkReader()
    return [n for n, both in enumerate(signal) if reader.read(both, both, n * FRAME_NS).blink_ended]


def dip(frames: int, depth: float = 0.06) -> list[float]:
    return [depth] * frames


def test_a_scripted_blink_train_is_found() -> None:
    """F1 at least 0.98 over 300 blinks of natural length with noise on a drifting baseline."""
    random = np.random.default_rng(3)
    signal: list[float] = [OPEN] * 30
    truth = []
    for _ in range(300):
        rest = int(random.integers(20, 150))
        signal += list(OPEN * (1 + 0.05 * np.sin(np.arange(rest) / 40)))
        frames = int(random.integers(2, 8))
        signal += list(random.uniform(0.02, 0.12, frames))
        truth.append(len(signal))
    signal += [OPEN] * 30
    found = ended_at(
        [
            value + noise
            for value, noise in zip(signal, random.normal(0, 0.008, len(signal)), strict=True)
        ]
    )
    hits = sum(any(abs(at - there) <= 2 for at in found) for there in truth)
    precision, recall = hits / len(found), hits / len(truth)
    assert 2 * precision * recall / (precision + recall) >= 0.98


@pytest.mark.parametrize(
    ("signal", "blinks"),
    [
        ([OPEN] * 60, 0),
        ([OPEN] * 30 + dip(3) + [OPEN] * 10, 1),
        ([OPEN] * 30 + dip(3) + [OPEN] * 10 + dip(3) + [OPEN] * 5, 2),
        ([OPEN] * 30 + dip(20) + [OPEN] * 10, 0),  # closed eyes
        ([OPEN] * 30 + dip(3, 0.22) + [OPEN] * 10, 0),  # a squint
        (dip(3), 0),
    ],
)
def test_dips_that_are_blinks_are_counted(signal: list[float], blinks: int) -> None:
    assert len(ended_at(signal)) == blinks


def test_a_second_blink_within_80_ms_is_not_counted() -> None:
    assert len(ended_at([OPEN] * 30 + dip(2) + [OPEN] + dip(1) + [OPEN] * 9)) == 1


def test_narrow_eyes_have_a_baseline_of_their_own() -> None:
    assert len(ended_at([0.14] * 30 + dip(3, 0.05) + [0.14] * 10)) == 1


def test_eyes_that_were_lost_while_closed_end_no_blink() -> None:
    reader = BlinkReader()
    for n in range(20):
        reader.read(OPEN, OPEN, n * FRAME_NS)
    assert reader.read(0.05, 0.05, 20 * FRAME_NS).closed
    again = reader.read(OPEN, OPEN, 60 * FRAME_NS)
    assert not again.closed
    assert not again.blink_ended


def test_openness_is_lid_distance_over_corner_distance() -> None:
    points = np.zeros((478, 3))
    for outer, up1, up2, inner, low2, low1 in (
        (33, 160, 158, 133, 153, 144),
        (263, 387, 385, 362, 380, 373),
    ):
        points[outer, :2], points[inner, :2] = (0, 0), (30, 0)
        points[up1, :2], points[low1, :2] = (10, -3), (10, 3)
        points[up2, :2], points[low2, :2] = (20, -4.5), (20, 4.5)
    assert openness(points) == pytest.approx((0.25, 0.25))
