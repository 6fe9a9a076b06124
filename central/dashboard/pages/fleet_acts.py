"""What IT does on the fleet pages: notes an alarm, closes one, sets something."""

from __future__ import annotations

from typing import Any, Final

from litestar import Request, post
from litestar.params import FromPath
from litestar.response import Redirect

from central.dashboard import actions, ids
from central.dashboard.auth import roles
from central.dashboard.pages.session import inside
from central.dashboard.wants import Session, SignedIn, ToRooms
from central.health.settable import SETTABLE, Value, typed
from central.storage import fleet_settings, fleet_views

ACTORS: Final[Any] = [roles.allow(roles.IT, roles.ADMIN)]


@post("/fleet/alarms/{alarm:str}/seen", guards=ACTORS)
async def see(alarm: FromPath[str], session: Session, account: SignedIn) -> Redirect:
    """Somebody has seen it."""
    alarm_id = ids.parse(alarm, "alarm")
    code = await fleet_views.acknowledge(session, alarm_id, actor_id=account.id)
    await session.commit()
    return _back(code, "seen")


@post("/fleet/alarms/{alarm:str}/close", guards=ACTORS)
async def close(alarm: FromPath[str], session: Session, account: SignedIn) -> Redirect:
    """Somebody says that it is over."""
    alarm_id = ids.parse(alarm, "alarm")
    code = await fleet_views.close(session, alarm_id, actor_id=account.id)
    await session.commit()
    return _back(code, "closed")


@post("/fleet/rooms/{code:str}/settings", guards=ACTORS)
async def set_room(
    request: Request[Any, Any, Any], code: FromPath[str], session: Session, account: SignedIn
) -> Redirect:
    """Every field of the form; an empty one takes the setting back."""
    values = await _values(request)
    await fleet_settings.set_values(session, code, values, actor_id=account.id)
    await session.commit()
    return _back(code, "set")


@post("/fleet/settings", guards=ACTORS)
async def set_all(request: Request[Any, Any, Any], session: Session, account: SignedIn) -> Redirect:
    """The same for every room."""
    values = await _values(request)
    await fleet_settings.set_values(session, None, values, actor_id=account.id)
    await session.commit()
    return Redirect("/fleet/settings?done=set", status_code=303)


@post("/fleet/rooms/{code:str}/check", guards=ACTORS)
async def check(code: FromPath[str], session: Session, bus: ToRooms, account: SignedIn) -> Redirect:
    """The room says known sentences and hears them."""
    await actions.check_room(session, bus, code, actor=account)
    return _back(code, "check")


async def _values(request: Request[Any, Any, Any]) -> dict[str, Value | None]:
    form = await request.form()
    given = {key: str(form[key]) for key in SETTABLE if key in form}
    return {key: typed(key, text) if text.strip() else None for key, text in given.items()}


def _back(code: str | None, done: str) -> Redirect:
    place = "/fleet" if code is None else f"/fleet/rooms/{code}"
    return Redirect(inside(place) + f"?done={done}", status_code=303)


HANDLERS: Final = (see, close, set_room, set_all, check)
