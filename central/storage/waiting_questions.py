"""Whether a question that somebody wants asked is in the interview already."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.storage.tables import InterviewQuestion, Turn


async def with_words(session: AsyncSession, interview_id: int, text: str) -> int | None:
    """A question with these words that was not asked yet: its id, or None."""
    asked = exists().where(Turn.question_id == InterviewQuestion.id)
    return await _first(session, interview_id, (InterviewQuestion.text == text) & ~asked)


async def of_bank(session: AsyncSession, interview_id: int, bank_question_id: int) -> int | None:
    """This question of the bank, whether it was asked or not: its id, or None."""
    same = InterviewQuestion.bank_question_id == bank_question_id
    return await _first(session, interview_id, same)


async def _first(
    session: AsyncSession, interview_id: int, chosen: ColumnElement[bool]
) -> int | None:
    query = (
        select(InterviewQuestion.id)
        .where(
            InterviewQuestion.interview_id == interview_id,
            InterviewQuestion.follow_up_of.is_(None),
            chosen,
        )
        .order_by(InterviewQuestion.ordinal, InterviewQuestion.id)
        .limit(1)
    )
    return await session.scalar(query)
