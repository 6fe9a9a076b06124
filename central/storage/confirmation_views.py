"""What candidates said of their words, for whoever reads an interview."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from central.storage.tables import Confirmation, CorrectionRow


@dataclass(frozen=True, slots=True)
class Corrected:
    """One utterance in the candidate's own words; `counts`: it is marked by them."""

    text: str
    words: tuple[dict[str, Any], ...]
    counts: bool


async def verdicts(session: AsyncSession, interview_id: int) -> dict[int, str]:
    """By turn, right or misheard; turns that were not confirmed have none."""
    query = select(Confirmation).where(Confirmation.interview_id == interview_id)
    return {row.turn_id: row.verdict for row in (await session.scalars(query)).all()}


async def corrections(session: AsyncSession, interview_id: int) -> dict[int, Corrected]:
    """By transcript."""
    query = select(CorrectionRow).where(CorrectionRow.interview_id == interview_id)
    return {
        row.transcript_id: Corrected(row.text, tuple(row.words or ()), row.counts)
        for row in (await session.scalars(query)).all()
    }
