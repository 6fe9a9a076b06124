from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from central.storage.pool import Pool, open_pool
from tests.fakes.landed import Landing, landing


@pytest.fixture
async def past(database_url: str) -> AsyncIterator[Landing]:
    async with landing(database_url) as made:
        yield made


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[Pool]:
    opened = await open_pool(database_url, 2)
    yield opened
    await opened.close()
