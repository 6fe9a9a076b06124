"""What may be lost: the room right now, and what central just learnt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from edge_agent.flow.calibration import CalibrationProgress
from edge_agent.flow.interview import Phase
from edge_agent.flow.scores import Measure


@dataclass(frozen=True, slots=True)
class LiveReading:
    """The room right now."""

    mono_ns: int
    wall_ns: int
    interview_id: str
    phase: Phase
    turn_id: str
    question_id: str
    position: int
    question_count: int
    phase_elapsed_ms: int
    measures: tuple[Measure, ...]
    speaking: bool
    calibration: CalibrationProgress | None = None


@dataclass(frozen=True, slots=True)
class Caption:
    """A guess at the words being spoken."""

    turn_id: str
    stable: str
    tail: str
    engine: str


@dataclass(frozen=True, slots=True)
class FinalText:
    """The recorded transcript of one utterance."""

    turn_id: str
    utterance_id: str
    text: str
    engine: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence from a person to the candidate."""

    text: str


Feedback: TypeAlias = Caption | FinalText | Notice
