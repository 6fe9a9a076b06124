"""Who did what, and who was refused: for administrators."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

import msgspec
from litestar import get
from litestar.params import FromQuery, QueryParameter

from central.dashboard.auth import roles
from central.dashboard.wants import Session
from central.storage import audit

MOST = 500


class AuditEntry(msgspec.Struct, frozen=True):
    """One entry. `action` is "noun.verb", `subject` "noun:id"; `actor` null: nobody signed in."""

    at: datetime
    actor: str | None
    action: str
    subject: str
    detail: dict[str, Any]


Limit = Annotated[int, QueryParameter(ge=1, le=MOST)]


@get("/audit", guards=[roles.allow(roles.ADMIN)])
async def list_audit(
    session: Session, limit: Limit = 100, action: FromQuery[str] = ""
) -> list[AuditEntry]:
    """The newest entries first; with `action` only those, as "question.refused"."""
    lines = await audit.latest(session, limit=limit, action=action)
    return [
        AuditEntry(line.at, line.actor, line.action, line.subject, line.detail) for line in lines
    ]


HANDLERS = (list_audit,)
