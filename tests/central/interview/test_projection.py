"""The interview's picture follows from records, and a repeated or late record revives nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from central.interview.facts import CommandResult, Consent, Fact, Record, TurnEvent
from central.interview.pressed import ConsentGiven
from central.interview.projection import (
    CandidateCheckedIn,
    Change,
    CommandAnswered,
    InterviewBegan,
    InterviewEnded,
    QuestionAsked,
    TurnStepped,
    change_of,
    status_after,
)

pytestmark = pytest.mark.unit

BEGAN = InterviewBegan(7, 1)
ENDED = InterviewEnded(7, 1, "all asked")


def record(fact: Fact | None, interview_id: int | None = 7) -> Record:
    return Record(1, 10, 20, interview_id, 0, 0, b"", fact)


def step(kind: str) -> TurnEvent:
    return TurnEvent(kind, "t0", "9", 2, "text")


@pytest.mark.parametrize(
    ("status", "change", "expected"),
    [
        ("scheduled", BEGAN, "live"),
        ("live", BEGAN, "live"),
        ("completed", BEGAN, "completed"),
        ("cancelled", BEGAN, "cancelled"),
        ("scheduled", ENDED, "completed"),
        ("live", ENDED, "completed"),
        ("completed", ENDED, "completed"),
        ("cancelled", ENDED, "cancelled"),
    ],
)
def test_an_interview_goes_forward_only(
    status: str, change: InterviewBegan | InterviewEnded, expected: str
) -> None:
    assert status_after(status, change) == expected


@pytest.mark.parametrize(
    ("fact", "expected"),
    [
        (step("interview_started"), InterviewBegan(7, 10)),
        (step("interview_finished"), InterviewEnded(7, 10, "text")),
        (step("question_asked"), QuestionAsked(7, "t0", "9", 2, "text", 10, 20)),
        (step("question_spoken"), TurnStepped(7, "t0", "9", 2, "spoken", 10)),
        (step("answer_opened"), TurnStepped(7, "t0", "9", 2, "opened", 10)),
        (step("answer_begun"), TurnStepped(7, "t0", "9", 2, "begun", 10)),
        (step("checked_in"), CandidateCheckedIn(7, 10, "")),
        (replace(step("checked_in"), text="qr"), CandidateCheckedIn(7, 10, "qr")),
        (
            Consent(recording=True, ai_scoring=False, notice_version="v", language="ko"),
            ConsentGiven(
                7, Consent(recording=True, ai_scoring=False, notice_version="v", language="ko"), 10
            ),
        ),
        (None, None),
    ],
)
def test_each_record_has_its_change(fact: Fact | None, expected: Change | None) -> None:
    assert change_of(record(fact)) == expected


def test_a_command_is_answered_outside_any_interview_too() -> None:
    result = CommandResult("3", "done", "")
    assert change_of(record(result, interview_id=None)) == CommandAnswered(result)


def test_what_belongs_to_no_interview_changes_none() -> None:
    assert change_of(record(step("interview_started"), interview_id=None)) is None
