"""Rooms and the agents in them, as the gateway and the fleet see them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Jsonb

from central.storage.pool import Connection


@dataclass(frozen=True, slots=True)
class AgentRow:
    """An agent that was admitted to a room."""

    agent_id: int
    uuid: str
    room_id: int
    room_code: str
    room_name: str
    revoked: bool


@dataclass(frozen=True, slots=True)
class Spool:
    """One numbered series of records, bound to the agent that began it. `seq` and `crc` are those of
    the last committed record (0, 0 for none).
    """

    watermark_id: int
    spool_id: str
    agent_id: int
    room_id: int
    room_code: str
    seq: int
    crc: int
    began: bool = False
    others: bool = False
    skew_ns: int = 0


@dataclass(frozen=True, slots=True)
class Presence:
    """An agent came, went (`connected`), or told its health; None: as it was."""

    agent_id: int
    connected: bool
    version: str | None = None
    capabilities: dict[str, Any] | None = None
    health: dict[str, Any] | None = None


async def insert_room(conn: Connection, code: str, name: str, kind: str = "room") -> int:
    """Adds a room, or renames the one with this code; its id. What it was made as, it stays."""
    cursor = await conn.execute(
        "insert into rooms (code, name, kind) values (%s, %s, %s)"
        " on conflict (code) do update set name = excluded.name returning id",
        (code, name, kind),
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def insert_agent(conn: Connection, room_code: str, uuid: str) -> int | None:
    """Admits an agent to a room; its id, or None where there is no such room."""
    cursor = await conn.execute(
        "insert into agents (room_id, uuid) select id, %s from rooms where code = %s"
        " and is_active returning id",
        (uuid, room_code),
    )
    row = await cursor.fetchone()
    return None if row is None else int(row[0])


async def find_agent(conn: Connection, room_code: str, uuid: str) -> AgentRow | None:
    """The agent with this identity; None where it was never admitted to this room."""
    cursor = await conn.execute(
        "select a.id, a.uuid, r.id, r.code, r.name, a.revoked_at is not null or not r.is_active"
        " from agents a join rooms r on r.id = a.room_id where a.uuid = %s and r.code = %s",
        (uuid, room_code),
    )
    row = await cursor.fetchone()
    return None if row is None else AgentRow(*row)


async def open_spool(conn: Connection, spool_id: str, agent: AgentRow) -> Spool | None:
    """The series with this id, begun now where it is new; None where another agent began it. A room
    that was enrolled anew goes on with its series: that of a revoked agent of the same room.
    """
    inserted = await conn.execute(
        "insert into ingest_watermark (spool_id, agent_id) values (%s, %s)"
        " on conflict (spool_id) do nothing",
        (spool_id, agent.agent_id),
    )
    await conn.execute(
        "update ingest_watermark w set agent_id = %s from agents a where w.spool_id = %s"
        " and a.id = w.agent_id and a.id <> %s and a.room_id = %s and a.revoked_at is not null",
        (agent.agent_id, spool_id, agent.agent_id, agent.room_id),
    )
    cursor = await conn.execute(
        "select id, seq, crc, exists(select from ingest_watermark"
        "  where agent_id = %(agent)s and spool_id <> %(spool)s)"
        " from ingest_watermark where spool_id = %(spool)s and agent_id = %(agent)s",
        {"spool": spool_id, "agent": agent.agent_id},
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    return Spool(
        watermark_id=row[0],
        spool_id=spool_id,
        agent_id=agent.agent_id,
        room_id=agent.room_id,
        room_code=agent.room_code,
        seq=row[1],
        crc=row[2],
        began=inserted.rowcount == 1,
        others=row[3],
    )


async def revoked_among(conn: Connection, agent_ids: Sequence[int]) -> list[int]:
    """Those of the agents that are no longer admitted: revoked, or in a room that is closed."""
    cursor = await conn.execute(
        "select a.id from agents a join rooms r on r.id = a.room_id where a.id = any(%s)"
        " and (a.revoked_at is not null or not r.is_active)",
        (list(agent_ids),),
    )
    return [row[0] for row in await cursor.fetchall()]


async def room_id_of(conn: Connection, code: str) -> int | None:
    """The room with this code; None where there is none."""
    cursor = await conn.execute("select id from rooms where code = %s", (code,))
    row = await cursor.fetchone()
    return None if row is None else int(row[0])


async def save_presence(conn: Connection, news: Sequence[Presence]) -> set[int]:
    """Stores what is new about agents; the ids of those that are revoked by now."""
    cursor = await conn.execute(
        "update agents a set connected = n.connected, last_seen = now(),"
        " version = coalesce(n.version, a.version),"
        " capabilities = coalesce(n.capabilities, a.capabilities),"
        " health = coalesce(n.health, a.health)"
        " from unnest(%s::bigint[], %s::bool[], %s::text[], %s::jsonb[], %s::jsonb[])"
        "  as n(id, connected, version, capabilities, health)"
        " where a.id = n.id"
        " returning a.id, a.revoked_at is not null",
        (
            [one.agent_id for one in news],
            [one.connected for one in news],
            [one.version for one in news],
            [None if one.capabilities is None else Jsonb(one.capabilities) for one in news],
            [None if one.health is None else Jsonb(one.health) for one in news],
        ),
    )
    return {row[0] for row in await cursor.fetchall() if row[1]}


async def forget_silent(conn: Connection, after_s: float) -> list[str]:
    """Marks agents as gone that told nothing for so long: their gateway died with their stream. The
    codes of their rooms.
    """
    cursor = await conn.execute(
        "update agents a set connected = false from rooms r where r.id = a.room_id"
        " and a.connected and a.last_seen < now() - make_interval(secs => %s) returning r.code",
        (after_s,),
    )
    return [row[0] for row in await cursor.fetchall()]


async def assignments(conn: Connection, interview_ids: Iterable[int]) -> dict[int, int | None]:
    """Interview id to the room that it is assigned to; unknown interviews are not in it."""
    cursor = await conn.execute(
        "select id, room_id from interviews where id = any(%s)", (list(interview_ids),)
    )
    return {row[0]: row[1] for row in await cursor.fetchall()}


async def language_of(conn: Connection, interview_id: int, room_id: int) -> str | None:
    """The language of an interview in this room; None where it is not this room's."""
    cursor = await conn.execute(
        "select language from interviews where id = %s and room_id = %s", (interview_id, room_id)
    )
    row = await cursor.fetchone()
    return None if row is None else str(row[0])
