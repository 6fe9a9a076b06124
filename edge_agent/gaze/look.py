"""One frame's gaze as eyes in a head, before and after the four parameters of a candidate."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

import numpy as np

from edge_agent.flow import FrameReading, GazeParameters, ScreenGaze
from edge_agent.gaze.screen import Screen, Vector
from edge_agent.vision.head_pose import direction, rotation

UNCORRECTED = GazeParameters(0.0, 0.0, 1.0, 1.0)
"""Eyes as measured."""


@dataclass(frozen=True, slots=True)
class Look:
    """Eyes that turn by `yaw_deg` and `pitch_deg` in a head; what is seen from outside is
    `head @ unit(yaw, pitch)`.
    """

    mono_ns: int
    yaw_deg: float
    pitch_deg: float
    from_cm: Vector
    head: Vector
    """Rotation, shape (3, 3)."""

    def wanted_deg(self, target_cm: Vector) -> tuple[float, float]:
        """How far these eyes would turn in this head to look at a place."""
        return direction(self.head.T @ (target_cm - self.from_cm))


def look(reading: FrameReading) -> Look | None:
    """None where head or eyes were not measured, or the eyes are closed."""
    gaze, head, eyes = reading.gaze, reading.head, reading.eyes
    if gaze is None or gaze.from_cm is None or head is None or (eyes is not None and eyes.closed):
        return None
    turned = rotation(head)
    yaw_deg, pitch_deg = direction(turned.T @ unit(gaze.yaw_deg, gaze.pitch_deg))
    return Look(reading.mono_ns, yaw_deg, pitch_deg, np.array(gaze.from_cm), turned)


def unit(yaw_deg: float, pitch_deg: float) -> Vector:
    """Inverse of `head_pose.direction`."""
    yaw, pitch = math.radians(yaw_deg), math.radians(pitch_deg)
    flat = math.cos(pitch)
    return np.array([math.sin(yaw) * flat, -math.sin(pitch), -math.cos(yaw) * flat])


def corrected(yaw_deg: float, pitch_deg: float, parameters: GazeParameters) -> tuple[float, float]:
    """Eyes in the head as they truly stand."""
    return (
        parameters.gain_yaw * yaw_deg + parameters.kappa_yaw_deg,
        parameters.gain_pitch * pitch_deg + parameters.kappa_pitch_deg,
    )


def screen_gaze(
    reading: FrameReading, parameters: GazeParameters, screen: Screen, error_deg: float
) -> ScreenGaze | None:
    """Where on the screen; `on_screen` forgives as much as the calibration errs. None where the gaze
    was not measured or leads away from the screen's plane.
    """
    found = look(reading)
    if found is None:
        return None
    towards = found.head @ unit(*corrected(found.yaw_deg, found.pitch_deg, parameters))
    met = screen.meet(found.from_cm, towards)
    if met is None:
        return None
    x_ratio, y_ratio, far_cm = met
    slack_cm = far_cm * math.tan(math.radians(error_deg))
    x_slack, y_slack = slack_cm / screen.width_cm, slack_cm / screen.height_cm
    inside = -x_slack <= x_ratio <= 1 + x_slack and -y_slack <= y_ratio <= 1 + y_slack
    return ScreenGaze(x_ratio, y_ratio, inside)


def fell(
    readings: Iterable[FrameReading], parameters: GazeParameters, screen: Screen
) -> tuple[float, float] | None:
    """Where on the screen these looks fell: medians, from its left and its top; None without any."""
    met = [one for each in readings if (one := screen_gaze(each, parameters, screen, 0.0))]
    if not met:
        return None
    return median(one.x_ratio for one in met), median(one.y_ratio for one in met)
