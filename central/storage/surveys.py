"""The two questions at the end of interviews: kept apart, read together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.interview.facts import SurveyAnswered
from central.storage.pool import Connection
from central.storage.tables import SurveyRow

FEWEST: Final = 5
"""Of fewer answers nothing is told: one could guess whose they are."""


@dataclass(frozen=True, slots=True)
class SurveyMeans:
    """Of all answers since a day. None: fewer than `FEWEST`."""

    count: int
    ease: float | None
    fairness: float | None


async def keep(conn: Connection, survey: SurveyAnswered, at: datetime) -> None:
    """Stores answers once."""
    await conn.execute(
        "insert into survey_answers (answer_key, answered_on, ease, fairness)"
        " values (%s, %s, %s, %s) on conflict (answer_key) do nothing",
        (survey.answer_key, at.date(), survey.ease, survey.fairness),
    )


async def means(session: AsyncSession, since: date | None = None) -> SurveyMeans:
    """All answers together, or those from a day on."""
    query = select(func.count(), func.avg(SurveyRow.ease), func.avg(SurveyRow.fairness))
    if since is not None:
        query = query.where(SurveyRow.answered_on >= since)
    count, ease, fairness = (await session.execute(query)).one()
    if count < FEWEST:
        return SurveyMeans(count, None, None)
    return SurveyMeans(count, round(float(ease), 2), round(float(fairness), 2))
