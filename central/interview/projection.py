"""Central's picture of an interview follows from its room's records: one record in, its change out.

Every change may be applied twice: a room whose disk was restored sends everything again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from central.interview.check_in import WAYS
from central.interview.facts import (
    AnswerConfirmed,
    AnswerEnded,
    AnswerTyped,
    Calibration,
    CommandResult,
    Consent,
    Disturbance,
    HelpCall,
    Record,
    SurveyAnswered,
    TurnEvent,
    Utterance,
)
from central.interview.pressed import (
    ConsentGiven,
    HelpCalled,
    PauseEnded,
    Pressed,
    SpanBegan,
    SurveyGiven,
    WordsConfirmed,
    WroteAnswer,
)


@dataclass(frozen=True, slots=True)
class InterviewBegan:
    """The room took the plan on."""

    interview_id: int
    wall_ns: int


@dataclass(frozen=True, slots=True)
class InterviewEnded:
    """Nothing more will be asked."""

    interview_id: int
    wall_ns: int
    reason: str


@dataclass(frozen=True, slots=True)
class CandidateCheckedIn:
    """The candidate is here. `way`: as `central.interview.check_in.CheckInWay`; empty: not told."""

    interview_id: int
    wall_ns: int
    way: str


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    """A turn begins."""

    interview_id: int
    turn_key: str
    question_ref: str
    position: int
    text: str
    wall_ns: int
    mono_ns: int


@dataclass(frozen=True, slots=True)
class TurnStepped:
    """A turn goes on. `step`: spoken, opened or begun."""

    interview_id: int
    turn_key: str
    question_ref: str
    position: int
    step: str
    wall_ns: int


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """An answer is over."""

    interview_id: int
    ended: AnswerEnded
    wall_ns: int
    mono_ns: int


@dataclass(frozen=True, slots=True)
class UtteranceHeard:
    """There is something to transcribe."""

    interview_id: int
    utterance: Utterance
    wall_ns: int
    mono_ns: int


@dataclass(frozen=True, slots=True)
class CalibrationMade:
    """A calibration of the gaze is over."""

    interview_id: int
    calibration: Calibration
    wall_ns: int


@dataclass(frozen=True, slots=True)
class CommandAnswered:
    """A command is settled."""

    result: CommandResult


Change: TypeAlias = (
    InterviewBegan
    | InterviewEnded
    | CandidateCheckedIn
    | QuestionAsked
    | TurnStepped
    | TurnEnded
    | UtteranceHeard
    | CalibrationMade
    | CommandAnswered
    | Pressed
)

_STEPS = {"question_spoken": "spoken", "answer_opened": "opened", "answer_begun": "begun"}


def change_of(record: Record) -> Change | None:  # noqa: PLR0911 - one for each kind
    """What follows from a record; None where it is only kept."""
    if isinstance(record.fact, CommandResult):
        return CommandAnswered(record.fact)
    if isinstance(record.fact, SurveyAnswered):
        return SurveyGiven(record.fact, record.wall_ns)
    if isinstance(record.fact, HelpCall):
        return HelpCalled(record.interview_id, record.fact, record.wall_ns)
    if record.interview_id is None:
        return None
    match record.fact:
        case TurnEvent():
            return _step(record.interview_id, record, record.fact)
        case AnswerEnded():
            return TurnEnded(record.interview_id, record.fact, record.wall_ns, record.mono_ns)
        case Utterance():
            return UtteranceHeard(record.interview_id, record.fact, record.wall_ns, record.mono_ns)
        case Calibration():
            return CalibrationMade(record.interview_id, record.fact, record.wall_ns)
        case _:
            return _of_the_candidate(record.interview_id, record)


def _of_the_candidate(interview_id: int, record: Record) -> Change | None:
    """What they decided, wrote, or were disturbed by."""
    match record.fact:
        case Consent():
            return ConsentGiven(interview_id, record.fact, record.wall_ns)
        case AnswerTyped():
            return WroteAnswer(interview_id, record.fact, record.wall_ns)
        case AnswerConfirmed():
            return WordsConfirmed(interview_id, record.fact, record.wall_ns)
        case Disturbance():
            return _disturbed(interview_id, record, record.fact)
        case _:
            return None


def status_after(status: str, change: InterviewBegan | InterviewEnded) -> str:
    """The interview's status once `change` is known. What is cancelled or completed stays so: a late
    or repeated record revives nothing.
    """
    match status, change:
        case "scheduled", InterviewBegan():
            return "live"
        case (("scheduled" | "live"), InterviewEnded()):
            return "completed"
        case _:
            return status


def _step(interview_id: int, record: Record, event: TurnEvent) -> Change | None:
    match event.kind:
        case "interview_started":
            return InterviewBegan(interview_id, record.wall_ns)
        case "interview_finished":
            return InterviewEnded(interview_id, record.wall_ns, event.text)
        case "checked_in":
            way = event.text if event.text in WAYS else ""
            return CandidateCheckedIn(interview_id, record.wall_ns, way)
        case "question_asked":
            return QuestionAsked(
                interview_id=interview_id,
                turn_key=event.turn_key,
                question_ref=event.question_ref,
                position=event.position,
                text=event.text,
                wall_ns=record.wall_ns,
                mono_ns=record.mono_ns,
            )
        case "question_spoken" | "answer_opened" | "answer_begun":
            return TurnStepped(
                interview_id=interview_id,
                turn_key=event.turn_key,
                question_ref=event.question_ref,
                position=event.position,
                step=_STEPS[event.kind],
                wall_ns=record.wall_ns,
            )
        case _:
            return _pause(interview_id, record, event)


def _pause(interview_id: int, record: Record, event: TurnEvent) -> Change | None:
    match event.kind:
        case "paused":
            began = record.mono_ns, None, record.wall_ns
            return SpanBegan(interview_id, event.turn_key, "pause", "candidate", *began)
        case "resumed":
            return PauseEnded(interview_id, event.turn_key, record.mono_ns, record.wall_ns)
        case _:
            return None


def _disturbed(interview_id: int, record: Record, fact: Disturbance) -> SpanBegan:
    return SpanBegan(
        interview_id=interview_id,
        turn_key=fact.turn_key,
        kind="disturbance",
        cause=fact.cause,
        from_mono_ns=fact.from_mono_ns,
        to_mono_ns=fact.to_mono_ns,
        wall_ns=record.wall_ns - (record.mono_ns - fact.from_mono_ns),
    )
