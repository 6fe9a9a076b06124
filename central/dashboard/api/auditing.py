"""Who did what, and who was refused: for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import get
from litestar.params import FromQuery, QueryParameter

from central.dashboard import ids
from central.dashboard.auth import roles
from central.dashboard.wants import Session
from central.storage import audit

MOST = 500


class AuditEntry(msgspec.Struct, frozen=True):
    """One entry. `action` is "noun.verb", `subject` "noun:id"; `actor` null: nobody signed in."""

    id: str
    at: datetime
    actor: str | None
    action: str
    subject: str
    detail: dict[str, Any]


Limit = Annotated[int, QueryParameter(ge=1, le=MOST)]


@get("/audit", guards=[roles.allow(roles.ADMIN)])
async def list_audit(  # noqa: PLR0917 - Litestar gives them by name
    session: Session,
    limit: Limit = 100,
    action: FromQuery[str] = "",
    actor: FromQuery[str] = "",
    subject: FromQuery[str] = "",
    since: FromQuery[datetime | None] = None,
    until: FromQuery[datetime | None] = None,
    before: FromQuery[str | None] = None,
) -> list[AuditEntry]:
    """The newest entries first; only those of an `action` ("question.refused"), of an `actor` (a user
    name), about a `subject` ("interview:12"), from `since` on, before `until`. Go on with `before` =
    the last id.
    """
    lines = await audit.latest(
        session,
        limit=limit,
        action=action,
        actor=actor,
        subject=subject,
        since=since,
        until=until,
        before=None if before is None else ids.parse(before, "record"),
    )
    return [
        AuditEntry(str(line.id), line.at, line.actor, line.action, line.subject, line.detail)
        for line in lines
    ]


HANDLERS = (list_audit,)
