"""What the kiosk and the live readings may know about the interview."""

from __future__ import annotations

from dataclasses import dataclass

from edge_agent.flow import Phase


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
