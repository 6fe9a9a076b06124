"""Admission of rooms and of the agents in them."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from central.errors import Refused
from central.fleet import tokens
from central.fleet.authority import Authority, Issued
from central.fleet.certificates import write_private, write_public
from central.storage import audit, enrolment, rooms
from central.storage.enrolment import NewCertificate
from central.storage.pool import Connection

_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class AgentFiles:
    """Where an agent's identity was written: its certificate, its key (0600), and the authority that
    it has to find its gateway's certificate signed by.
    """

    agent_uuid: str
    certificate: Path
    private_key: Path
    authority: Path


@dataclass(frozen=True, slots=True)
class OpenToken:
    """A token for one room, to be shown once."""

    room_code: str
    text: str = field(repr=False)
    expires_at: datetime


async def add_room(
    conn: Connection,
    code: str,
    name: str,
    actor_id: int | None = None,
    *,
    virtual: bool = False,
) -> int:
    """Adds a room (or renames the one with this code); its id. A `virtual` one has no chair: its agent
    analyses uploaded videos. Raises `Refused` for a code that is not [a-z0-9-]+, and for a name
    without letters or longer than 80.
    """
    if _CODE.fullmatch(code) is None:
        raise Refused("bad_room_code", 422, f"room code {code!r}: use a-z, 0-9 and -, at most 63")
    name = " ".join(name.split())
    if not 1 <= len(name) <= _LONGEST_NAME or "\0" in name:
        raise Refused("room_name", 422, f"a room's name has 1 to {_LONGEST_NAME} characters")
    room_id = await rooms.insert_room(conn, code, name, "virtual" if virtual else "room")
    await audit.note(conn, actor_id, "room.add", f"room:{code}", {"name": name})
    return room_id


async def add_agent(
    conn: Connection, authority: Authority, room_code: str, directory: Path
) -> AgentFiles:
    """Admits a new agent to a room and writes `agent.crt`, `agent.key` and `ca.crt` into `directory`,
    for trials. Such an agent does not renew its certificate; a token is the way for a room.

    Raises `Refused` where there is no such room.
    """
    agent_uuid = str(uuid.uuid4())
    agent_id = await rooms.insert_agent(conn, room_code, agent_uuid)
    if agent_id is None:
        raise _no_room(room_code)
    issued = authority.issue_room(room_code, agent_uuid)
    await enrolment.insert_certificate(conn, agent_id, _first(issued))
    return _write(authority, issued, agent_uuid, directory)


async def add_token(
    conn: Connection,
    roots_pem: bytes,
    room_code: str,
    minutes: int = tokens.LASTS_MINUTES,
    actor_id: int | None = None,
) -> OpenToken:
    """A token that lets one PC into the room; the room's older open tokens end. `roots_pem`: what the
    agents' pin is made of. Raises `Refused` where there is no such room, or for a strange time.
    """
    if not 1 <= minutes <= tokens.LONGEST_MINUTES:
        raise Refused("bad_minutes", 422, f"a token lasts 1 to {tokens.LONGEST_MINUTES} minutes")
    token = tokens.new_token(roots_pem)
    until = await enrolment.insert_token(
        conn, room_code, token.token_id, token.secret_sha256, minutes, actor_id
    )
    if until is None:
        raise _no_room(room_code)
    detail = {"token": token.token_id, "minutes": minutes}
    await audit.note(conn, actor_id, "room.token", f"room:{room_code}", detail)
    return OpenToken(room_code, token.text, until)


def _no_room(room_code: str) -> Refused:
    return Refused("room_unknown", 404, f"there is no active room {room_code!r}; add it first")


def _first(issued: Issued) -> NewCertificate:
    pem = issued.certificate.decode()
    return NewCertificate(1, issued.serial, issued.key_sha256, pem, issued.not_after, "file")


def _write(authority: Authority, issued: Issued, agent_uuid: str, directory: Path) -> AgentFiles:
    assert issued.private_key is not None
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = AgentFiles(
        agent_uuid, directory / "agent.crt", directory / "agent.key", directory / "ca.crt"
    )
    write_private(files.private_key, issued.private_key)
    write_public(files.certificate, issued.certificate)
    write_public(files.authority, authority.certificate)
    return files
