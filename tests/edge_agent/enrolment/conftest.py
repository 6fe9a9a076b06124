from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.enrolling import Enrolling, enrolling


@pytest.fixture
async def central(database_url: str, nats_url: str, tmp_path: Path) -> AsyncIterator[Enrolling]:
    """A real gateway that enrols, over real TLS."""
    async with enrolling(database_url, nats_url, tmp_path) as running:
        yield running
