"""What is written again when an agent goes on after it was killed."""

from __future__ import annotations

from collections.abc import Iterator

from edge_agent.flow import CommandOutcome, CommandResult, Disturbance, Phase, RecordValue
from edge_agent.interview.agenda import Agenda
from edge_agent.interview.arrival import Arrival
from edge_agent.interview.calibrating import Calibrating, gaze_allowed
from edge_agent.interview.confirming import Confirming
from edge_agent.interview.memory import Memory
from edge_agent.interview.steps import Resumed

BEFORE_CALIBRATION = frozenset({Phase.WAITING, Phase.CONSENTING, Phase.CHECKING, Phase.PRACTISING})
RESTARTED = "the room's agent was restarted"


def repeated(told: Resumed) -> Iterator[RecordValue]:
    """Records that may have been lost with the agent, between what it remembers and what its spool
    made durable: central takes each of them twice. And why nobody was there meanwhile.
    """
    memory = told.memory
    yield CommandResult(memory.begun_by, CommandOutcome.DONE, "")
    yield Disturbance(told.from_ns, told.to_ns, RESTARTED, memory.turn_id)
    if memory.consent is not None:
        yield memory.consent
    if memory.calibration is not None:
        yield memory.calibration
    if memory.confirmed is not None:
        yield memory.confirmed


def parts_of(memory: Memory) -> tuple[Agenda, Calibrating, Arrival, Confirming]:
    """As they were: no try is given back, points that were shown begin anew, and what was not confirmed
    is shown again.
    """
    arrival = Arrival(memory.plan, language=memory.language, tries=memory.check_in_tries)
    confirming = Confirming(memory.plan, memory.answered)
    return Agenda.resumed(memory), _calibrating(memory), arrival, confirming


def _calibrating(memory: Memory) -> Calibrating:
    return Calibrating(
        memory.calibration,
        planned=memory.plan.calibrate and memory.phase in BEFORE_CALIBRATION,
        wanted_by=memory.calibration_wanted_by,
        offered_by=memory.calibration_offered_by,
        allowed=gaze_allowed(memory.plan),
    )
