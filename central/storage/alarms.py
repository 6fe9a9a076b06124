"""Alarms: raised and cleared in the transaction of what saw the reason."""

from __future__ import annotations

from typing import Any

from psycopg.types.json import Jsonb

from central.storage.pool import Connection


async def raise_alarm(
    conn: Connection, room_id: int | None, kind: str, detail: dict[str, Any]
) -> bool:
    """Open an alarm of this kind (`noun_problem`, as in `spool_rolled_back`), or count it where it is
    open; whether it is new. `room_id` None: central itself.
    """
    cursor = await conn.execute(
        "insert into alarms (room_id, kind, detail) values (%s, %s, %s)"
        " on conflict (room_id, kind) where cleared_at is null do update"
        " set times = alarms.times + 1, last_at = now(), detail = excluded.detail"
        " returning times",
        (room_id, kind, Jsonb(detail)),
    )
    return await cursor.fetchone() == (1,)


async def clear_alarm(conn: Connection, room_id: int | None, kind: str) -> bool:
    """What it was about is over; whether one was open."""
    cursor = await conn.execute(
        "update alarms set cleared_at = now() where room_id is not distinct from %s"
        " and kind = %s and cleared_at is null",
        (room_id, kind),
    )
    return cursor.rowcount > 0
