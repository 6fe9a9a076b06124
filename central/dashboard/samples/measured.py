"""What a room measured: scores, delivery, and the calibration of the gaze, as far as each can be."""

from __future__ import annotations

from typing import Final

from central.dashboard.calibrating import Calibration
from central.dashboard.pages.sight import TARGETS
from central.dashboard.samples.interview import AT, NOBODY
from central.interview import aggregates, delivery
from central.interview.aggregates import Behaviour, Entry
from central.interview.delivery import DeliveryReport
from central.interview.facts import CalibrationPoint
from central.storage.calibrations import CalibrationView

SECONDS: Final = 30
_WINDOW: Final[dict[str, Entry]] = {
    "gaze_points": (86.0, 0.9),
    "expression_points": (61.0, 0.8),
    "posture_steadiness_points": (100.0, 1.0),
    "talk_ratio": (0.7, 1.0),
    "pauses_count": (0.1, 1.0),
    "pauses_s": (0.1, 1.0),
    "longest_pause_s": (0.8, 1.0),
    "syllables_count": (3.0, 1.0),
    "syllable_rate_hz": (4.6, 0.7),
    "voice_level_dbfs": (-27.0, 0.7),
    "snr_db": (31.0, 0.7),
    "clipped_ratio": (0.0, 0.7),
    "pitch_hz": (118.0, 0.7),
    "pitch_st": (7.1, 0.7),
    "pitch_sd_st": (1.4, 0.7),
}
CALIBRATING: Final = ("sent", "refused", "waiting", "offered", "running")


def behaviour() -> Behaviour:
    """Three channels of five."""
    return aggregates.behaviour([_WINDOW] * SECONDS)


def no_behaviour() -> Behaviour:
    """None: the candidate declined."""
    return aggregates.behaviour([_WINDOW], scoring_consent=False)


def said() -> DeliveryReport:
    """Most measures, and no sentence to compare them with."""
    return delivery.delivery([_WINDOW] * SECONDS)


def unsaid() -> DeliveryReport:
    """Nothing was heard."""
    return delivery.delivery([])


def calibration(outcome: str = "calibrated") -> CalibrationView:
    """One that is over; `outcome` as the room told it."""
    good = outcome == "calibrated"
    points = () if outcome == "skipped" else tuple(_point(name, good) for name in _names())
    return CalibrationView(
        id=NOBODY, interview_id=NOBODY, offered_by=None, outcome=outcome,
        error_deg=None if outcome == "skipped" else 1.4 if good else 7.3,
        attempts=2 if outcome == "failed" else 1, parameters=None,
        points=points, neutral=None, made_at=AT,
    )  # fmt: skip


def calibrating(state: str) -> Calibration:
    """One that is going on, or came to nothing."""
    return Calibration(NOBODY, None, state, "", None, None)


def _names() -> tuple[str, ...]:
    return tuple(one.name for one in TARGETS)


def _point(name: str, good: bool) -> CalibrationPoint:
    target = next(one for one in TARGETS if one.name == name)
    off = 0.02 if good else 0.12
    return CalibrationPoint(
        name, 38, 34, 0.6, 1.2 if good else 7.1, target.x_ratio + off, target.y_ratio - off
    )
