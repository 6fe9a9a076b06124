"""Rooms as machines, and the records that were refused: for IT and admins."""

from __future__ import annotations

from litestar import Router, get
from litestar.response import Template

from central.dashboard.auth import roles
from central.dashboard.pages.rooms import state_of
from central.dashboard.wants import Session
from central.storage import live_rooms, quarantine_views


@get("/fleet", guards=[roles.allow(roles.IT, roles.ADMIN)])
async def fleet(session: Session) -> Template:
    """Agents and their health; nothing about candidates."""
    context = {
        "page": "fleet",
        "cards": await live_rooms.list_rooms(session),
        "refused": await quarantine_views.quarantined(session, limit=100),
        "state_of": state_of,
    }
    return Template("fleet.html", context=context)


router = Router("/", route_handlers=[fleet], include_in_schema=False)
