"""The four parameters of a candidate from a few observations, or a refusal.

In the head's own axes each axis is a line, `wanted = gain * measured + kappa`: two small regressions
with Huber's weights (Huber 1964). Numbers are degrees.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from edge_agent.flow import GazeParameters
from edge_agent.gaze.gather import Numbers, Observation
from edge_agent.gaze.look import corrected, unit

HUBER_DEG = 1.0
"""Residuals beyond this count less and less."""
ROUNDS = 20
LEAST_NOISE_DEG = 0.5
"""No fit is surer than the noise of an observation, however well few points lie on a line."""
MOST_GAIN_ERROR = 0.15
MOST_KAPPA_ERROR_DEG = 1.5
"""Standard errors: what is less sure was not determined by these points."""
GAINS = (0.4, 2.5)
MOST_KAPPA_DEG = 20.0
"""Outside of these it is no eye, but somebody who did not look."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Why there are no parameters."""

    reason: str


def fit(observations: Sequence[Observation]) -> GazeParameters | Refused:
    """Robust, weighted by frames; refused where the observations do not determine all four."""
    if len(observations) < 3:
        return Refused("too few points were seen")
    weights = np.array([one.weight for one in observations], float)
    weights /= weights.max()
    rows = np.array(
        [
            (one.yaw_deg, one.pitch_deg, one.wanted_yaw_deg, one.wanted_pitch_deg)
            for one in observations
        ]
    )
    yaw = _line(rows[:, 0], rows[:, 2], weights)
    pitch = _line(rows[:, 1], rows[:, 3], weights)
    if isinstance(yaw, Refused):
        return Refused(f"sideways: {yaw.reason}")
    if isinstance(pitch, Refused):
        return Refused(f"up and down: {pitch.reason}")
    return GazeParameters(yaw[1], pitch[1], yaw[0], pitch[0])


def error_deg(one: Observation, parameters: GazeParameters) -> float:
    """Angle between the fitted gaze of an observation and its point."""
    seen = unit(*corrected(one.yaw_deg, one.pitch_deg, parameters))
    wanted = unit(one.wanted_yaw_deg, one.wanted_pitch_deg)
    return math.degrees(math.acos(min(1.0, max(-1.0, float(seen @ wanted)))))


def _line(measured: Numbers, wanted: Numbers, weights: Numbers) -> tuple[float, float] | Refused:
    """(gain, kappa) of one axis."""
    huber = np.ones_like(weights)
    gain, kappa, residuals = 1.0, 0.0, wanted - measured
    for _ in range(ROUNDS):
        w = weights * huber
        middle = float((w * measured).sum() / w.sum())
        reach = float((w * (measured - middle) ** 2).sum())
        if LEAST_NOISE_DEG / math.sqrt(max(reach, 1e-12)) > MOST_GAIN_ERROR:
            return Refused("the eyes hardly turned in the head")
        level = float((w * wanted).sum() / w.sum())
        gain = float((w * (measured - middle) * (wanted - level)).sum()) / reach
        kappa = level - gain * middle
        residuals = wanted - gain * measured - kappa
        huber = HUBER_DEG / np.maximum(np.abs(residuals), HUBER_DEG)
    w = weights * huber
    noise = max(math.sqrt(float((w * residuals**2).sum() / w.sum())), LEAST_NOISE_DEG)
    gain_error = noise / math.sqrt(reach)
    kappa_error = noise * math.sqrt(1 / float(w.sum()) + middle**2 / reach)
    if gain_error > MOST_GAIN_ERROR or kappa_error > MOST_KAPPA_ERROR_DEG:
        return Refused("the points contradict each other")
    if not GAINS[0] <= gain <= GAINS[1] or abs(kappa) > MOST_KAPPA_DEG:
        return Refused("no eye turns like this")
    return gain, kappa
