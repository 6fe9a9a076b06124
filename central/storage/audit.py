"""The trail of what people did. Written in the transaction that does it, never updated."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg.types.json import Jsonb
from sqlalchemy import select, true
from sqlalchemy.ext.asyncio import AsyncSession

from central.storage.pool import Connection
from central.storage.tables import AuditEntry, User


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Who (`actor` is a username, None for nobody signed in) did `action` to `subject`."""

    id: int
    at: datetime
    actor: str | None
    action: str
    subject: str
    detail: dict[str, Any]


def write(
    session: AsyncSession,
    *,
    actor_id: int | None,
    action: str,
    subject: str,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add one entry to the session's transaction. `action` is "noun.verb", `subject` "noun:id"."""
    session.add(AuditEntry(actor_id=actor_id, action=action, subject=subject, detail=detail or {}))


async def note(
    conn: Connection, actor_id: int | None, action: str, subject: str, detail: dict[str, Any]
) -> None:
    """The same over a connection of psycopg."""
    await conn.execute(
        "insert into audit_log (actor_id, action, subject, detail) values (%s, %s, %s, %s)",
        (actor_id, action, subject, Jsonb(detail)),
    )


async def latest(
    session: AsyncSession,
    *,
    limit: int = 100,
    action: str = "",
    actor: str = "",
    subject: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    before: int | None = None,
) -> tuple[AuditLine, ...]:
    """The newest entries first: of one action, person (a user name) or subject where they are given,
    from `since` on, before `until`; go on with `before` = the last id.
    """
    wanted = (
        (AuditEntry.action == action) if action else true(),
        (User.username == actor) if actor else true(),
        (AuditEntry.subject == subject) if subject else true(),
        true() if since is None else AuditEntry.at >= since,
        true() if until is None else AuditEntry.at < until,
        true() if before is None else AuditEntry.id < before,
    )
    query = (
        select(AuditEntry, User.username)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(*wanted)
        .order_by(AuditEntry.id.desc())
        .limit(limit)
    )
    return tuple(
        AuditLine(entry.id, entry.at, username, entry.action, entry.subject, entry.detail)
        for entry, username in (await session.execute(query)).all()
    )
