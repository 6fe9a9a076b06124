"""What the parts of an interview add to the memory of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from edge_agent.flow import Phase
from edge_agent.interview.agenda import Agenda
from edge_agent.interview.arrival import Arrival
from edge_agent.interview.calibrating import Calibrating
from edge_agent.interview.confirming import Confirming
from edge_agent.interview.measuring import Measuring
from edge_agent.interview.memory import Memory
from edge_agent.interview.turn import Turn

Parts: TypeAlias = tuple[Agenda, Turn | None, Measuring, Calibrating, Arrival, Confirming]


def with_parts(memory: Memory, parts: Parts) -> Memory:
    """The same, with what each of them has to remember."""
    agenda, turn, measuring, calibrating, arrival, confirming = parts
    memory = replace(
        memory,
        asked=agenda.asked,
        pushed=agenda.pushed,
        consent=measuring.consent,
        emotion_rest=measuring.rest,
        calibration=calibrating.found,
        calibration_wanted_by=calibrating.wanted_by,
        calibration_offered_by=calibrating.offered_by,
        answered=confirming.answered,
        confirmed=confirming.confirmed,
    )
    if turn is not None:
        question, turn_id = turn.question, turn.turn_id
        memory = replace(memory, phase=Phase.ASKING, question=question, turn_id=turn_id)
    return replace(memory, language=arrival.language, check_in_tries=arrival.tries)
