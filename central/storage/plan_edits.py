"""People change a plan that no room has yet: another question in a place, or none."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec
from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.language import asking
from central.language.planning.trace import Made
from central.storage import interview_questions, interviews
from central.storage.structured import BANK, source_of_bank
from central.storage.tables import (
    BankQuestion,
    Interview,
    InterviewQuestion,
    QuestionSource,
    RoomCommand,
)

CHOSEN = Made(why="chosen")
"""A person chose it: no model words it anew."""


async def editable(session: AsyncSession, interview_id: int) -> Interview:
    """The interview, locked. Raises `Refused`: interview_unknown, interview_not_scheduled."""
    interview = await interviews.locked(session, interview_id)
    if interview.status != "scheduled" or await with_room(session, interview_id):
        raise Refused(
            "interview_not_scheduled", 409, "The plan is with a room already; push questions there."
        )
    return interview


async def with_room(session: AsyncSession, interview_id: int) -> bool:
    """Whether a room has been told to begin it, and may have its plan."""
    told = exists().where(
        RoomCommand.interview_id == interview_id,
        RoomCommand.kind == "start_interview",
        RoomCommand.state == "open",
        RoomCommand.expires_at > datetime.now(UTC),
    )
    return bool(await session.scalar(select(told)))


async def replace_typed(
    session: AsyncSession, interview_id: int, question_id: int, text: str
) -> None:
    """In its place, what a person wrote. It keeps the place's rubric: the same is looked for.

    Raises `Refused`: interview_unknown, interview_not_scheduled, question_unknown, question_text;
    `Prohibited`.
    """
    row = await _row(session, interview_id, question_id)
    said = interview_questions.tidy(text)
    asking.check(said)
    await _change(session, row, said, source="typed", bank_id=None)


async def replace_from_bank(
    session: AsyncSession, interview_id: int, question_id: int, bank_question_id: int
) -> None:
    """In its place, another reviewed question, with its own rubric.

    Raises `Refused`: as `replace_typed`; question_repeated where the plan has it already.
    """
    row = await _row(session, interview_id, question_id)
    entry = await session.get(BankQuestion, bank_question_id)
    if entry is None or not entry.is_active:
        raise Refused("question_unknown", 404, "The bank has no active question with this id.")
    others = await interview_questions.rows_of(session, interview_id)
    if any(one.bank_question_id == entry.id and one.source == BANK for one in others):
        raise Refused("question_repeated", 409, "The plan has this question already.")
    await _change(session, row, entry.content, source=BANK, bank_id=entry.id)
    row.category, row.difficulty, row.rubric = entry.category, entry.difficulty, entry.rubric
    session.add(source_of_bank(row, entry.key))


async def remove(session: AsyncSession, interview_id: int, question_id: int) -> None:
    """Raises `Refused`: interview_unknown, interview_not_scheduled, question_unknown."""
    row = await _row(session, interview_id, question_id)
    await session.delete(row)
    await session.flush()


async def set_stage(session: AsyncSession, interview_id: int, stage: int) -> int:
    """What it was before. Raises `Refused`: interview_unknown, interview_not_scheduled."""
    interview = await editable(session, interview_id)
    before, interview.stage = interview.stage, stage
    return before


async def _row(session: AsyncSession, interview_id: int, question_id: int) -> InterviewQuestion:
    await editable(session, interview_id)
    return await interview_questions.one(session, interview_id, question_id)


async def _change(
    session: AsyncSession, row: InterviewQuestion, text: str, *, source: str, bank_id: int | None
) -> None:
    await session.execute(delete(QuestionSource).where(QuestionSource.question_id == row.id))
    row.text, row.source, row.bank_question_id = text, source, bank_id
    row.made = msgspec.to_builtins(CHOSEN)
