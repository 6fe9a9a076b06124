"""What an interview will be, told to the room before it begins."""

from __future__ import annotations

from dataclasses import dataclass

from edge_agent.flow.parting import NO_RECEIPT, Receipt
from edge_agent.flow.policy import Policy


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """One question to ask."""

    question_id: str
    text: str
    think_ms: int
    answer_limit_ms: int
    category: str


@dataclass(frozen=True, slots=True)
class CheckInCode:
    """What the right code is known by; `salt` and `digest` are hexadecimal."""

    salt: str
    digest: str
    rounds: int


@dataclass(frozen=True, slots=True)
class InterviewPlan:
    """Everything that the room needs to finish an interview alone."""

    interview_id: str
    candidate_name: str
    language: str
    questions: tuple[PlannedQuestion, ...]
    answer_end_silence_ms: int
    no_answer_prompt_ms: int
    notice_version: str
    calibrate: bool
    policy: Policy | None = None
    """None: an older central, which allows everything but emotion."""
    typed_answers: bool = False
    check_in: CheckInCode | None = None
    """None: a button begins the interview."""
    check_devices: bool = False
    practice: bool = False
    receipt: Receipt = NO_RECEIPT
