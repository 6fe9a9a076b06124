"""Which commands make no sense now, and the sentence that says why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from edge_agent.flow import (
    AdmitCandidate,
    AnalyseVideo,
    CalibrateGaze,
    CalibrateStep,
    CommandBody,
    EndInterview,
    HoldFollowUp,
    InterviewPlan,
    MarkDisturbed,
    Phase,
    PlannedQuestion,
    PushQuestion,
    SkipQuestion,
    StartInterview,
)
from edge_agent.interview.agenda import Agenda, plan_problem
from edge_agent.interview.calibrating import Calibrating
from edge_agent.interview.turn import Turn

NOT_READY: Final = "This room is not ready."
"""Before what is wrong with it, as its faults say."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the interview stands when a command comes."""

    phase: Phase
    agenda: Agenda | None
    turn: Turn | None
    ending: bool
    last_interview_id: str
    not_ready: tuple[str, ...] = ()
    calibrating: Calibrating = field(default_factory=Calibrating)


def refusal(body: CommandBody, standing: Standing) -> str:
    """A sentence on why `body` makes no sense now; empty where it does."""
    if isinstance(body, StartInterview):
        return _why_not_start(body.plan, standing)
    if isinstance(body, AnalyseVideo):
        return "This room holds interviews; uploaded videos are for a virtual room."
    if standing.agenda is None or standing.phase in {Phase.IDLE, Phase.FINISHED}:
        return "No interview is running in this room."
    if standing.ending:
        return "The interview is already ending."
    if standing.phase is Phase.CONFIRMING:
        return "" if isinstance(body, EndInterview) else "The questions are over."
    return _why_not_steer(body, standing, standing.agenda)


def _why_not_steer(body: CommandBody, standing: Standing, agenda: Agenda) -> str:
    match body:
        case PushQuestion():
            return _why_not_push(body.question, agenda)
        case HoldFollowUp():
            return _why_not_hold(body, standing.turn, agenda)
        case SkipQuestion() | MarkDisturbed():
            return _why_not_now(body, standing)
        case AdmitCandidate():
            waits = standing.phase is Phase.WAITING
            return "" if waits else "The candidate has checked in already."
        case CalibrateGaze():
            return _why_not_calibrate(body.step, standing, standing.calibrating, agenda)
    return ""


def _why_not_start(plan: InterviewPlan, standing: Standing) -> str:
    if standing.phase not in {Phase.IDLE, Phase.FINISHED}:
        return "An interview is already running in this room."
    if plan.interview_id and plan.interview_id == standing.last_interview_id:
        return "This interview was already held in this room."
    if problem := plan_problem(plan):
        return problem
    reasons = "; ".join(one.rstrip(".") for one in standing.not_ready)
    return f"{NOT_READY} {reasons}." if reasons else ""


def _why_not_push(question: PlannedQuestion, agenda: Agenda) -> str:
    if not question.question_id or not question.text.strip():
        return "The question has no id or no text."
    return "" if agenda.may_ask(question) else "This question has already been asked."


def _why_not_hold(body: HoldFollowUp, turn: Turn | None, agenda: Agenda) -> str:
    if turn is None or turn.question.question_id != body.after_question_id:
        return "The answer that it follows is over."
    return "" if body.question is None else _why_not_push(body.question, agenda)


def _why_not_now(body: SkipQuestion | MarkDisturbed, standing: Standing) -> str:
    if isinstance(body, MarkDisturbed) and standing.phase is not Phase.ANSWERING:
        return "No answer is open."
    turn_id = body.turn_id if isinstance(body, SkipQuestion) else ""
    return _why_not_skip(standing.turn, turn_id)


def _why_not_skip(turn: Turn | None, turn_id: str) -> str:
    if turn is None:
        return "No question is being asked."
    if turn_id and turn_id != turn.turn_id:
        return "Another question is being asked by now."
    return "The answer is already ending." if turn.closing else ""


def _why_not_calibrate(
    step: CalibrateStep, standing: Standing, calibrating: Calibrating, agenda: Agenda
) -> str:
    offered = standing.phase is Phase.CALIBRATING
    match step:
        case CalibrateStep.OFFER:
            return _why_not_offer(standing, calibrating, agenda)
        case CalibrateStep.BEGIN if not offered:
            return "No calibration is offered now."
        case CalibrateStep.BEGIN if calibrating.begun:
            return "The points are shown already."
        case CalibrateStep.SKIP if not offered and not calibrating.wanted_by:
            return "There is no calibration to skip."
    return ""


def _why_not_offer(standing: Standing, calibrating: Calibrating, agenda: Agenda) -> str:
    if not calibrating.allowed:
        return "The policy of this interview allows no gaze."
    if standing.phase is Phase.CALIBRATING:
        return "" if calibrating.begun else "It is offered already."
    if calibrating.wanted_by:
        return "It is offered after this answer already."
    if standing.turn is None:
        return "It is offered anyway, after the consent." if calibrating.planned else ""
    return "" if agenda.waiting else "No question is left to calibrate for."
