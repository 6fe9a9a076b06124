"""Who is let in, until when, and who no longer is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from central.storage.pool import Connection


@dataclass(frozen=True, slots=True)
class Identity:
    """A room with one of its agents (the newest first), or with none (`agent_uuid` empty).

    `revoked`: "revoked", "superseded" or "locked", empty for one that is let in. `not_after` and
    `generation` None: an agent from before certificates were kept. `token_until`: the room has an open
    token.
    """

    room_code: str
    room_name: str
    is_active: bool
    agent_uuid: str
    version: str
    connected: bool
    last_seen: datetime | None
    revoked: str
    generation: int | None
    not_after: datetime | None
    token_until: datetime | None


_IDENTITIES = (
    "select r.code, r.name, r.is_active, coalesce(a.uuid, ''), coalesce(a.version, ''),"
    " coalesce(a.connected, false), a.last_seen,"
    " case when a.revoked_at is null then '' else coalesce(nullif(s.revoked_why, ''), 'revoked') end,"
    " c.generation, c.not_after, t.until"
    " from rooms r left join agents a on a.room_id = r.id and (a.revoked_at is null or not exists"
    "  (select from agents b where b.room_id = r.id and b.id > a.id))"
    " left join agent_standings s on s.agent_id = a.id"
    " left join lateral (select generation, not_after from agent_certificates"
    "  where agent_id = a.id order by generation desc limit 1) c on true"
    " left join lateral (select max(expires_at) as until from enrolment_tokens"
    "  where room_id = r.id and used_at is null and expires_at > now()) t on true"
    " where %(code)s::text is null or r.code = %(code)s"
    " order by r.name, r.code, a.revoked_at is null desc, a.id desc"
)


async def identities(conn: Connection, room_code: str | None = None) -> tuple[Identity, ...]:
    """All rooms by name (or one), each with its agents that are let in, else with its newest agent."""
    cursor = await conn.execute(_IDENTITIES, {"code": room_code})
    return tuple(Identity(*row) for row in await cursor.fetchall())


async def revoke(
    conn: Connection, room_code: str, agent_uuid: str | None, why: str, but: str = ""
) -> tuple[str, ...]:
    """Lets the room's agents in no more (or one of them; never `but`); the UUIDs of those that were
    let in until now.
    """
    cursor = await conn.execute(
        "update agents a set revoked_at = now() from rooms r where r.id = a.room_id and r.code = %s"
        " and a.revoked_at is null and (%s::text is null or a.uuid = %s) and a.uuid <> %s"
        " returning a.id, a.uuid",
        (room_code, agent_uuid, agent_uuid, but),
    )
    rows = await cursor.fetchall()
    await conn.execute(
        "insert into agent_standings (agent_id, revoked_why) select unnest(%s::bigint[]), %s"
        " on conflict (agent_id) do update set revoked_why = excluded.revoked_why",
        ([row[0] for row in rows], why),
    )
    return tuple(row[1] for row in rows)


async def knows_agent(conn: Connection, room_code: str, agent_uuid: str) -> bool:
    """Whether the agent was ever admitted to the room."""
    cursor = await conn.execute(
        "select from agents a join rooms r on r.id = a.room_id where r.code = %s and a.uuid = %s",
        (room_code, agent_uuid),
    )
    return await cursor.fetchone() is not None


async def knows_room(conn: Connection, room_code: str) -> bool:
    """Whether there is such a room."""
    cursor = await conn.execute("select from rooms where code = %s", (room_code,))
    return await cursor.fetchone() is not None
