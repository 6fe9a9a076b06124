"""Admission of rooms and of the agents in them."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from pathlib import Path

from central.errors import Refused
from central.fleet.authority import Authority, Issued, write_private
from central.storage import rooms
from central.storage.pool import Connection

_CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class AgentFiles:
    """Where an agent's identity was written: its certificate, its key (0600), and the authority that
    it has to find its gateway's certificate signed by.
    """

    agent_uuid: str
    certificate: Path
    private_key: Path
    authority: Path


async def add_room(conn: Connection, code: str, name: str) -> int:
    """Adds a room (or renames the one with this code); its id. Raises `Refused` for a code that is
    not [a-z0-9-]+.
    """
    if _CODE.fullmatch(code) is None:
        raise Refused("bad_room_code", 422, f"room code {code!r}: use a-z, 0-9 and -, at most 63")
    return await rooms.insert_room(conn, code, name)


async def add_agent(
    conn: Connection, authority: Authority, room_code: str, directory: Path
) -> AgentFiles:
    """Admits a new agent to a room and writes `agent.crt`, `agent.key` and `ca.crt` into `directory`.

    Raises `Refused` where there is no such room.
    """
    agent_uuid = str(uuid.uuid4())
    if await rooms.insert_agent(conn, room_code, agent_uuid) is None:
        raise Refused("no_such_room", 404, f"there is no active room {room_code!r}; add it first")
    return _write(authority, authority.issue_room(room_code, agent_uuid), agent_uuid, directory)


def _write(authority: Authority, issued: Issued, agent_uuid: str, directory: Path) -> AgentFiles:
    assert issued.private_key is not None
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    files = AgentFiles(
        agent_uuid, directory / "agent.crt", directory / "agent.key", directory / "ca.crt"
    )
    write_private(files.private_key, issued.private_key)
    files.certificate.write_bytes(issued.certificate)
    files.authority.write_bytes(authority.certificate)
    return files
