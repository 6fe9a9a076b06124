"""Writes down who wanted to ask what nobody may ask."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Prohibited
from central.storage import audit
from central.storage.users import Account

ACTION = "question.refused"


@asynccontextmanager
async def noted(session: AsyncSession, subject: str, actor: Account) -> AsyncIterator[None]:
    """Undoes what was begun, leaves an audit entry in its place, and lets `Prohibited` go on."""
    try:
        yield
    except Prohibited as refused:
        await session.rollback()
        audit.write(
            session,
            actor_id=actor.id,
            action=ACTION,
            subject=subject,
            detail={
                "topic": refused.topic,
                "words": refused.words,
                "question": refused.question,
            },
        )
        await session.commit()
        raise
