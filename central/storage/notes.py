"""Lines that the interviewer adds to a transcript. The rooms' own words come from the rooms."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.storage import interviews
from central.storage.tables import Transcript, Turn
from central.storage.turn_views import Line, line_view

LONGEST: Final = 4_000


async def add(session: AsyncSession, interview_id: int, text: str) -> Line:
    """Add one line at the present time, to the turn that was asked last.

    Raises `Refused`: interview_unknown, or note_text for an empty or too long one.
    """
    said = text.strip()
    if not 1 <= len(said) <= LONGEST:
        raise Refused("note_text", 422, "A note has between 1 and 4000 characters.")
    interview = await interviews.locked(session, interview_id)
    turn = await session.scalar(
        select(Turn.id)
        .where(Turn.interview_id == interview_id)
        .order_by(Turn.asked_at.desc())
        .limit(1)
    )
    last = await session.scalar(
        select(func.max(Transcript.ordinal)).where(Transcript.interview_id == interview_id)
    )
    now = datetime.now(UTC)
    row = Transcript(
        interview_id=interview_id,
        turn_id=turn,
        speaker="Interviewer",
        text=said,
        language=interview.language,
        ordinal=0 if last is None else last + 1,
        started_at=now,
        ended_at=now,
        engine="",
        accepted=True,
    )
    session.add(row)
    await session.flush()
    return line_view(row)
