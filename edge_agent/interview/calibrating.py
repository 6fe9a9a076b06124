"""How far the calibration of an interview is: wanted, offered, begun, or over with what came of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from edge_agent.flow import (
    CalibrateStep,
    Calibration,
    CalibrationOutcome,
    InterviewPlan,
    Permission,
)
from edge_agent.interview.steps import (
    Calibrated,
    CalibrationBegun,
    CalibrationEnded,
    CalibrationWanted,
)

Told: TypeAlias = CalibrationWanted | CalibrationBegun | Calibrated | CalibrationEnded


class Calibrating:
    """Of one interview; `found` is what gaze is computed with, None until something came of any."""

    def __init__(
        self,
        found: Calibration | None = None,
        *,
        planned: bool = False,
        wanted_by: str = "",
        offered_by: str = "",
        allowed: bool = True,
    ) -> None:
        """`planned`: offered before the first question. `wanted_by` is the command that wants it at the
        next moment between two questions, `offered_by` the one behind the present offer. `allowed`:
        the policy lets gaze be measured at all.
        """
        self.found = found
        self.planned = planned
        self.wanted_by = wanted_by
        self.offered_by = offered_by
        self.allowed = allowed
        self.begun = False

    def offer(self) -> bool:
        """Puts it on the kiosk, from its beginning, where it is wanted; else False."""
        if not (self.planned or self.wanted_by):
            return False
        self.offered_by, self.wanted_by = self.wanted_by, ""
        self.planned = self.begun = False
        return True

    def take(self, told: Told, *, offered: bool) -> Calibration | bool:
        """What came of the present offer; True where the kiosk shows it anew. What is told at any other
        moment than while it is `offered` changes nothing, but for what is wanted later.
        """
        if isinstance(told, CalibrationWanted):
            self.wanted_by = told.command_id
            return offered and self.offer()
        if not offered:
            self.wanted_by = "" if isinstance(told, CalibrationEnded) else self.wanted_by
            return False
        if isinstance(told, CalibrationBegun):
            was, self.begun = self.begun, True
            return not was
        return self._end(told)

    def _end(self, told: Calibrated | CalibrationEnded) -> Calibration:
        """An earlier one that gave a gaze stays in use where this gave none."""
        if isinstance(told, Calibrated):
            made = replace(told.calibration, offered_by=self.offered_by)
        else:
            made = Calibration(told.outcome, told.gaze_error_deg, offered_by=self.offered_by)
        useful = self.found is not None and self.found.outcome is CalibrationOutcome.CALIBRATED
        if made.outcome is CalibrationOutcome.CALIBRATED or not useful:
            self.found = made
        self.begun = False
        return made


def calibrating_for(plan: InterviewPlan) -> Calibrating:
    """Of an interview that begins."""
    return Calibrating(planned=plan.calibrate, allowed=gaze_allowed(plan))


def gaze_allowed(plan: InterviewPlan) -> bool:
    """Whether its policy lets gaze be measured under any circumstances."""
    return plan.policy is None or plan.policy.gaze is not Permission.OFF


def ordered(step: CalibrateStep, command_id: str) -> Told:
    """A command as if it had been pressed on the kiosk."""
    match step:
        case CalibrateStep.OFFER:
            return CalibrationWanted(command_id)
        case CalibrateStep.BEGIN:
            return CalibrationBegun()
        case CalibrateStep.SKIP:
            return CalibrationEnded(CalibrationOutcome.SKIPPED)
