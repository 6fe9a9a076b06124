"""Taps that were not meant for what they hit: the second of a quick two."""

from __future__ import annotations

from typing import Final

from edge_agent.flow import Phase
from edge_agent.interview import presses, steps

DOUBLE_TAP_MS: Final = 800
"""Windows takes clicks up to 900 ms apart for a double click at its slowest, 500 as installed. In this
time nobody has answered, or decided, anything.
"""
_ENDED_BY_DONE: Final = {Phase.ANSWERING, Phase.OFFERING}


def is_stray(told: steps.Input, turn_id: str, phase: Phase, phase_ms: int) -> bool:
    """It was pressed at the question before; or it ends what it has just begun, as the one button
    comes up where the other was.
    """
    match told:
        case presses.DonePressed(str()) if phase in _ENDED_BY_DONE and phase_ms < DOUBLE_TAP_MS:
            return True
        case presses.DonePressed() | presses.SkipPressed() | presses.DoesNotKnowPressed():
            return told.turn_id not in {None, turn_id}
    return False
