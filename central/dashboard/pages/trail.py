"""The audit trail: who did what, to what and when. Read only, for administrators."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final
from urllib.parse import urlencode

from litestar import Router, get
from litestar.params import FromQuery
from litestar.response import Template

from central.dashboard import ids
from central.dashboard.auth import roles
from central.dashboard.pages.audit_words import ACTIONS
from central.dashboard.wants import Session
from central.storage import audit

PAGE: Final = 100


@get("/audit", guards=[roles.allow(roles.ADMIN)])
async def trail(  # noqa: PLR0917 - Litestar gives them by name
    session: Session,
    actor: FromQuery[str] = "",
    action: FromQuery[str] = "",
    subject: FromQuery[str] = "",
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    before: FromQuery[str] = "",
) -> Template:
    """The newest first. Days are the site's own, and the last one is whole."""
    wanted = {"actor": actor.strip(), "action": action, "subject": subject.strip()}
    found = await audit.latest(
        session,
        **wanted,
        since=_day(since),
        until=_day(until, later=timedelta(days=1)),
        before=ids.parse(before, "record") if before else None,
        limit=PAGE + 1,
    )
    asked = {name: value for name, value in wanted.items() if value}
    asked |= {name: day for name, day in (("since", since), ("until", until)) if _day(day)}
    context = {
        "page": "audit",
        "shown": found[:PAGE],
        "asked": {name: asked.get(name, "") for name in (*wanted, "since", "until")},
        "actions": ACTIONS,
        "older": urlencode(asked | {"before": found[PAGE - 1].id}) if len(found) > PAGE else None,
    }
    return Template("audit.html", context=context)


def _day(text: str, *, later: timedelta = timedelta()) -> datetime | None:
    """Midnight of a date field; None where it is empty or no date."""
    try:
        return datetime.combine(datetime.fromisoformat(text).date() + later, time()).astimezone()
    except (ValueError, OverflowError):
        return None


router = Router("/", route_handlers=[trail], include_in_schema=False)
