"""What the kiosk and the live readings may know about the interview."""

from __future__ import annotations

from dataclasses import dataclass

from edge_agent.flow import (
    ALL_BUT_EMOTION,
    NO_RECEIPT,
    Calibration,
    Channels,
    Consent,
    EmotionNeutral,
    InterviewPlan,
    Phase,
    Receipt,
)
from edge_agent.interview.answer import MS
from edge_agent.interview.arrival import NO_CODE, Arrival, CheckInView
from edge_agent.interview.calibrating import Calibrating
from edge_agent.interview.confirming import Confirming, ConfirmingView
from edge_agent.interview.measuring import Measuring
from edge_agent.interview.policy import EMOTION_NOTICE
from edge_agent.interview.trying import Trying, TryingView
from edge_agent.interview.turn import Turn


@dataclass(frozen=True, slots=True)
class RunnerView:
    """The interview at one instant. Texts are empty and counts 0 where there is no question.

    `position` counts from 0; `still_there` asks the kiosk to ask; `closing` is the short time in
    which hearing finishes the last utterance of an answer.
    """

    phase: Phase
    interview_id: str
    language: str
    candidate_name: str
    notice_version: str
    question_id: str
    question_text: str
    position: int
    question_count: int
    turn_id: str
    phase_elapsed_ms: int
    answer_limit_ms: int
    think_ms: int
    still_there: bool
    closing: bool
    again: str = ""
    """Why the question is asked again: "break" of the room, or "noise"; empty where it is not."""
    receipt: Receipt = NO_RECEIPT
    decided: Consent | None = None
    """What the candidate agreed to; None before."""
    typed_answers: bool = False
    """The candidate answers in writing; `typed` is what they have written."""
    typed: str = ""
    pause_waits: bool = False
    """A pause begins when the answer is over."""
    offers_again: bool = False
    """The answer was disturbed: the candidate may answer again."""
    calibration: Calibration | None = None
    """What came of this interview's; None before."""
    calibration_begun: bool = False
    """The points are wanted, by the candidate or by staff."""
    calibration_waits: bool = False
    """Staff want it, at the next moment between two questions."""
    channels: Channels = ALL_BUT_EMOTION
    """What is measured now."""
    emotion_notice_version: str = ""
    """Of the text that asks for emotion; empty where nobody asks."""
    emotion_rest: EmotionNeutral | None = None
    """The candidate's face at rest."""
    language_chosen: str = ""
    """By the candidate, for the kiosk; empty before. `language` is that of the questions."""
    check_in: CheckInView = NO_CODE
    trying: TryingView | None = None
    """Camera and sound, or the practice question."""
    confirming: ConfirmingView | None = None
    """The answer that the candidate reads."""


def view_of(
    plan: InterviewPlan | None,
    turn: Turn | None,
    *,
    phase: Phase,
    phase_ns: int,
    question_count: int,
    now_ns: int,
    calibrating: Calibrating | None = None,
    measuring: Measuring | None = None,
    arrival: Arrival | None = None,
    trying: Trying | None = None,
    confirming: Confirming | None = None,
) -> RunnerView:
    """At `now_ns`, in a phase that began at `phase_ns` (CLOCK_MONOTONIC)."""
    question = turn.question if turn else None
    measured = measuring or Measuring()
    return RunnerView(
        phase=phase,
        interview_id=plan.interview_id if plan else "",
        language=plan.language if plan else "",
        candidate_name=plan.candidate_name if plan else "",
        notice_version=plan.notice_version if plan else "",
        question_id=question.question_id if question else "",
        question_text=question.text if question else "",
        position=turn.position if turn else 0,
        question_count=question_count,
        turn_id=turn.turn_id if turn else "",
        phase_elapsed_ms=(now_ns - phase_ns) // MS,
        answer_limit_ms=turn.answer_limit_ms if turn else 0,
        think_ms=question.think_ms if question else 0,
        still_there=turn.still_there(now_ns) if turn else False,
        closing=turn.closing if turn else False,
        again=turn.again if turn else "",
        receipt=plan.receipt if plan else NO_RECEIPT,
        decided=measured.decided if plan else None,
        typed_answers=plan.typed_answers if plan else False,
        typed=turn.typed if turn else "",
        pause_waits=turn.pausing.waits if turn else False,
        offers_again=turn.offers_again if turn else False,
        calibration=calibrating.found if calibrating else None,
        calibration_begun=calibrating.begun if calibrating else False,
        calibration_waits=bool(calibrating and calibrating.wanted_by),
        channels=measured.channels(calibrating=phase is Phase.CALIBRATING),
        emotion_notice_version=EMOTION_NOTICE if plan and measured.asks_emotion else "",
        emotion_rest=measured.rest,
        language_chosen=arrival.language if arrival else "",
        check_in=arrival.view if arrival else NO_CODE,
        trying=trying.view(now_ns, arrival.shown) if trying and arrival else None,
        confirming=confirming.view(now_ns) if confirming and phase is Phase.CONFIRMING else None,
    )
