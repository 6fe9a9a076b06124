"""What the steward reads and writes: leadership, silent agents, stale commands, dead jobs."""

from __future__ import annotations

from central.storage.pool import Connection

LEADER_LOCK = 0x6DAE_57E0
"""Advisory lock of the leading steward; PostgreSQL frees it when that steward's connection ends."""


SEALER_LOCK = 0x6DAE_5EA1
"""Advisory lock of the one sealer. Taken again each round by the same connection: it counts, and only
the end of the connection frees it."""


async def try_to_lead(conn: Connection) -> bool:
    """Whether this connection now leads (or already did)."""
    found = await conn.execute("SELECT pg_try_advisory_lock(%s)", (LEADER_LOCK,))
    return await found.fetchone() == (True,)


async def try_to_seal(conn: Connection) -> bool:
    """Whether this connection is now (or already was) the site's one sealer."""
    found = await conn.execute("SELECT pg_try_advisory_lock(%s)", (SEALER_LOCK,))
    return await found.fetchone() == (True,)


async def disconnect_silent(conn: Connection, silent_s: float) -> list[str]:
    """Mark agents that nobody heard of for `silent_s` as disconnected; their rooms' codes."""
    found = await conn.execute(
        "UPDATE agents SET connected = false FROM rooms WHERE rooms.id = agents.room_id "
        "AND agents.connected AND (agents.last_seen IS NULL "
        "OR agents.last_seen < now() - make_interval(secs => %s)) RETURNING rooms.code",
        (silent_s,),
    )
    return [code for (code,) in await found.fetchall()]


async def expire_commands(conn: Connection) -> int:
    """Close open commands whose time is over; how many."""
    done = await conn.execute(
        "UPDATE room_commands SET state = 'expired', resolved_at = now(), "
        "detail = 'the room did not answer in time' WHERE state = 'open' AND expires_at < now()"
    )
    return done.rowcount


async def job_counts(conn: Connection) -> dict[str, int]:
    """How many jobs are dead, and how many run on a lease that has ended."""
    found = await conn.execute(
        "SELECT count(*) FILTER (WHERE state = 'dead'), "
        "count(*) FILTER (WHERE state = 'running' AND lease_until < now()) FROM jobs"
    )
    dead, abandoned = await found.fetchone() or (0, 0)
    return {"dead": dead, "abandoned": abandoned}
