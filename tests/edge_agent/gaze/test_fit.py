"""Rejecting what is no look, fitting what is, refusing what is not determined."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_agent.flow import Eyes, FrameReading, Gaze, GazeParameters, HeadPose
from edge_agent.gaze import Screen, screen_gaze
from edge_agent.gaze.fit import Refused, error_deg, fit
from edge_agent.gaze.gather import Observation, gather
from edge_agent.gaze.look import unit
from edge_agent.vision.head_pose import direction

pytestmark = pytest.mark.unit

SCREEN = Screen()
NONE = GazeParameters(0.0, 0.0, 1.0, 1.0)
EYES_CM = (0.0, 8.0, 60.0)


def reading(n: int, target: tuple[float, float], *, off_deg: float = 0.0) -> FrameReading:
    """Frame n at 30 a second: a level head that looks at a place, `off_deg` beside it."""
    yaw, pitch = direction(SCREEN.place_cm(*target) - np.array(EYES_CM))
    return FrameReading(
        n,
        n * 33_000_000,
        1,
        HeadPose(0.0, 0.0, 0.0),
        Eyes(0.3, 0.3, closed=False, blink_ended=False),
        Gaze(yaw + off_deg, pitch, EYES_CM),
    )


def observations(
    gain: tuple[float, float], kappa: tuple[float, float], yaws: list[float], pitches: list[float]
) -> list[Observation]:
    return [
        Observation("x", y, p, gain[0] * y + kappa[0], gain[1] * p + kappa[1], 30, 0.4)
        for y, p in zip(yaws, pitches, strict=True)
    ]


YAWS, PITCHES = [-18.0, 18.0, -18.0, 18.0, 0.0], [2.0, 2.0, -18.0, -18.0, -8.0]


@given(st.floats(0.7, 1.4), st.floats(0.7, 1.4), st.floats(-10, 10), st.floats(-10, 10))
def test_four_parameters_come_back(gx: float, gy: float, kx: float, ky: float) -> None:
    found = fit(observations((gx, gy), (kx, ky), YAWS, PITCHES))
    assert isinstance(found, GazeParameters)
    assert (found.gain_yaw, found.gain_pitch) == pytest.approx((gx, gy), abs=1e-6)
    assert (found.kappa_yaw_deg, found.kappa_pitch_deg) == pytest.approx((kx, ky), abs=1e-6)


def test_one_point_that_was_not_looked_at_hardly_counts_beside_the_others() -> None:
    seen = observations((1.1, 0.9), (-3.0, 2.0), YAWS, PITCHES)
    centre = observations((1.1, 0.9), (-3.0, 2.0), [0.0] * 8, [-8.0] * 8)
    seen[0] = replace(seen[0], wanted_yaw_deg=seen[0].wanted_yaw_deg + 6)
    found = fit([*seen, *centre])
    assert isinstance(found, GazeParameters)
    assert found.kappa_yaw_deg == pytest.approx(-3.0, abs=0.5)


@pytest.mark.parametrize(
    ("yaws", "pitches", "why"),
    [
        ([0.0] * 5, PITCHES, "sideways: the eyes hardly turned"),
        (YAWS, [1.0] * 5, "up and down: the eyes hardly turned"),
        (YAWS[:2], PITCHES[:2], "too few"),
    ],
)
def test_what_the_points_do_not_determine_is_refused(
    yaws: list[float], pitches: list[float], why: str
) -> None:
    found = fit(observations((1.0, 1.0), (2.0, 2.0), yaws, pitches))
    assert isinstance(found, Refused)
    assert why in found.reason


def test_points_that_contradict_each_other_are_refused() -> None:
    """Chance lets a few through: the held-out points stop those."""
    rng, refused = np.random.default_rng(3), 0
    for _ in range(50):
        seen = [
            replace(one, wanted_yaw_deg=float(rng.uniform(-20, 20)))
            for one in observations((1.0, 1.0), (0.0, 0.0), YAWS, PITCHES)
        ]
        refused += isinstance(fit(seen), Refused)
    assert refused >= 42


def test_blinks_saccades_and_outliers_are_no_part_of_a_point() -> None:
    target = (0.3, 0.4)
    frames = [reading(n, target) for n in range(40)]
    for n in (10, 11, 12):
        eyes = Eyes(0.1, 0.1, closed=True, blink_ended=False)
        frames[n] = replace(frames[n], eyes=eyes, gaze=None)
    for n in (8, 14):  # lids on their way drag the iris along
        frames[n] = reading(n, target, off_deg=9.0)
    for n in range(34, 40):  # off to the next thing, early
        frames[n] = reading(n, target, off_deg=15.0)
    found, kept = gather("x", frames, SCREEN.place_cm(*target))
    assert found is not None
    assert found.yaw_deg == pytest.approx(found.wanted_yaw_deg, abs=1e-6)
    assert found.spread_deg < 0.1
    assert 20 <= kept <= 29


@pytest.mark.parametrize("frames", [[], [FrameReading(0, 0, 0)]], ids=["none", "nobody"])
def test_nobody_is_no_observation(frames: list[FrameReading]) -> None:
    assert gather("x", frames, SCREEN.place_cm(0.5, 0.5)) == (None, 0)


@given(
    st.tuples(st.floats(0, 1), st.floats(0, 1)),
    st.tuples(st.floats(-20, 20), st.floats(0, 20)),
    st.floats(-10, 10),
    st.floats(0, 20),
)
def test_a_ray_to_a_point_of_the_screen_meets_it_there(
    at: tuple[float, float], eyes: tuple[float, float], right: float, down: float
) -> None:
    x, y = at
    screen = Screen(52.0, 32.0, right, 2.0, down)
    eye = np.array([*eyes, 65.0])
    ray = screen.place_cm(x, y) - eye
    met = screen.meet(eye, ray / np.linalg.norm(ray))
    assert met is not None
    assert met[:2] == pytest.approx((x, y), abs=1e-6)
    assert met[2] == pytest.approx(float(np.linalg.norm(ray)))


def test_the_candidates_left_is_the_pictures_right_and_the_screens_left() -> None:
    left = SCREEN.place_cm(0.0, 0.5)
    assert left[0] > 0
    found = screen_gaze(reading(0, (0.1, 0.2)), NONE, SCREEN, 0.0)
    assert found is not None
    assert (found.x_ratio, found.y_ratio) == pytest.approx((0.1, 0.2))
    assert found.on_screen


def test_looking_away_from_the_screens_plane_is_nowhere_on_it() -> None:
    away = replace(reading(0, (0.5, 0.5)), gaze=Gaze(120.0, 0.0, EYES_CM))
    assert screen_gaze(away, NONE, SCREEN, 1.0) is None
    assert screen_gaze(FrameReading(0, 0, 0), NONE, SCREEN, 1.0) is None


def test_on_screen_forgives_what_the_calibration_errs() -> None:
    beside = reading(0, (1.03, 0.5))  # 1.6 cm, about 1.3 degrees
    strict, mild = (screen_gaze(beside, NONE, SCREEN, error) for error in (0.5, 2.5))
    assert strict is not None
    assert mild is not None
    assert (strict.on_screen, mild.on_screen) == (False, True)


@given(st.floats(-80, 80), st.floats(-80, 80))
def test_an_angle_and_its_direction_are_one(yaw: float, pitch: float) -> None:
    assert direction(unit(yaw, pitch)) == pytest.approx((yaw, pitch), abs=1e-6)


def test_the_error_is_the_angle_to_the_point() -> None:
    one = Observation("x", 0.0, 0.0, 3.0, 4.0, 30, 0.4)
    assert error_deg(one, NONE) == pytest.approx(5.0, abs=0.01)
