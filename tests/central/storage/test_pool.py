"""A connection that is handed out works, and an outage is told apart from a refusal."""

from __future__ import annotations

import psycopg
import pytest
import sqlalchemy.exc
from psycopg.conninfo import conninfo_to_dict, make_conninfo
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


@pytest.mark.integration
async def test_a_pool_comes_back_soon_after_an_outage_however_long_it_was(
    database_url: str,
) -> None:
    """Left to itself it would wait as long again as the outage was."""
    name = conninfo_to_dict(database_url)["dbname"]
    elsewhere = make_conninfo(database_url, dbname="postgres")
    pool = await open_pool(database_url, 2)
    alter = f'alter database "{name}" allow_connections '
    try:
        async with await psycopg.AsyncConnection.connect(elsewhere, autocommit=True) as admin:
            await admin.execute(f"{alter} false")
            await admin.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity where datname = %s",
                (name,),
            )
            with pytest.raises(psycopg.OperationalError):
                async with pool.connection(timeout=4) as conn:
                    await conn.execute("select 1")
            await admin.execute(f"{alter} true")
        async with pool.connection(timeout=5) as conn:
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
