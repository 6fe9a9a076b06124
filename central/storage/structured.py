"""The plan of an interview for a posting: at once from the bank, the same for every candidate."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import msgspec
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.jobs.kinds import PLAN, PlanJob
from central.language.bank import BankEntry
from central.language.planning import matching
from central.language.planning.scheme import Slot
from central.storage import questions
from central.storage.postings import PostingView
from central.storage.tables import InterviewQuestion, Job, QuestionSource

BANK: Final = "bank"


async def add(
    session: AsyncSession, interview_id: int, posting: PostingView, *, language: str
) -> tuple[int, ...]:
    """The reviewed question of each slot, and the job that words them for the candidate; the new
    questions' ids in order. Raises `Refused` (bank_empty).
    """
    bank, ids = await questions.entries(session), await questions.ids(session)
    used: list[str] = []
    rows: list[InterviewQuestion] = []
    for ordinal, slot in enumerate(posting.slots):
        entry = _entry(bank, slot, language, posting.position, used)
        used.append(entry.key)
        row = _row(interview_id, ordinal, slot, entry)
        row.bank_question_id = ids.get((entry.key, language))
        rows.append(row)
    session.add_all(rows)
    await session.flush()
    for row, key in zip(rows, used, strict=True):
        session.add(source_of_bank(row, key))
    await ask_for_wording(session, interview_id)
    return tuple(row.id for row in rows)


async def ask_for_wording(session: AsyncSession, interview_id: int) -> None:
    """A `plan` job for this interview, if it has none yet."""
    body = msgspec.to_builtins(PlanJob(interview_id))
    values = {"kind": PLAN, "key": str(interview_id), "interview_id": interview_id, "body": body}
    await session.execute(insert(Job).values(**values).on_conflict_do_nothing())


def source_of_bank(row: InterviewQuestion, key: str) -> QuestionSource:
    """That a question is the bank's."""
    return QuestionSource(
        interview_id=row.interview_id, question_id=row.id, kind=BANK, ref=key, text=row.text
    )


def _entry(
    bank: tuple[BankEntry, ...], slot: Slot, language: str, position: str, used: Collection[str]
) -> BankEntry:
    entry = matching.entry_of(bank, slot, language, position=position, used=used)
    if entry is None:
        raise Refused("bank_empty", 409, f"The question bank has no question in {language!r}.")
    return entry


def _row(interview_id: int, ordinal: int, slot: Slot, entry: BankEntry) -> InterviewQuestion:
    return InterviewQuestion(
        interview_id=interview_id,
        ordinal=ordinal,
        text=entry.content,
        category=entry.category,
        difficulty=entry.difficulty,
        source=BANK,
        rubric=msgspec.to_builtins(entry.rubric),
        slot=slot.key,
        competency=slot.competency,
        follow_ups=slot.follow_ups,
    )
