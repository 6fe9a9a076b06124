"""How far the calibration of an interview is: not begun, begun, or over with what came of it."""

from __future__ import annotations

from edge_agent.flow import Calibration
from edge_agent.interview.steps import Calibrated, CalibrationBegun, CalibrationEnded


class Calibrating:
    """Of one interview; `found` is None until it is over."""

    def __init__(self, found: Calibration | None = None) -> None:
        self.found = found
        self.begun = False

    def take(self, told: CalibrationBegun | Calibrated | CalibrationEnded) -> bool:
        """What the candidate wants, or what the points gave; False where that is nothing new."""
        match told:
            case CalibrationBegun():
                was, self.begun = self.begun, True
                return not was
            case Calibrated():
                self.found = told.calibration
            case CalibrationEnded():
                self.found = Calibration(told.outcome, told.gaze_error_deg)
        return True
