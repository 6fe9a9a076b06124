"""A cancelled task ends, whatever arrives in the same instant: a loop that works until it is cancelled
would otherwise go on for ever.
"""

from __future__ import annotations

import asyncio

import pytest

from central.storage.pool import open_pool

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("turns", range(8))
async def test_who_is_cancelled_while_a_connection_arrives_gives_it_back_and_ends(
    database_url: str, turns: int
) -> None:
    """`turns` of the event loop lie between the connection's return and the cancellation."""
    pool = await open_pool(database_url, 1)
    try:
        held = await pool.getconn()
        waiting = asyncio.create_task(pool.getconn(timeout=5))
        await asyncio.sleep(0.05)
        await pool.putconn(held)
        for _ in range(turns):
            await asyncio.sleep(0)
        if waiting.cancel():
            with pytest.raises(asyncio.CancelledError):
                await waiting
        else:
            await pool.putconn(waiting.result())
        async with pool.connection(timeout=2) as conn:
            await conn.execute("select 1")
    finally:
        await pool.close()


@pytest.mark.parametrize("after_ms", range(0, 24, 2))
async def test_who_is_cancelled_while_the_pool_opens_ends(database_url: str, after_ms: int) -> None:
    opening = asyncio.create_task(open_pool(database_url, 1))
    await asyncio.sleep(after_ms / 1000)
    if opening.cancel():
        with pytest.raises(asyncio.CancelledError):
            await opening
    else:
        await opening.result().close()
