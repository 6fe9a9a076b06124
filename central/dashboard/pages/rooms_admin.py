"""Rooms and who is let in there: for IT and admins."""

from __future__ import annotations

from typing import Any

import msgspec
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath, URLEncodedBody
from litestar.response import Redirect, Template
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import admission, i18n, problems
from central.dashboard.auth import roles
from central.dashboard.pages.rooms_admin_words import DONE, STANDING, STANDING_ICONS
from central.dashboard.pages.session import inside
from central.dashboard.wants import RoomsCa, Session, SignedIn, ToRooms
from central.errors import Refused
from central.fleet.tokens import LASTS_MINUTES

Guards: Any = [roles.allow(roles.ADMIN, roles.IT)]


class RoomForm(msgspec.Struct, frozen=True):
    """A new room."""

    code: str = ""
    name: str = ""


@get("/enrolment", guards=Guards)
async def listing(request: Request[Any, Any, Any], session: Session) -> Template:
    """All rooms with their agents, and a form for another room."""
    done = DONE.get(request.query_params.get("done", ""), "")
    return await _listing(session, RoomForm(), "", done, 200)


@post("/enrolment", guards=Guards)
async def add(
    request: Request[Any, Any, Any],
    session: Session,
    account: SignedIn,
    data: URLEncodedBody[RoomForm],
) -> Response[Any]:
    """Add a room, or say in the form what is wrong."""
    try:
        await admission.add_room(session, data.code.strip(), data.name, actor=account)
    except Refused as refused:
        await session.rollback()
        said = problems.localised(problems.of(refused), i18n.language_of(request))
        return await _listing(session, data, said, "", refused.status)
    return Redirect("/enrolment?done=added", status_code=303)


@post("/enrolment/{code:str}/token", guards=Guards, status_code=200)
async def token(
    code: FromPath[str], session: Session, rooms_ca: RoomsCa, account: SignedIn
) -> Template:
    """Make a token and show it, once: it is stored nowhere, so there is no page to come back to."""
    opened = await admission.make_token(session, rooms_ca, code, LASTS_MINUTES, actor=account)
    context = {"page": "enrolment-token", "opened": opened, "minutes": LASTS_MINUTES}
    return Template("enrolment_token.html", context=context)


@get("/enrolment/{code:str}/revoke", guards=Guards)
async def ask(code: FromPath[str], session: Session) -> Template:
    """Say what revoking means, and ask."""
    found = await admission.listing(session, code)
    if not found:
        raise Refused("room_unknown", 404, "There is no room with this code.")
    context = {"page": "enrolment", "room": found[0], "agents": found, "standing_of": standing_of}
    return Template("enrolment_revoke.html", context=context)


@post("/enrolment/{code:str}/revoke", guards=Guards)
async def revoke(
    code: FromPath[str], session: Session, bus: ToRooms, account: SignedIn
) -> Redirect:
    """The room's agents are let in no more."""
    await admission.revoke(session, bus, code, None, actor=account)
    return Redirect(inside("/enrolment") + "?done=revoked", status_code=303)


def standing_of(one: Any) -> str:
    """A key of `STANDING`."""
    return (one.revoked or "enrolled") if one.agent_uuid else "none"


async def _listing(
    session: AsyncSession, form: RoomForm, problem: str, done: str, status: int
) -> Template:
    context = {
        "page": "enrolment",
        "found": await admission.listing(session),
        "standing_of": standing_of,
        "standing": STANDING,
        "standing_icons": STANDING_ICONS,
        "form": form,
        "problem": problem,
        "done": done,
    }
    return Template("enrolment.html", context=context, status_code=status)


router = Router("/", route_handlers=[listing, add, token, ask, revoke], include_in_schema=False)
