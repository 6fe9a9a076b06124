"""Postings: made once with their plan, chosen whenever an interview is scheduled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.language.planning import matching
from central.language.planning.prompt_texts import VERSION
from central.language.planning.scheme import SCHEME, Slot
from central.storage import audit, questions
from central.storage.tables import Interview, Posting

LONGEST_NAME = 120
LONGEST_ABOUT = 4_000


@dataclass(frozen=True, slots=True)
class NewPosting:
    """What is needed to make one. `about`: what it says of the work and of the company."""

    position: str
    company: str | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class PostingView:
    """One posting; `slots` in the order to ask."""

    id: int
    position: str
    company: str | None
    about: str
    scheme: str
    prompts: str
    slots: tuple[Slot, ...]
    is_open: bool
    created_at: datetime
    interview_count: int


async def create(session: AsyncSession, new: NewPosting, *, actor_id: int | None) -> int:
    """Choose its plan from the bank, and keep it; returns its id.

    Raises `Refused`: position_missing, posting_about, bank_empty.
    """
    position = " ".join(new.position.split())[:LONGEST_NAME]
    company = " ".join((new.company or "").split())[:LONGEST_NAME] or None
    if not position:
        raise Refused("position_missing", 422, "Name the position that the interview is for.")
    if len(new.about) > LONGEST_ABOUT:
        raise Refused("posting_about", 422, f"A posting says at most {LONGEST_ABOUT} characters.")
    bank = await questions.entries(session)
    row = Posting(
        position=position,
        company=company,
        about=new.about.strip(),
        scheme=SCHEME,
        prompts=VERSION,
        slots=msgspec.to_builtins(matching.slots(bank, position, new.about)),
        created_by=actor_id,
    )
    session.add(row)
    await session.flush()
    audit.write(
        session,
        actor_id=actor_id,
        action="posting.create",
        subject=f"posting:{row.id}",
        detail={"position": position, "scheme": SCHEME},
    )
    return row.id


async def find(session: AsyncSession, *, only_open: bool = False) -> tuple[PostingView, ...]:
    """The newest first."""
    held = select(func.count()).where(Interview.posting_id == Posting.id).scalar_subquery()
    query = select(Posting, held).order_by(Posting.id.desc())
    if only_open:
        query = query.where(Posting.is_open)
    return tuple(_view(row, count) for row, count in (await session.execute(query)).all())


async def get(session: AsyncSession, posting_id: int) -> PostingView:
    """Raises `Refused` (posting_unknown)."""
    row = await session.get(Posting, posting_id)
    if row is None:
        raise Refused("posting_unknown", 404, "There is no posting with this id.")
    held = select(func.count()).where(Interview.posting_id == row.id)
    return _view(row, await session.scalar(held) or 0)


async def close(session: AsyncSession, posting_id: int, *, actor_id: int | None) -> None:
    """It is not offered any more; its interviews stay. Raises `Refused` (posting_unknown)."""
    row = await session.get(Posting, posting_id, with_for_update=True)
    if row is None:
        raise Refused("posting_unknown", 404, "There is no posting with this id.")
    row.is_open = False
    audit.write(session, actor_id=actor_id, action="posting.close", subject=f"posting:{posting_id}")


def _view(row: Posting, count: int) -> PostingView:
    return PostingView(
        id=row.id,
        position=row.position,
        company=row.company,
        about=row.about,
        scheme=row.scheme,
        prompts=row.prompts,
        slots=msgspec.convert(row.slots, tuple[Slot, ...]),
        is_open=row.is_open,
        created_at=row.created_at,
        interview_count=count,
    )
