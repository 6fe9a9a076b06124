"""Connections of psycopg itself: for the gateway, the workers and the steward."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any, TypeAlias

import psycopg
import sqlalchemy.exc
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

from central.cancelling import cancellable
from central.errors import StartError

Connection: TypeAlias = AsyncConnection[Any]
Pool: TypeAlias = AsyncConnectionPool[Connection]

CONNECT_TIMEOUT_S = 5
ACQUIRE_TIMEOUT_S = 10.0
RECONNECT_S = 1.0
STATEMENT_TIMEOUT_MS = 30_000
IDLE_IN_TRANSACTION_MS = 30_000

_AWAY_STATES = ("08", "53100", "53300", "57P")
"""SQLSTATE: connection exceptions, disk full, too many connections, the server stops or starts."""


def is_away(error: BaseException) -> bool:
    """Whether PostgreSQL did not answer, rather than refuse: the same may succeed later. Of a group
    of errors, whether all say so.
    """
    if isinstance(error, BaseExceptionGroup):
        return all(map(is_away, error.exceptions))
    if isinstance(error, sqlalchemy.exc.DBAPIError):
        return error.connection_invalidated or (error.orig is not None and is_away(error.orig))
    if isinstance(error, PoolTimeout):
        return True
    if isinstance(error, (psycopg.OperationalError, psycopg.InterfaceError)):
        return error.sqlstate is None or error.sqlstate.startswith(_AWAY_STATES)
    return False


async def open_pool(url: str, size: int) -> Pool:
    """An open pool of at most `size` connections; close it with `await pool.close()`.

    A connection taken with `async with pool.connection() as conn` commits when the block ends and
    rolls back when it raises. Raises `StartError` where PostgreSQL does not answer.
    """
    pool = _Pool(
        url.replace("postgresql+psycopg://", "postgresql://", 1),
        min_size=1,
        max_size=max(1, size),
        timeout=ACQUIRE_TIMEOUT_S,
        open=False,
        # Asked when handed out: PostgreSQL may have been restarted since it was given back.
        check=AsyncConnectionPool.check_connection,
        # Left to itself it tries after 1, 2, 4, ... seconds, up to five minutes, and so comes back as
        # long after the outage as the outage was.
        reconnect_timeout=RECONNECT_S,
        reconnect_failed=_try_on,
        kwargs={
            "connect_timeout": CONNECT_TIMEOUT_S,
            "application_name": "daedam",
            "keepalives_idle": 10,
            "keepalives_interval": 5,
            "keepalives_count": 3,
            "options": f"-c statement_timeout={STATEMENT_TIMEOUT_MS}"
            f" -c idle_in_transaction_session_timeout={IDLE_IN_TRANSACTION_MS}",
        },
    )
    try:
        await cancellable(pool.open(wait=True, timeout=ACQUIRE_TIMEOUT_S))
    except PoolTimeout as error:
        await pool.close()
        raise StartError("postgresql", f"no connection within {ACQUIRE_TIMEOUT_S:.0f} s") from error
    except asyncio.CancelledError:
        await pool.close()
        raise
    return pool


class _Pool(AsyncConnectionPool[Connection]):
    """Whose waiters can be cancelled."""

    async def getconn(self, timeout: float | None = None) -> Connection:  # noqa: ASYNC109 - its name
        return await cancellable(super().getconn(timeout), self.putconn)


async def _try_on(pool: AsyncConnectionPool[Any]) -> None:
    """The pool gave up: somebody asks it for a connection, so that it begins anew."""
    task = asyncio.create_task(_ask(pool))
    _asking.add(task)
    task.add_done_callback(_asking.discard)


_asking: set[asyncio.Task[None]] = set()


async def _ask(pool: AsyncConnectionPool[Any]) -> None:
    with suppress(PoolTimeout, PoolClosed, psycopg.Error):
        async with pool.connection(timeout=RECONNECT_S):
            pass
