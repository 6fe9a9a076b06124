"""Day partitions of `records`: made ahead, and listed for whoever drops them."""

from __future__ import annotations

from datetime import date, timedelta

import psycopg
from psycopg import sql


async def make_partitions(
    conn: psycopg.AsyncConnection[object], first: date, days: int
) -> list[str]:
    """Make the partitions of `days` days from `first` on; the names of those that were not there.

    A day whose records already fell into the default partition (nobody made it ahead) keeps them
    there: it is left out, because PostgreSQL refuses to make a partition over rows of the default.
    """
    made = []
    for day in (first + timedelta(days=offset) for offset in range(days)):
        if await _exists(conn, day) or await _in_default(conn, day):
            continue
        await conn.execute(
            sql.SQL(
                "CREATE TABLE {} PARTITION OF records FOR VALUES FROM ({}) TO ({})",
            ).format(sql.Identifier(name(day)), str(day), str(day + timedelta(days=1)))
        )
        made.append(name(day))
    return made


def name(day: date) -> str:
    """A day's partition."""
    return f"records_{day:%Y%m%d}"


async def _exists(conn: psycopg.AsyncConnection[object], day: date) -> bool:
    found = await conn.execute("SELECT to_regclass(%s) IS NOT NULL", (name(day),))
    return await found.fetchone() == (True,)


async def _in_default(conn: psycopg.AsyncConnection[object], day: date) -> bool:
    found = await conn.execute(
        "SELECT EXISTS (SELECT FROM records_default WHERE committed_on = %s)", (day,)
    )
    return await found.fetchone() == (True,)
