"""The hands of a replayed candidate: press what the sidecar says, as a person would, once a phase."""

from __future__ import annotations

from edge_agent.capture.script import Hands
from edge_agent.flow import CalibrationOutcome, Phase
from edge_agent.interview.check_in import CheckInWay
from edge_agent.interview.presses import DevicesTried, SkipPressed, WordsRight
from edge_agent.interview.steps import (
    CalibrationEnded,
    CheckedIn,
    Consented,
    Input,
)
from edge_agent.interview.view import RunnerView

REACTION_MS = 600
"""Long enough for a spectator to see each page."""


class ReplayHands:
    """Asked at every tick."""

    def __init__(self, hands: Hands) -> None:
        self._hands = hands

    def press(self, view: RunnerView) -> Input | None:  # noqa: PLR0911 - one for each phase
        """What to press now. A press ends its phase or is for one answer: nothing is pressed twice."""
        if view.phase_elapsed_ms < REACTION_MS:
            return None
        hands = self._hands
        match view.phase:
            case Phase.WAITING if hands.check_in:
                return CheckedIn(CheckInWay.REPLAY)
            case Phase.CONSENTING if hands.consent_recording is not None:
                scored, classed = hands.consent_ai_scoring is True, hands.consent_emotion
                return Consented(hands.consent_recording, scored, classed)
            case (Phase.CHECKING | Phase.PRACTISING) as phase if hands.check_in:
                return DevicesTried() if phase is Phase.CHECKING else SkipPressed()
            case Phase.CONFIRMING if hands.check_in:
                return _confirm(view)
            case Phase.CALIBRATING if hands.skip_calibration:
                return CalibrationEnded(CalibrationOutcome.SKIPPED)
        return None


def _confirm(view: RunnerView) -> Input | None:
    """Everything was understood as it was said, once it is there."""
    read = view.confirming
    if read is None or read.arriving or not read.sentences:
        return None
    return WordsRight(read.turn_id)
