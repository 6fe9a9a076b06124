"""When the steward's last round was, and since when it does not believe the clock."""

from __future__ import annotations

from datetime import datetime

from central.storage.pool import Connection


async def last_seen(conn: Connection) -> tuple[datetime, datetime | None] | None:
    """The time of the last round, and since when the clock is doubted; None before the first."""
    cursor = await conn.execute("select seen_at, doubted_since from steward_clock")
    row = await cursor.fetchone()
    return None if row is None else (row[0], row[1])


async def write(conn: Connection, seen_at: datetime, doubted_since: datetime | None) -> None:
    """In the place of what was known before."""
    await conn.execute(
        "insert into steward_clock (id, seen_at, doubted_since) values (1, %s, %s)"
        " on conflict (id) do update set seen_at = excluded.seen_at,"
        " doubted_since = excluded.doubted_since",
        (seen_at, doubted_since),
    )
