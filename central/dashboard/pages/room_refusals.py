"""Why a room did not do what it was told, in the sentences that agents say; pages translate them.

A sentence of another version of the agent is shown as it came.
"""

from __future__ import annotations

from typing import Final

NOT_READY: Final = "This room is not ready."
"""Before what is wrong with it: lines as in its faults."""
REFUSALS: Final = (
    NOT_READY,
    "This room holds interviews; uploaded videos are for a virtual room.",
    "No interview is running in this room.",
    "The interview is already ending.",
    "The questions are over.",
    "The candidate has checked in already.",
    "An interview is already running in this room.",
    "This interview was already held in this room.",
    "The question has no id or no text.",
    "This question has already been asked.",
    "The answer that it follows is over.",
    "No answer is open.",
    "No question is being asked.",
    "Another question is being asked by now.",
    "The answer is already ending.",
    "No calibration is offered now.",
    "The points are shown already.",
    "There is no calibration to skip.",
    "The policy of this interview allows no gaze.",
    "It is offered already.",
    "It is offered after this answer already.",
    "It is offered anyway, after the consent.",
    "No question is left to calibrate for.",
)
