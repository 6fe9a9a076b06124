"""The whole session on simulated candidates, sixty in the long run: it finds what was put in."""

from __future__ import annotations

from statistics import median

import numpy as np
import pytest

from edge_agent.flow import Calibration, CalibrationOutcome, GazeParameters
from tests.edge_agent.gaze.play import play, true_error_deg
from tests.edge_agent.gaze.simulation import Subject

pytestmark = pytest.mark.unit

TARGETS = ((0.2, 0.25), (0.8, 0.4), (0.4, 0.75))


@pytest.fixture(scope="module", params=[20, pytest.param(60, marks=pytest.mark.soak)])
def people(request: pytest.FixtureRequest) -> list[tuple[Subject, Calibration, float]]:
    played = []
    for seed in range(request.param):
        subject = Subject(seed)
        played.append((subject, *play(subject)))
    return played


def test_nearly_everybody_is_calibrated_at_once(
    people: list[tuple[Subject, Calibration, float]],
) -> None:
    done = [one for _, one, _ in people if one.outcome is CalibrationOutcome.CALIBRATED]
    assert len(done) == len(people)
    assert sum(one.attempts == 1 for one in done) >= 0.95 * len(people)
    assert median(t_s for *_, t_s in people) < 45


@pytest.mark.parametrize(("moving", "most_deg"), [(False, 1.5), (True, 1.8)])
def test_calibrated_gaze_is_right_while_the_head_is_still_and_after_it_moved(
    people: list[tuple[Subject, Calibration, float]], moving: bool, most_deg: float
) -> None:
    errors, plain = [], []
    for subject, found, t_s in people:
        for number, target in enumerate(TARGETS):
            at_s = t_s + 5 * number
            errors.append(true_error_deg(subject, found, at_s, target, moving=moving))
            as_is = Calibration(found.outcome, 0.0, GazeParameters(0, 0, 1, 1))
            plain.append(true_error_deg(subject, as_is, at_s, target, moving=moving))
    assert np.mean(errors) <= most_deg
    assert np.percentile(errors, 95) <= 2 * most_deg
    assert np.mean(errors) < 0.7 * np.mean(plain)


def test_the_error_a_session_tells_is_about_the_error_there_is(
    people: list[tuple[Subject, Calibration, float]],
) -> None:
    told = [found.gaze_error_deg for _, found, _ in people if found.gaze_error_deg is not None]
    true = [
        median(true_error_deg(subject, found, t_s, target, moving=False) for target in TARGETS)
        for subject, found, t_s in people
    ]
    assert abs(float(np.mean(told)) - float(np.mean(true))) < 0.6


def test_kappa_and_rest_are_what_the_subject_has(
    people: list[tuple[Subject, Calibration, float]],
) -> None:
    """The fitted offset follows the mean kappa of both eyes from subject to subject."""
    put_in = [float(np.mean([one[0] for one in subject.kappa])) for subject, *_ in people]
    found = [one.parameters.kappa_yaw_deg for _, one, _ in people if one.parameters]
    assert np.corrcoef(put_in, found)[0, 1] > 0.5
    for _, one, _ in people:
        assert one.neutral is not None
        assert one.neutral.smile_ratio == pytest.approx(0.04, abs=0.003)
        assert one.neutral.eye_openness_ratio == pytest.approx(0.3, abs=0.01)
        assert one.neutral.voice_level_dbfs == -30.0
        assert one.neutral.frames > 50
        assert one.neutral.voiced_ms >= 2_000
