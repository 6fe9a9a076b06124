"""What the bank would ask next in an interview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from central.storage import questions
from central.storage.live_rooms import RoomDetail

_ENOUGH: Final = 100


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question of the bank that this interview does not have yet."""

    bank_question_id: int
    text: str
    category: str
    difficulty: str


async def suggestions(
    session: AsyncSession, detail: RoomDetail, count: int = 3
) -> tuple[Suggestion, ...]:
    """At most `count`, in the order of the bank's own choice for this interview."""
    interview = detail.interview
    if interview is None or interview.status != "live":
        return ()
    known = {question.bank_question_id for question in detail.questions}
    rows = await questions.choose(
        session,
        position=interview.position,
        language=interview.language,
        count=_ENOUGH,
        seed=interview.id,
    )
    left = [row for row in rows if row.id not in known]
    return tuple(
        Suggestion(row.id, row.content, row.category, row.difficulty) for row in left[:count]
    )
