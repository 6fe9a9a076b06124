"""The wall of rooms, and one room live."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from functools import partial
from typing import Any, Final

import msgspec
from litestar import Request, Router, get
from litestar.params import FromPath
from litestar.response import Template
from sqlalchemy.ext.asyncio import AsyncSession

from central.dashboard import calibrating, desk, i18n, seal
from central.dashboard.auth import roles
from central.dashboard.desk import Desk
from central.dashboard.live.hub import Hub
from central.dashboard.pages import bank, calibration_words, channels, speaker_words, words
from central.dashboard.wants import Limits, Reveal, RightNow, Session, SignedIn
from central.errors import Refused
from central.interview.reveal import Rule
from central.storage import calibrations, fleet_views, interviews, live_rooms
from central.storage.interviews import InterviewView
from central.storage.live_rooms import RoomCard, RoomDetail
from central.storage.users import Account

URGENCY: Final = ("help", "locked", "fault", "live", "starting", "not_ready", "ready", "offline")


@get("/rooms", guards=[roles.allow(*roles.STAFF)])
async def wall(
    request: Request[Any, Any, Any], session: Session, limits: Limits, hub: RightNow
) -> Template:
    """All rooms, those first that need somebody."""
    cursor = hub.cursor  # before anything is read: what comes after it is told
    unfit = await fleet_views.unfit(session, limits)
    cards = sorted(await live_rooms.list_rooms(session), key=partial(_urgency, unfit))
    context = {
        "page": "rooms",
        "cursor": cursor,
        "cards": cards,
        "state_of": partial(state_of, unfit=unfit),
        "live_words": live_words(request),
    }
    return Template("rooms.html", context=context)


@get("/rooms/{code:str}", guards=[roles.allow(*roles.STAFF)])
async def room(
    request: Request[Any, Any, Any],
    code: FromPath[str],
    *,
    session: Session,
    limits: Limits,
    hub: RightNow,
    account: SignedIn,
    reveal: Reveal,
) -> Template:
    """One room: guide, transcript, signals, one's own ratings."""
    cursor = hub.cursor  # before anything is read: what comes after it is told
    detail = await live_rooms.room(session, code)
    if detail is None:
        raise Refused("room_unknown", 404, "There is no room with this code.")
    sealed = seal.may_be_sealed(account, reveal)
    if sealed:
        detail = _sealed(detail)
    waiting: tuple[InterviewView, ...] = ()
    if detail.interview is None:
        waiting = await interviews.find(session, status="scheduled", limit=20)
    context = {
        "page": "room",
        "detail": detail,
        "card": detail.card,
        "room_state": state_of(detail.card, unfit=await fleet_views.unfit(session, limits)),
        "waiting": waiting,
        "finished": await _last_finished(session, detail),
        "suggested": await bank.suggestions(session, detail),
        "groups": channels.GROUPS,
        "all_channels": channels.ORDER,
        **await _calibration(session, detail, hub),
        "desk": await _desk(session, detail, account, reveal),
        "sealed": sealed,
        "live_words": live_words(request, sealed=sealed),
        "start": start_of(detail, i18n.language_of(request)) | {"cursor": cursor},
        "done": words.DONE.get(request.query_params.get("done", "")),
        "press": secrets.token_hex(8),
    }
    return Template("room.html", context=context)


async def _calibration(session: AsyncSession, detail: RoomDetail, hub: Hub) -> dict[str, Any]:
    """Of the interview that is live: the last one, and the one that gaze is computed with."""
    current, code = detail.interview, detail.card.code
    if current is None or current.status != "live":
        return {"calibration": None}
    used = calibrations.in_use(await calibrations.of_interview(session, current.id))
    return {
        "calibration": await calibrating.latest(session, code, current.id, hub.now(code)),
        "calibration_in_use": used,
        "calibration_why": calibrating.why(used) if used else None,
    }


def _sealed(detail: RoomDetail) -> RoomDetail:
    return replace(detail, turns=seal.unmarked(detail.turns), windows=seal.unscored(detail.windows))


async def _desk(
    session: AsyncSession, detail: RoomDetail, account: Account, rule: Rule
) -> Desk | None:
    """One's own ratings of the interview that is live."""
    if detail.interview is None:
        return None
    return await desk.look(session, detail.interview.id, account, rule)


def state_of(card: RoomCard, *, unfit: frozenset[str] = frozenset()) -> str:
    """What the tile says first: what needs somebody soonest. `unfit` are rooms in which an interview
    would fail; why is for IT.
    """
    live = card.interview is not None and card.interview.status == "live"
    standing = (
        ("help", card.help is not None and card.help.waits),
        ("locked", card.connected and card.locked),
        ("fault", bool(card.faults) if card.connected else live),
        ("live", live),
        ("offline", not card.connected),
        ("starting", card.interview is not None),
        ("not_ready", card.code in unfit),
    )
    return next((code for code, stands in standing if stands), "ready")


def live_words(request: Request[Any, Any, Any], *, sealed: bool = False) -> dict[str, str]:
    """The script's words in this person's language."""
    language = i18n.language_of(request)
    known = {**words.live(), **calibration_words.live(), **speaker_words.live()}
    if sealed:
        known["why_no_points"] = words.REASONS["sealed"]
    return {key: i18n.translate(language, text) for key, text in known.items()}


def start_of(detail: RoomDetail, language: str) -> dict[str, Any]:
    """What the live script starts from: the charts, and the last two minutes for them."""
    return {
        "code": detail.card.code,
        "groups": [_group(group, language) for group in channels.GROUPS],
        "windows": [
            {"wall_ns": window.wall_ns, "measures": msgspec.to_builtins(window.measures)}
            for window in detail.windows
        ],
        "looks": {name: _look(name) for name in channels.ORDER},
    }


def _look(name: str) -> dict[str, Any]:
    look = channels.named(name)
    return {"unit": look.unit, "digits": look.digits, "low": look.low, "high": look.high}


def _group(group: channels.Group, language: str) -> dict[str, Any]:
    first = channels.named(group.channels[0])
    return {
        "key": group.key,
        "label": i18n.translate(language, group.label),
        "unit": first.unit,
        "low": first.low,
        "high": first.high,
        "digits": first.digits,
        "channels": [
            {"name": name, "label": i18n.translate(language, channels.named(name).short)}
            for name in group.channels
        ],
    }


async def _last_finished(session: AsyncSession, detail: RoomDetail) -> Any:
    """The interview that this room held last, to offer its report while the room is free."""
    if detail.interview is not None:
        return None
    found = await interviews.find(session, status="completed", room_code=detail.card.code, limit=1)
    return found[0] if found else None


def _urgency(unfit: frozenset[str], card: RoomCard) -> tuple[int, bool, list[tuple[int, str]]]:
    """Of two that need somebody alike, the one where a candidate sits comes first."""
    state = URGENCY.index(state_of(card, unfit=unfit))
    return state, card.interview is None, _as_read(card.name)


def _as_read(name: str) -> list[tuple[int, str]]:
    """Room 2 before room 10."""
    parts = re.split(r"(\d+)", name)
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts if part]


router = Router("/", route_handlers=[wall, room], include_in_schema=False)
