"""What tests of central may ask for beside a database: connections to it, and to NATS."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from central.bus.bus import Bus
from central.storage.pool import Pool, open_pool


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    """Of the test's own database."""
    pool = await open_pool(database_url, 4)
    yield pool
    await pool.close()


@pytest.fixture
async def bus(nats_url: str) -> AsyncIterator[Bus]:
    async with await Bus.connect(nats_url, "test") as bus:
        yield bus
