"""Who is let into rooms: for IT and admins."""

from __future__ import annotations

from datetime import datetime

import msgspec
from litestar import get, post
from litestar.params import FromPath, JSONBody

from central.dashboard import admission
from central.dashboard.auth import roles
from central.dashboard.wants import RoomsCa, Session, SignedIn, ToRooms
from central.fleet.tokens import LASTS_MINUTES

GUARDS = [roles.allow(roles.ADMIN, roles.IT)]


class Admission(msgspec.Struct, frozen=True):
    """A room with an agent, or without one (`agent` null). `standing`: enrolled, revoked, superseded,
    locked, or none.
    """

    code: str
    name: str
    agent: str | None
    version: str
    connected: bool
    last_seen: datetime | None
    standing: str
    generation: int | None
    certificate_until: datetime | None
    token_until: datetime | None


class NewRoom(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`code`: a-z, 0-9 and -; it is in URLs and certificates and is never changed."""

    code: str
    name: str
    virtual: bool = False
    """Nobody sits in it: its agent analyses uploaded videos."""


class NewToken(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How long it is good."""

    minutes: int = LASTS_MINUTES


class EnrolmentToken(msgspec.Struct, frozen=True):
    """For one PC, once. It is not shown again."""

    room: str
    token: str
    expires_at: datetime


class Revocation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which agent (its UUID); null: all of the room."""

    agent: str | None = None


class Revoked(msgspec.Struct, frozen=True):
    """Those that were let in until now."""

    agents: tuple[str, ...]


@get("/admissions", guards=GUARDS)
async def list_admissions(session: Session) -> list[Admission]:
    """All rooms by name, each with its agents and their certificates."""
    return [
        Admission(
            code=one.room_code,
            name=one.room_name,
            agent=one.agent_uuid or None,
            version=one.version,
            connected=one.connected,
            last_seen=one.last_seen,
            standing=(one.revoked or "enrolled") if one.agent_uuid else "none",
            generation=one.generation,
            certificate_until=one.not_after,
            token_until=one.token_until,
        )
        for one in await admission.listing(session)
    ]


@post("/rooms", guards=GUARDS)
async def add_room(data: JSONBody[NewRoom], session: Session, account: SignedIn) -> NewRoom:
    """Add a room, or rename it."""
    await admission.add_room(session, data.code, data.name, actor=account, virtual=data.virtual)
    return data


@post("/rooms/{code:str}/token", guards=GUARDS)
async def make_token(
    code: FromPath[str],
    data: JSONBody[NewToken],
    session: Session,
    rooms_ca: RoomsCa,
    account: SignedIn,
) -> EnrolmentToken:
    """Make a token that lets one PC into the room, once; the room's older open tokens end."""
    opened = await admission.make_token(session, rooms_ca, code, data.minutes, actor=account)
    return EnrolmentToken(opened.room_code, opened.text, opened.expires_at)


@post("/rooms/{code:str}/revoke", guards=GUARDS, status_code=200)
async def revoke(
    code: FromPath[str],
    data: JSONBody[Revocation],
    session: Session,
    bus: ToRooms,
    account: SignedIn,
) -> Revoked:
    """Let the room's agents in no more: streams end at once, nothing is renewed, open tokens end."""
    return Revoked(await admission.revoke(session, bus, code, data.agent, actor=account))


HANDLERS = (list_admissions, add_room, make_token, revoke)
