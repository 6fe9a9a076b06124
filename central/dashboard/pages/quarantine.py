"""Records that central refused: what a room sent, why it was not believed, and who looked at it."""

from __future__ import annotations

from typing import Any, Final
from urllib.parse import urlencode

import msgspec
from litestar import Response, Router, get, post
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template

from central.dashboard import actions, ids
from central.dashboard.auth import roles
from central.dashboard.downloads import attachment
from central.dashboard.pages import quarantine_words
from central.dashboard.wants import Session, SignedIn
from central.storage import quarantine_views

VIEWERS: Final[Any] = [roles.allow(roles.ADMIN, roles.IT)]
PAGE: Final = 100


class RoomForm(msgspec.Struct, frozen=True):
    """All of a room, up to the newest that the page showed."""

    room: str = ""
    up_to: str = ""


@get("/quarantine", guards=VIEWERS)
async def quarantine(
    session: Session,
    room: FromQuery[str] = "",
    show: FromQuery[str] = "open",
    before: FromQuery[str] = "",
    done: FromQuery[str] = "",
) -> Template:
    """The newest first; those that nobody reviewed, unless told otherwise."""
    shown = await quarantine_views.quarantined(
        session,
        room_code=room or None,
        reviewed={"open": False, "reviewed": True}.get(show),
        before=ids.parse(before, "record") if before else None,
        limit=PAGE,
    )
    context = {
        "page": "quarantine",
        "shown": shown,
        "room": room,
        "state_shown": show,
        "refusals": quarantine_words,
        "done": quarantine_words.DONE.get(done, ""),
        "older": shown[-1].id if len(shown) == PAGE else None,
    }
    return Template("quarantine.html", context=context)


@get("/quarantine/{record:str}/payload", guards=[roles.allow(roles.ADMIN)])
async def download(record: FromPath[str], session: Session, account: SignedIn) -> Response[bytes]:
    """What the room sent, as it came, as a file: nothing that a browser opens."""
    record_id = ids.parse(record, "record")
    return attachment(record_id, await actions.take_payload(session, record_id, actor=account))


@post("/quarantine/{record:str}/review", guards=VIEWERS)
async def review(record: FromPath[str], session: Session, account: SignedIn) -> Redirect:
    """Somebody looked at it."""
    room = await actions.review_record(session, ids.parse(record, "record"), actor=account)
    return _back(room)


@post("/quarantine/review", guards=VIEWERS)
async def review_room(
    session: Session, account: SignedIn, data: URLEncodedBody[RoomForm]
) -> Redirect:
    """Somebody looked at all that the page showed of a room."""
    up_to = ids.parse(data.up_to, "record")
    await actions.review_room(session, data.room, up_to, actor=account)
    return _back(data.room)


def _back(room: str) -> Redirect:
    query = urlencode({"room": room, "done": "reviewed"})
    return Redirect(f"/quarantine?{query}", status_code=303)


router = Router(
    "/",
    route_handlers=[quarantine, download, review, review_room],
    include_in_schema=False,
)
