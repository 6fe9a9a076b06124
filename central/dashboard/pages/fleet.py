"""Rooms as machines: all of them by trouble, and one with every figure. For IT and admins."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from functools import partial
from typing import Any, Final

from litestar import Request, Router, get
from litestar.params import FromPath, FromQuery
from litestar.response import Template

from central.dashboard import i18n
from central.dashboard.auth import roles
from central.dashboard.pages import fleet_acts, fleet_figures, fleet_words
from central.dashboard.wants import Limits, Session
from central.health.facts import RoomState
from central.health.settable import SETTABLE, Choice, Number, Value
from central.storage import fleet_settings, fleet_views, room_checks
from central.storage.fleet_views import FleetRoom

VIEWERS: Final[Any] = [roles.allow(roles.IT, roles.ADMIN)]
NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@get("/fleet", guards=VIEWERS)
async def fleet(
    request: Request[Any, Any, Any],
    session: Session,
    limits: Limits,
    show: FromQuery[str] = "all",
    sort: FromQuery[str] = "trouble",
) -> Template:
    """Every room in one table; nothing about candidates."""
    rooms = await fleet_views.rooms(session, limits)
    shown = [one for one in rooms if _is_shown(one, show)]
    context = {
        "page": "fleet",
        "rooms": sorted(shown, key=partial(_order, sort)),
        "counts": Counter(one.state for one in rooms),
        "alarms": await fleet_views.alarms(session),
        "show": show,
        "sort": sort,
        **words_for(request),
    }
    return Template("fleet.html", context=context)


@get("/fleet/rooms/{code:str}", guards=VIEWERS)
async def fleet_room(
    request: Request[Any, Any, Any], code: FromPath[str], session: Session, limits: Limits
) -> Template:
    """One room: what is wrong and what to do, alarms, every figure, settings."""
    room = await fleet_views.room(session, code, limits)
    language, now = i18n.language_of(request), datetime.now(UTC)
    context = {
        "page": "fleet-room",
        "room": room,
        "alarms": await fleet_views.alarms(session, room_code=code),
        "past": [
            one
            for one in await fleet_views.alarms(session, room_code=code, open_only=False, limit=30)
            if one.cleared_at is not None
        ],
        "figures": fleet_figures.figures(room, language, now),
        "settings": await fleet_settings.settings_of(session, code),
        "delivery": await fleet_settings.delivery(session, code),
        "history": await fleet_settings.history(session, code, limit=20),
        "check": await room_checks.newest(session, code),
        **words_for(request),
    }
    return Template("fleet_room.html", context=context)


@get("/fleet/settings", guards=VIEWERS)
async def all_settings(request: Request[Any, Any, Any], session: Session) -> Template:
    """What is set for every room."""
    context = {
        "page": "fleet-settings",
        "settings": await fleet_settings.settings_of(session, None),
        "history": await fleet_settings.history(session, None, limit=50),
        **words_for(request),
    }
    return Template("fleet_settings.html", context=context)


def _is_shown(room: FleetRoom, show: str) -> bool:
    trouble = room.state in {RoomState.RED, RoomState.AMBER}
    return {"trouble": trouble, "well": not trouble}.get(show, True)


def _order(sort: str, room: FleetRoom) -> tuple[Any, ...]:
    match sort:
        case "name":
            return _natural(room.name), room.code
        case "seen":
            return room.last_seen or NEVER, _natural(room.name)
        case "version":
            return room.version, _natural(room.name)
        case _:
            urgency = (RoomState.RED, RoomState.AMBER, RoomState.GREY, RoomState.GREEN)
            return urgency.index(room.state), -len(room.problems), _natural(room.name)


def _natural(name: str) -> list[tuple[int, str]]:
    """Room 9 stands before room 10."""
    parts = re.findall(r"(\d{1,9})|(\D+)", name, re.ASCII)
    return [(int(number or -1), text) for number, text in parts]


def words_for(request: Request[Any, Any, Any]) -> dict[str, Any]:
    """What the parts of these pages ask for: sentences, spans of time, and what a setting may be."""
    language = i18n.language_of(request)
    return {
        "fleet": fleet_words,
        "State": RoomState,
        "say": partial(fleet_figures.sentence, language=language),
        "span": partial(fleet_figures.span, language=language),
        "ago_s": _ago_s,
        "kind_of": _kind_of,
        "done": fleet_words.DONE.get(request.query_params.get("done", "")),
        "text_of": _text_of,
    }


def _ago_s(when: datetime) -> float:
    return max(0.0, (datetime.now(UTC) - when).total_seconds())


def _kind_of(key: str) -> dict[str, Any]:
    """What a form needs to ask for a setting."""
    match SETTABLE[key]:
        case Number(least, most):
            return {"as": "number", "least": least, "most": most}
        case Choice(choices):
            return {"as": "choice", "words": choices}
        case kind:
            return {"as": "text", "about": kind.about}


def _text_of(value: Value | None) -> str:
    return "" if value is None else str(value)


router = Router(
    "/",
    route_handlers=[fleet, fleet_room, all_settings, *fleet_acts.HANDLERS],
    include_in_schema=False,
)
