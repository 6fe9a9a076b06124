from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.site import Site, running_site


@pytest.fixture
async def site(database_url: str, nats_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    """A site with one room, whose gateway is not running yet."""
    async with running_site(database_url, nats_url, tmp_path) as site:
        yield site
