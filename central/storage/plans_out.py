"""The plan of an interview, as a room is told."""

from __future__ import annotations

import secrets
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.interview import check_in
from central.interview.commands import InterviewPlan, PlannedQuestion, Receipt
from central.interview.policy import Policy
from central.language import asking
from central.storage.interview_questions import rows_of
from central.storage.tables import Interview, InterviewQuestion, User
from central.storage.typed_answers import LIMIT_TIMES


def planned(row: InterviewQuestion, *, typed: bool = False) -> PlannedQuestion:
    """A question as a room is told. Nothing else makes one, so this is where each is screened.

    Raises `Prohibited` for what no candidate may be asked.
    """
    asking.check(row.text)
    return PlannedQuestion(
        question_id=str(row.id),
        text=row.text,
        category=row.category,
        think_ms=row.think_ms,
        answer_limit_ms=row.answer_limit_ms * (LIMIT_TIMES if typed else 1),
    )


PROMPT_MS: Final = 10_000
"""Nobody is asked whether they are still there while their answer may go on."""


async def plan_of(
    session: AsyncSession, interview: Interview, policy: Policy, receipt: Receipt
) -> InterviewPlan:
    rows = await rows_of(session, interview.id)
    typed = interview.typed_answers
    questions = tuple(planned(row, typed=typed) for row in rows if row.follow_up_of is None)
    if not questions:
        raise Refused(
            "interview_has_no_questions", 409, "Add at least one question before it starts."
        )
    candidate = await session.get_one(User, interview.candidate_id)
    return InterviewPlan(
        interview_id=str(interview.id),
        candidate_name=candidate.full_name or candidate.username,
        language=interview.language,
        questions=questions,
        calibrate=policy.channels.gaze != "off",
        policy=policy,
        typed_answers=typed,
        receipt=receipt,
        answer_end_silence_ms=interview.answer_end_silence_ms,
        no_answer_prompt_ms=max(PROMPT_MS, interview.answer_end_silence_ms),
        check_in=_check_in(interview.check_in_code),
        check_devices=policy.check_devices,
        practice=policy.practice,
    )


def _check_in(code: str | None) -> check_in.CheckInCode | None:
    return None if code is None else check_in.sealed(code, secrets.token_bytes(16))
