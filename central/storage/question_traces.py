"""Where the questions of an interview are from, for people."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from central.language.planning.trace import Source
from central.storage.tables import Job, QuestionSource


async def sources_of(session: AsyncSession, interview_id: int) -> dict[int, tuple[Source, ...]]:
    """The sources that each question used, by its id."""
    query = (
        select(QuestionSource)
        .where(QuestionSource.interview_id == interview_id)
        .order_by(QuestionSource.id)
    )
    found: dict[int, tuple[Source, ...]] = {}
    for row in (await session.scalars(query)).all():
        source = Source(row.kind, row.ref, row.title, row.start_at, row.end_at, row.text, row.score)
        found[row.question_id] = (*found.get(row.question_id, ()), source)
    return found


async def being_worded(session: AsyncSession, interview_id: int) -> bool:
    """Whether a worker has its plan, or will."""
    query = select(Job.id).where(
        Job.kind == "plan",
        Job.interview_id == interview_id,
        Job.state.in_(("queued", "running")),
    )
    return await session.scalar(query.limit(1)) is not None
