"""The question bank as people browse it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from central.storage.tables import BankQuestion


@dataclass(frozen=True, slots=True)
class BankQuestionView:
    """One reviewed question in one language."""

    id: int
    key: str
    language: str
    content: str
    category: str
    difficulty: str
    question_type: str
    position: str | None
    rubric: dict[str, Any]


async def find(
    session: AsyncSession,
    *,
    language: str | None = None,
    category: str | None = None,
    limit: int = 200,
) -> tuple[BankQuestionView, ...]:
    """Active questions by category and key."""
    query = (
        select(BankQuestion)
        .where(BankQuestion.is_active)
        .order_by(BankQuestion.category, BankQuestion.key, BankQuestion.language)
        .limit(limit)
    )
    if language is not None:
        query = query.where(BankQuestion.language == language)
    if category is not None:
        query = query.where(BankQuestion.category == category)
    return tuple(
        BankQuestionView(
            id=row.id,
            key=row.key,
            language=row.language,
            content=row.content,
            category=row.category,
            difficulty=row.difficulty,
            question_type=row.question_type,
            position=row.position,
            rubric=row.rubric,
        )
        for row in (await session.scalars(query)).all()
    )
