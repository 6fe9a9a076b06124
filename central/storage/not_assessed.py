"""What of an answer has no value, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from central.storage.interview_questions import QuestionView
from central.storage.interviews import InterviewView
from central.storage.series import ChannelSummary
from central.storage.turn_views import TurnView
from central.storage.turns import DISTURBED, DOES_NOT_KNOW, INTERRUPTED

_ENDS: Final = {
    DOES_NOT_KNOW: "The candidate said that they do not know.",
    DISTURBED: "Noise or a fault spoiled this answer, and the candidate answered again.",
    INTERRUPTED: "The room broke down in this answer and asked the question again.",
}

_AWAITS: Final = "awaits_words", "The candidate is yet to confirm what was understood."
_NOT_YET: Final = "not_yet", "The marks are not there yet."


@dataclass(frozen=True, slots=True)
class NotAssessed:
    """Something that has no value. `what`: a dimension, a channel, "emotions", "gaze" or "answer";
    `reason` is a stable code, `detail` an English sentence (may be empty).
    """

    what: str
    reason: str
    detail: str = ""


def missing_in(
    view: InterviewView,
    turn: TurnView,
    question: QuestionView | None,
    channels: tuple[ChannelSummary, ...],
) -> tuple[NotAssessed, ...]:
    missing = [
        NotAssessed(channel.channel, "not_measured")
        for channel in channels
        if channel.value is None
    ]
    if not channels:
        missing.append(NotAssessed("channels", "not_measured", "No window fell into this answer."))
    if turn.end_reason == DOES_NOT_KNOW:
        missing.append(NotAssessed("marks", *_why_unmarked(view, turn, question)))
    elif not turn.answer:
        missing.append(NotAssessed("answer", "no_words", "No words were recognised."))
    elif not turn.marks:
        missing.append(NotAssessed("marks", *_why_unmarked(view, turn, question)))
    missing += [
        NotAssessed(mark.criterion, "abstained", mark.abstained_reason or "")
        for mark in turn.marks
        if mark.level is None
    ]
    return tuple(missing)


def _why_unmarked(
    view: InterviewView, turn: TurnView, question: QuestionView | None
) -> tuple[str, str]:
    if turn.end_reason == DOES_NOT_KNOW:
        return DOES_NOT_KNOW, _ENDS[DOES_NOT_KNOW]
    if view.scoring_consent is False:
        return "scoring_declined", "The candidate declined AI scoring."
    if turn.end_reason in _ENDS:
        return turn.end_reason, _ENDS[turn.end_reason]
    if question is not None and question.follow_up_of is not None:
        return "marked_with_main", "It is marked together with the answer that it follows."
    if question is None or not question.rubric:
        return "no_rubric", "This question has no rubric, so a machine does not mark it."
    return _AWAITS if view.awaits_words and turn.confirmed is None else _NOT_YET
