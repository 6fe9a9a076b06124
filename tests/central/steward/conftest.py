from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fakes.landed import Landing, landing


@pytest.fixture
async def past(database_url: str) -> AsyncIterator[Landing]:
    async with landing(database_url) as made:
        yield made
