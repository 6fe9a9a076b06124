"""A pool on a database of the test's own."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from central.storage.pool import Pool, open_pool


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    pool = await open_pool(database_url, 2)
    yield pool
    await pool.close()
