"""How the gaze trembles, on paths whose noise is known."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.flow import FrameReading, Gaze
from edge_agent.scoring.jitter import angle_deg, jitter
from tests.edge_agent.scoring.gazing import frame, gazing

pytestmark = pytest.mark.unit

FAR_MS = 220.0
LONG = 6_000


@pytest.mark.parametrize("sigma_deg", [0.1, 0.4, 1.0, 3.0])
def test_noise_of_sigma_degrees_an_axis_is_twice_sigma(sigma_deg: float) -> None:
    value, behind = jitter(gazing(sigma_deg, count=LONG), FAR_MS)
    assert value == pytest.approx(2 * sigma_deg, rel=0.03)
    assert behind == LONG


def test_without_saccades_it_is_the_plain_rms_from_sample_to_sample() -> None:
    frames = gazing(0.5, count=LONG)
    steps = [
        math.hypot(b.gaze.yaw_deg - a.gaze.yaw_deg, b.gaze.pitch_deg - a.gaze.pitch_deg)
        for a, b in pairwise(frames)
        if a.gaze and b.gaze
    ]
    plain = math.sqrt(sum(step * step for step in steps) / len(steps))
    assert jitter(frames, FAR_MS)[0] == pytest.approx(plain, rel=0.03)


@pytest.mark.parametrize("steps", [((10, 15.0),), ((5, 8.0), (14, -12.0), (22, 20.0))])
def test_a_glance_aside_is_no_jitter(steps: tuple[tuple[int, float], ...]) -> None:
    """Without noise a scripted step leaves nothing; with noise it leaves the noise."""
    assert jitter(gazing(0.0, steps=steps), FAR_MS)[0] == pytest.approx(0.0, abs=1e-9)
    still, _ = jitter(gazing(0.4), FAR_MS)
    glancing, _ = jitter(gazing(0.4, steps=steps), FAR_MS)
    assert still is not None
    assert glancing is not None
    assert (
        glancing <= still * 1.35
    )  # three of 29 steps are saccades: the RMS of all would be 5 times


def test_frames_that_are_far_apart_say_nothing() -> None:
    assert jitter(gazing(1.0, fps=3), FAR_MS) == (None, 0)
    assert jitter(gazing(1.0, fps=5), FAR_MS)[0] is not None
    assert jitter(gazing(1.0, count=1), FAR_MS) == (None, 0)


def test_a_blink_costs_the_steps_around_it_alone() -> None:
    frames = gazing(0.4)
    shut = [one if n not in range(10, 14) else blind(one) for n, one in enumerate(frames)]
    assert jitter(shut, FAR_MS)[1] == 26


def blind(one: FrameReading) -> FrameReading:
    return FrameReading(one.frame_index, one.mono_ns, 1, head=one.head)


@given(
    st.lists(st.tuples(st.floats(-8, 8), st.floats(-8, 8)), min_size=3, max_size=60),
    st.floats(1.0, 5.0),
)
def test_more_of_the_same_noise_is_never_less_jitter(
    path: list[tuple[float, float]], grown: float
) -> None:
    def read(factor: float) -> float:
        frames = [frame(n, gaze=Gaze(y * factor, p * factor)) for n, (y, p) in enumerate(path)]
        value, _ = jitter(frames, FAR_MS)
        assert value is not None
        return value

    assert read(grown) >= read(1.0) * (1 - 1e-9)


@given(st.floats(-180, 180), st.floats(-80, 80))
def test_the_angle_is_that_between_directions(yaw_deg: float, pitch_deg: float) -> None:
    assert angle_deg(yaw_deg, pitch_deg, yaw_deg, pitch_deg + 5) == pytest.approx(5)
    across = angle_deg(yaw_deg, pitch_deg, yaw_deg + 1, pitch_deg)
    assert across == pytest.approx(math.cos(math.radians(pitch_deg)), rel=1e-3)
