"""Refused speech: what the recogniser said that was not believed, and why. For staff."""

from __future__ import annotations

from typing import Final

from litestar import Router, get
from litestar.params import FromQuery
from litestar.response import Template

from central.dashboard import ids
from central.dashboard.auth import roles
from central.dashboard.pages import refusal_words
from central.dashboard.wants import Session
from central.storage import refusal_views

PAGE: Final = 100
DAYS: Final = 30


@get("/refusals", guards=[roles.allow(*roles.STAFF)])
async def refusals(
    session: Session,
    reason: FromQuery[str] = "",
    days: FromQuery[str] = "",
    before: FromQuery[str] = "",
) -> Template:
    """How many for which reason, then each, the newest first."""
    chosen = int(days) if days in map(str, refusal_words.DAYS) else DAYS
    shown = await refusal_views.refusals(
        session,
        days=chosen,
        reason=reason,
        before=ids.parse(before, "record") if before else None,
        limit=PAGE,
    )
    context = {
        "page": "refusals",
        "counts": await refusal_views.counts(session, days=chosen),
        "shown": shown,
        "reason": reason,
        "days": chosen,
        "choices": refusal_words.DAYS,
        "older": shown[-1].id if len(shown) == PAGE else None,
    }
    return Template("refusals.html", context=context)


router = Router("/", route_handlers=[refusals], include_in_schema=False)
