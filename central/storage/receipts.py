"""What candidates can read of their interviews by an address that only they have."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.interview.commands import Receipt
from central.interview.policy import Policy, Words
from central.storage.tables import Interview, Turn

TOKEN_BYTES: Final = 24
_NO_WORDS: Final = Words("", "")


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """`recording` and the others as the candidate decided; None: not asked. `ended_at` None: it is not
    over. Nothing that was measured, marked or said is in here.
    """

    interview_id: int
    started_at: datetime | None
    ended_at: datetime | None
    recording: bool | None
    scoring: bool | None
    emotion: bool | None
    answers: int
    policy: Policy | None
    kept_until: date | None
    """The day of deletion; None: by no date."""
    held: bool
    """It is kept beyond that day, until somebody releases it."""


def given(interview: Interview, policy: Policy, public_url: str, today: date) -> Receipt:
    """The receipt of an interview that begins `today`, by the site's calendar: its page's address is
    made here, once; the day of its deletion is set too.
    """
    interview.kept_until = policy.kept_until(today)
    interview.receipt_token = interview.receipt_token or secrets.token_urlsafe(TOKEN_BYTES)
    kept, ask = policy.kept or _NO_WORDS, policy.ask or _NO_WORDS
    base = public_url.rstrip("/")
    url = f"{base}/receipt/{interview.receipt_token}" if base else ""
    until = interview.kept_until
    return Receipt(
        url, kept.ko, kept.en, ask.ko, ask.en, "" if until is None else until.isoformat()
    )


async def find(session: AsyncSession, token: str) -> ReceiptView | None:
    """None where there is none of this token: it never was, or the interview is erased."""
    answers = select(func.count()).where(
        Turn.interview_id == Interview.id, Turn.answer_opened_at.is_not(None)
    )
    query = select(Interview, answers.scalar_subquery()).where(Interview.receipt_token == token)
    found = (await session.execute(query)).one_or_none()
    if found is None:
        return None
    row, count = found
    return ReceiptView(
        interview_id=row.id,
        started_at=row.start_time,
        ended_at=row.end_time,
        recording=row.recording_consent,
        scoring=row.scoring_consent,
        emotion=row.emotion_consent,
        answers=count,
        policy=None if row.policy is None else msgspec.convert(row.policy, Policy),
        kept_until=row.kept_until,
        held=row.held_at is not None,
    )
