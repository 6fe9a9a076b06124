"""Orders that are the same as if something had been pressed or told in the room."""

from __future__ import annotations

from edge_agent.flow import (
    AdmitCandidate,
    CalibrateGaze,
    CommandBody,
    MarkDisturbed,
    SkipQuestion,
)
from edge_agent.interview import presses, steps
from edge_agent.interview.calibrating import ordered
from edge_agent.interview.check_in import CheckInWay


def pressed(body: CommandBody, command_id: str, now_ns: int) -> steps.Input | None:
    """What `body` is the same as; None for any other order."""
    match body:
        case AdmitCandidate():
            return steps.CheckedIn(CheckInWay.STAFF)
        case CalibrateGaze():
            return ordered(body.step, command_id)
        case SkipQuestion():
            return presses.SkipPressed()  # `refusal` has seen that it is for this turn
        case MarkDisturbed():
            return steps.Disturbed(body.cause, now_ns)
    return None
