"""SQLAlchemy's way into PostgreSQL, for what people do: pages and the API."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from sqlalchemy import make_url
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from central.storage.pool import Connection


def create_engine(url: str, pool_size: int = 8) -> AsyncEngine:
    """An engine for a libpq URL (`postgresql://...`), over psycopg.

    A connection that died while idle is noticed before it is used; a statement waits at most 5 s for
    a free connection.
    """
    return create_async_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_size=pool_size,
        max_overflow=0,
        pool_timeout=5,
        pool_pre_ping=True,
    )


def sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """A maker of sessions whose objects stay readable after the commit."""
    return async_sessionmaker(engine, expire_on_commit=False)


@asynccontextmanager
async def one_session(url: str) -> AsyncIterator[AsyncSession]:
    """A session for a little while, on a connection of its own; who uses it commits."""
    engine = create_engine(url, 1)
    try:
        async with sessions(engine)() as session:
            yield session
    finally:
        await engine.dispose()


async def psycopg_of(session: AsyncSession) -> Connection:
    """The connection under the session, in the session's transaction: what both sides do to a row (who
    is let into a room, for example) is written once. The session commits.
    """
    raw = await (await session.connection()).get_raw_connection()
    return cast("Connection", raw.driver_connection)
