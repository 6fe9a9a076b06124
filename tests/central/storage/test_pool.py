"""A connection that is handed out works, and an outage is told apart from a refusal."""

from __future__ import annotations

import psycopg
import pytest
import sqlalchemy.exc
from psycopg_pool import PoolTimeout

from central.errors import LeaseLost
from central.storage.pool import is_away, open_pool


@pytest.mark.integration
async def test_connections_that_died_while_nobody_used_them_are_not_handed_out(
    database_url: str,
) -> None:
    pool = await open_pool(database_url, 3)
    try:
        async with pool.connection() as one, pool.connection() as two, pool.connection() as three:
            for conn in (one, two, three):
                await conn.execute("select 1")
        async with await psycopg.AsyncConnection.connect(database_url) as outside:
            await outside.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and pid <> pg_backend_pid()"
            )
        for _ in range(6):
            async with pool.connection() as conn:
                await conn.execute("select 1")
    finally:
        await pool.close()


@pytest.mark.unit
@pytest.mark.parametrize(
    ("error", "away"),
    [
        (psycopg.OperationalError("server closed the connection unexpectedly"), True),
        (psycopg.errors.AdminShutdown(), True),
        (psycopg.errors.CannotConnectNow(), True),
        (psycopg.errors.ConnectionFailure(), True),
        (psycopg.errors.TooManyConnections(), True),
        (psycopg.InterfaceError("the connection is closed"), True),
        (PoolTimeout(), True),
        (ExceptionGroup("", [psycopg.errors.AdminShutdown(), PoolTimeout()]), True),
        (sqlalchemy.exc.OperationalError("", {}, psycopg.errors.AdminShutdown()), True),
        (psycopg.errors.QueryCanceled(), False),
        (psycopg.errors.DeadlockDetected(), False),
        (psycopg.errors.UniqueViolation(), False),
        (psycopg.errors.NumericValueOutOfRange(), False),
        (sqlalchemy.exc.IntegrityError("", {}, psycopg.errors.UniqueViolation()), False),
        (ExceptionGroup("", [PoolTimeout(), ValueError()]), False),
        (LeaseLost(1, 2), False),
        (TimeoutError(), False),
    ],
    ids=lambda one: type(one).__name__ if isinstance(one, BaseException) else str(one),
)
def test_an_outage_is_told_apart_from_a_refusal(error: Exception, away: bool) -> None:
    assert is_away(error) is away
