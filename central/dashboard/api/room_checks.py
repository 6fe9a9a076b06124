"""Whether a room can be heard: asked for by staff or IT, answered by the room."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import msgspec
from litestar import get, post
from litestar.params import FromPath

from central.dashboard import actions
from central.dashboard.auth import roles
from central.dashboard.wants import Session, SignedIn, ToRooms
from central.errors import Refused
from central.interview.facts import SentenceHeard
from central.storage import room_checks

ASKERS: Final[Any] = [roles.allow(*roles.STAFF, roles.IT)]


class Sentence(msgspec.Struct, frozen=True):
    """A known sentence as the room's microphone heard it; null: not heard. `error_ratio` of its letters
    as `engine` read them; null: `unread` says why.
    """

    language: str
    match: float
    level_dbfs: float | None
    snr_db: float | None
    latency_ms: int | None
    error_ratio: float | None
    engine: str
    unread: str


class RoomCheck(msgspec.Struct, frozen=True):
    """The newest check. `state`: open, done, refused, expired or unknown; `detail` says why."""

    command_id: str
    state: str
    detail: str
    asked_by: str | None
    asked_at: datetime
    ended_at: datetime | None
    sentences: tuple[Sentence, ...]


@post("/rooms/{code:str}/check", guards=ASKERS, status_code=202)
async def check_room(
    code: FromPath[str], session: Session, bus: ToRooms, account: SignedIn
) -> RoomCheck:
    """The idle room says known sentences and hears them; what came of it is there to be read."""
    await actions.check_room(session, bus, code, actor=account)
    return await _newest(session, code)


@get("/rooms/{code:str}/check", guards=ASKERS)
async def read_check(code: FromPath[str], session: Session) -> RoomCheck:
    """The newest check of this room."""
    return await _newest(session, code)


async def _newest(session: Session, code: str) -> RoomCheck:
    found = await room_checks.newest(session, code)
    if found is None:
        raise Refused("check_unknown", 404, "Nobody has asked this room yet.")
    return RoomCheck(
        command_id=str(found.id),
        state=found.state,
        detail=found.detail,
        asked_by=found.asked_by,
        asked_at=found.asked_at,
        ended_at=found.ended_at,
        sentences=tuple(map(_sentence, found.sentences)),
    )


def _sentence(one: SentenceHeard) -> Sentence:
    return Sentence(
        language=one.language,
        match=one.match,
        level_dbfs=one.level_dbfs,
        snr_db=one.snr_db,
        latency_ms=one.latency_ms,
        error_ratio=one.error_ratio,
        engine=one.engine,
        unread=one.unread,
    )


HANDLERS = (check_room, read_check)
