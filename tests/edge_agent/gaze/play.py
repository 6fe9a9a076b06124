"""A session played with a simulated subject: what the kiosk would show, they look at."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from edge_agent.flow import Calibration, FrameReading, VoiceFrame
from edge_agent.gaze import CalibrationSession, SessionStatus, screen_gaze
from edge_agent.gaze.course import Kind
from tests.edge_agent.gaze.simulation import Subject

FRAME_S = 1 / 12
LATE_S = 0.45
"""Page, eye and brain together: for this long a subject still looks at the last point."""

Seer = Callable[[Subject, float, SessionStatus, tuple[float, float]], FrameReading | None]


def attentive(
    subject: Subject, t_s: float, status: SessionStatus, gaze: tuple[float, float]
) -> FrameReading | None:
    """Looks where they should, and blinks every three seconds."""
    moving = status.kind is Kind.HEAD
    return subject.read(t_s, gaze, moving=moving, closed=t_s % 3.0 < 0.15)


def play(
    subject: Subject, see: Seer = attentive, *, speaks: bool = True, limit_s: float = 300.0
) -> tuple[Calibration, float]:
    """(result, seconds it took). Fails where it does not end."""
    session = CalibrationSession(subject.screen, 0)
    t_s, shown, since_s, gaze = 0.0, (0.5, 0.5), 0.0, (0.5, 0.5)
    while session.result is None:
        t_s += FRAME_S
        assert t_s < limit_s, "the session never ends"
        status = session.status(int(t_s * 1e9))
        if (status.x_ratio, status.y_ratio) != shown:
            shown, since_s = (status.x_ratio, status.y_ratio), t_s
        if t_s - since_s >= LATE_S:
            gaze = shown
        reading = see(subject, t_s, status, gaze)
        if reading is not None:
            session.frame(reading)
        if speaks and t_s > 1:
            session.hear(VoiceFrame(0, 0.9, -30.0))
            session.hear(VoiceFrame(0, 0.1, -70.0))
        session.tick(int(t_s * 1e9))
    return session.result, t_s


def true_error_deg(
    subject: Subject, found: Calibration, t_s: float, target: tuple[float, float], *, moving: bool
) -> float:
    """Between where a subject looks and where the calibrated gaze says, seen from their own eyes;
    the median of a few frames in time, the median deviation of each axis.
    """
    assert found.parameters is not None
    off = []
    for number in range(9):
        at_s = t_s + number * FRAME_S / 4
        reading = subject.read(at_s, target, moving=moving)
        gaze = screen_gaze(reading, found.parameters, subject.screen, found.gaze_error_deg or 0)
        assert gaze is not None
        eyes = subject.between_cm(at_s, moving=moving)
        seen = subject.screen.place_cm(gaze.x_ratio, gaze.y_ratio) - eyes
        wanted = subject.screen.place_cm(*target) - eyes
        off.append(seen / np.linalg.norm(seen) - wanted / np.linalg.norm(wanted))
    return math.degrees(float(np.linalg.norm(np.median(off, axis=0))))
