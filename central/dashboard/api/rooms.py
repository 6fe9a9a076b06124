"""The rooms as they are, and what they sent that could not be believed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath, FromQuery, JSONBody

from central.dashboard import actions, calls, ids
from central.dashboard.api import access, shapes
from central.dashboard.auth import roles
from central.dashboard.downloads import attachment
from central.dashboard.wants import Session, SignedIn, ToRooms
from central.errors import Refused
from central.storage import live_rooms, quarantine_views
from central.storage.help_calls import HelpView
from central.storage.live_rooms import CommandView, RoomCard
from central.storage.quarantine_views import QuarantineLine

VIEWERS = [roles.allow(*roles.STAFF, roles.IT)]


class HelpCall(msgspec.Struct, frozen=True):
    """A candidate calls a person. `acknowledged_at` null: nobody has answered yet; `told_at`: when the
    kiosk said that somebody is coming.
    """

    call_id: str
    called_at: datetime
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    told_at: datetime | None


class Room(msgspec.Struct, frozen=True):
    """One room. `position` n of `count` questions; who sits in it is for interviewers only."""

    code: str
    name: str
    connected: bool
    last_seen: datetime | None
    agent_version: str
    health: dict[str, Any]
    faults: tuple[str, ...]
    interview_id: str | None
    candidate_name: str | None
    status: str | None
    position: int | None
    count: int | None
    quarantined: int
    locked: bool
    """It takes no more check-in codes: staff have to let the candidate in."""
    help: HelpCall | None
    """Somebody in it calls a person, or was answered within five minutes."""


class RoomCommand(msgspec.Struct, frozen=True):
    """A command and what came of it. `state`: open, done, expired, refused or unknown."""

    command_id: str
    kind: str
    state: str
    detail: str | None
    created_at: datetime
    resolved_at: datetime | None


class RoomState(msgspec.Struct, frozen=True):
    """A room with its questions, its transcript so far and its latest commands."""

    room: Room
    questions: tuple[shapes.Question, ...]
    transcripts: tuple[shapes.TranscriptLine, ...]
    commands: tuple[RoomCommand, ...]


class Notice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence for the candidate."""

    text: str


class Refusal(msgspec.Struct, frozen=True):
    """A record in quarantine; its content is another request, for admins. `reviewed_by`: a username."""

    id: str
    room: str
    spool_id: str
    seq: int
    interview_id: str
    kind: int
    reason: str
    detail: str
    size_bytes: int
    received_at: datetime
    reviewed_at: datetime | None
    reviewed_by: str | None


@get("/rooms", guards=VIEWERS)
async def list_rooms(session: Session, account: SignedIn) -> list[Room]:
    """All rooms by name."""
    return [_room(card, account) for card in await live_rooms.list_rooms(session)]


@get("/rooms/{code:str}", guards=VIEWERS)
async def get_room(code: FromPath[str], session: Session, account: SignedIn) -> RoomState:
    """One room; the words that are spoken in it are not for IT."""
    detail = await live_rooms.room(session, code)
    if detail is None:
        raise Refused("room_unknown", 404, "There is no room with this code.")
    staff = access.is_staff(account)
    return RoomState(
        room=_room(detail.card, account),
        questions=tuple(
            shapes.question(question, for_staff=True) for question in detail.questions if staff
        ),
        transcripts=tuple(shapes.line(line) for line in detail.lines if staff),
        commands=tuple(_command(command) for command in detail.commands),
    )


@post("/rooms/{code:str}/notice", guards=[roles.allow(*roles.STAFF)], status_code=202)
async def tell_candidate(
    code: FromPath[str], data: JSONBody[Notice], session: Session, bus: ToRooms, account: SignedIn
) -> None:
    """Show the candidate a sentence."""
    await actions.tell_candidate(session, bus, code, data.text, actor=account)


@post("/rooms/{code:str}/help/{call_id:str}", guards=[roles.allow(*roles.STAFF)], status_code=202)
async def answer_call(
    code: FromPath[str], call_id: FromPath[str], session: Session, bus: ToRooms, account: SignedIn
) -> None:
    """Somebody is on their way to the candidate who called; the kiosk says so."""
    await calls.answer(session, bus, code, ids.parse(call_id, "call"), actor=account)


@get("/quarantine", guards=[roles.allow(roles.ADMIN, roles.IT)])
async def list_quarantine(
    session: Session,
    room: FromQuery[str | None] = None,
    reviewed: FromQuery[bool | None] = None,
    before: FromQuery[str | None] = None,
) -> list[Refusal]:
    """Refused records, the newest first: of one room, reviewed or not, older than `before`."""
    older = ids.parse(before, "record") if before else None
    found = await quarantine_views.quarantined(
        session, room_code=room, reviewed=reviewed, before=older
    )
    return [_refusal(line) for line in found]


@get("/quarantine/{record_id:str}/payload", guards=[roles.allow(roles.ADMIN)])
async def get_payload(
    record_id: FromPath[str], session: Session, account: SignedIn
) -> Response[bytes]:
    """What the room sent, as it came; it is written down who took it."""
    number = ids.parse(record_id, "record")
    return attachment(number, await actions.take_payload(session, number, actor=account))


@post(
    "/quarantine/{record_id:str}/review",
    guards=[roles.allow(roles.ADMIN, roles.IT)],
    status_code=204,
)
async def review_refusal(record_id: FromPath[str], session: Session, account: SignedIn) -> None:
    """Somebody looked at it."""
    await actions.review_record(session, ids.parse(record_id, "record"), actor=account)


def _refusal(line: QuarantineLine) -> Refusal:
    return Refusal(
        id=str(line.id),
        room=line.room_code,
        spool_id=line.spool_id,
        seq=line.seq,
        interview_id=line.interview_ref,
        kind=line.kind,
        reason=line.reason,
        detail=line.detail,
        size_bytes=line.size_bytes,
        received_at=line.received_at,
        reviewed_at=line.reviewed_at,
        reviewed_by=line.reviewed_by,
    )


def _room(card: RoomCard, account: SignedIn) -> Room:
    current = card.interview
    named = access.is_staff(account) and current is not None
    return Room(
        code=card.code,
        name=card.name,
        connected=card.connected,
        last_seen=card.last_seen,
        agent_version=card.agent_version,
        health=card.health,
        faults=card.faults,
        interview_id=str(current.id) if current else None,
        candidate_name=current.candidate_name if current and named else None,
        status=current.status if current else None,
        position=current.position if current else None,
        count=current.count if current else None,
        quarantined=card.quarantined,
        locked=card.locked,
        help=_help(card.help),
    )


def _help(call: HelpView | None) -> HelpCall | None:
    if call is None:
        return None
    return HelpCall(
        call_id=str(call.id),
        called_at=call.called_at,
        acknowledged_at=call.acknowledged_at,
        acknowledged_by=call.acknowledged_by,
        told_at=call.told_at,
    )


def _command(view: CommandView) -> RoomCommand:
    return RoomCommand(
        command_id=str(view.id),
        kind=view.kind,
        state=view.state,
        detail=view.detail,
        created_at=view.created_at,
        resolved_at=view.resolved_at,
    )


HANDLERS = (
    list_rooms,
    get_room,
    tell_candidate,
    answer_call,
    list_quarantine,
    get_payload,
    review_refusal,
)
