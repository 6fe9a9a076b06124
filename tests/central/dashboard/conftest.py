from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.board import Board, running_board


@pytest.fixture
async def board(database_url: str, tmp_path: Path) -> AsyncIterator[Board]:
    """A dashboard over a real database, with a bus in memory."""
    async with running_board(database_url, tmp_path) as running:
        yield running
