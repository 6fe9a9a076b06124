"""The questions of one interview, frozen with the rubric they will be marked by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.language import asking
from central.language.generator import Drafted
from central.language.planning.trace import Made
from central.storage import questions
from central.storage.tables import BankQuestion, Interview, InterviewQuestion, Turn
from central.storage.turns import DOES_NOT_KNOW

LONGEST_QUESTION = 500
"""Characters of a typed question: it is read out aloud and shown on one screen."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question and how far it came. `state`: planned, asking, answered, skipped or
    does_not_know; `source`: bank, typed, generated or template.
    """

    id: int
    bank_question_id: int | None
    ordinal: int
    text: str
    category: str
    difficulty: str
    source: str
    rubric: dict[str, Any]
    answer_limit_ms: int
    think_ms: int
    state: str
    turn_id: int | None
    slot: str | None = None
    """Its place in a posting's plan."""
    competency: str | None = None
    follow_up_of: int | None = None
    """The main question that it follows; its `state` may be "held" or "unasked" too."""
    about: str | None = None
    made: Made | None = None
    """How it came to be; None where no model was asked."""


@dataclass(frozen=True, slots=True)
class TypedQuestion:
    """A question that a person wrote."""

    text: str
    category: str = "behavioral"
    difficulty: str = "medium"
    answer_limit_ms: int = 120_000
    think_ms: int = 0


async def questions_of(session: AsyncSession, interview_id: int) -> tuple[QuestionView, ...]:
    """In planned order."""
    query = (
        select(InterviewQuestion)
        .where(InterviewQuestion.interview_id == interview_id)
        .order_by(InterviewQuestion.ordinal, InterviewQuestion.id)
    )
    turns = await _latest_turns(session, interview_id)
    rows = (await session.scalars(query)).all()
    going_on = {row.follow_up_of or row.id for row in rows if _goes_on(turns.get(row.id))}
    return tuple(
        _view(row, turns.get(row.id), is_open=row.follow_up_of in going_on) for row in rows
    )


async def add_chosen(
    session: AsyncSession, interview_id: int, *, position: str, language: str, count: int
) -> tuple[int, ...]:
    """Let the bank's own choice make the plan; returns the new questions' ids in order.

    The same position gets the same questions, so that its candidates can be compared.

    Raises `Refused` (bank_empty) where the bank has nothing in this language.
    """
    rows = await questions.choose(
        session, position=position, language=language, count=count, seed=position
    )
    if not rows:
        raise Refused("bank_empty", 409, f"The question bank has no question in {language!r}.")
    return await _add_rows(session, interview_id, rows)


async def next_of_bank(session: AsyncSession, interview_id: int) -> int:
    """The bank question that fits this interview's position best and is not part of it yet.

    Raises `Refused` (bank_empty) where there is none left.
    """
    interview = await session.get_one(Interview, interview_id)
    used = {row.bank_question_id for row in await rows_of(session, interview_id)}
    rows = await questions.choose(
        session,
        position=interview.position,
        language=interview.language,
        count=len(used) + 1,
        seed=interview.position,
    )
    left = [row.id for row in rows if row.id not in used]
    if not left:
        raise Refused("bank_empty", 409, "The question bank has no other question for this.")
    return left[0]


async def add_from_bank(
    session: AsyncSession, interview_id: int, bank_question_id: int
) -> InterviewQuestion:
    """Add one question of the bank at the end of the plan.

    Raises `Refused` (question_unknown) where the bank has no such active question.
    """
    row = await session.get(BankQuestion, bank_question_id)
    if row is None or not row.is_active:
        raise Refused("question_unknown", 404, "The bank has no active question with this id.")
    await _add_rows(session, interview_id, [row])
    return await _last(session, interview_id)


async def add_typed(
    session: AsyncSession, interview_id: int, typed: TypedQuestion
) -> InterviewQuestion:
    """Add a typed question at the end of the plan. It has no rubric, so it is not marked.

    Raises `Refused` (question_text) where the text is empty or longer than 500 characters, and
    `Prohibited` for what no candidate may be asked.
    """
    text = tidy(typed.text)
    asking.check(text)
    row = InterviewQuestion(
        interview_id=interview_id,
        ordinal=await _next_ordinal(session, interview_id),
        text=text,
        category=typed.category,
        difficulty=typed.difficulty,
        source="typed",
        rubric={},
        answer_limit_ms=typed.answer_limit_ms,
        think_ms=typed.think_ms,
    )
    session.add(row)
    await session.flush()
    return row


def tidy(text: str) -> str:
    """A typed question with one space between words. Raises `Refused` (question_text)."""
    said = " ".join(text.split())
    if not 1 <= len(said) <= LONGEST_QUESTION:
        raise Refused("question_text", 422, "A question has between 1 and 500 characters.")
    return said


async def add_drafted(
    session: AsyncSession, interview_id: int, drafts: Sequence[Drafted]
) -> tuple[int, ...]:
    """Add what a generator wrote at the end of the plan; returns the new questions' ids in order.

    Raises `Prohibited` for what no candidate may be asked, and adds nothing.
    """
    for draft in drafts:
        asking.check(draft.text)
    first = await _next_ordinal(session, interview_id)
    rows = [
        InterviewQuestion(
            interview_id=interview_id,
            ordinal=first + index,
            text=draft.text,
            category=draft.category,
            difficulty=draft.difficulty,
            source=draft.source,
            rubric=msgspec.to_builtins(draft.rubric),
        )
        for index, draft in enumerate(drafts)
    ]
    session.add_all(rows)
    await session.flush()
    return tuple(row.id for row in rows)


async def one(session: AsyncSession, interview_id: int, question_id: int) -> InterviewQuestion:
    """A question of this interview.

    Raises `Refused` (question_unknown) where it is not one of this interview.
    """
    row = await session.get(InterviewQuestion, question_id)
    if row is None or row.interview_id != interview_id:
        raise Refused("question_unknown", 404, "This interview has no question with this id.")
    return row


async def rows_of(session: AsyncSession, interview_id: int) -> Sequence[InterviewQuestion]:
    """The plan's rows in order."""
    query = (
        select(InterviewQuestion)
        .where(InterviewQuestion.interview_id == interview_id)
        .order_by(InterviewQuestion.ordinal, InterviewQuestion.id)
    )
    return (await session.scalars(query)).all()


async def _add_rows(
    session: AsyncSession, interview_id: int, bank: Sequence[BankQuestion]
) -> tuple[int, ...]:
    first = await _next_ordinal(session, interview_id)
    rows = [
        InterviewQuestion(
            interview_id=interview_id,
            bank_question_id=question.id,
            ordinal=first + index,
            text=question.content,
            category=question.category,
            difficulty=question.difficulty,
            source="bank",
            rubric=question.rubric,
        )
        for index, question in enumerate(bank)
    ]
    session.add_all(rows)
    await session.flush()
    return tuple(row.id for row in rows)


async def _next_ordinal(session: AsyncSession, interview_id: int) -> int:
    query = select(func.max(InterviewQuestion.ordinal)).where(
        InterviewQuestion.interview_id == interview_id
    )
    last = await session.scalar(query)
    return 0 if last is None else last + 1


async def _last(session: AsyncSession, interview_id: int) -> InterviewQuestion:
    return (await rows_of(session, interview_id))[-1]


async def _latest_turns(session: AsyncSession, interview_id: int) -> dict[int, Turn]:
    query = select(Turn).where(Turn.interview_id == interview_id).order_by(Turn.asked_at)
    return {
        turn.question_id: turn
        for turn in (await session.scalars(query)).all()
        if turn.question_id is not None
    }


def _goes_on(turn: Turn | None) -> bool:
    return turn is not None and turn.ended_at is None


def _view(row: InterviewQuestion, turn: Turn | None, *, is_open: bool) -> QuestionView:
    return QuestionView(
        id=row.id,
        bank_question_id=row.bank_question_id,
        ordinal=row.ordinal,
        text=row.text,
        category=row.category,
        difficulty=row.difficulty,
        source=row.source,
        rubric=row.rubric,
        answer_limit_ms=row.answer_limit_ms,
        think_ms=row.think_ms,
        state=_state(turn, is_follow_up=row.follow_up_of is not None, is_open=is_open),
        turn_id=None if turn is None else turn.id,
        slot=row.slot,
        competency=row.competency,
        follow_up_of=row.follow_up_of,
        about=row.about,
        made=None if row.made is None else msgspec.convert(row.made, Made),
    )


def _state(turn: Turn | None, *, is_follow_up: bool, is_open: bool) -> str:
    """A follow-up that was not asked may still be, while an answer is open."""
    if turn is None and is_follow_up:
        return "held" if is_open else "unasked"
    if turn is None:
        return "planned"
    if turn.ended_at is None:
        return "asking"
    reason = (turn.end_reason or "").lower()
    return reason if reason in {"skipped", DOES_NOT_KNOW} else "answered"
