"""One running site for each module: a whole central takes seconds to start."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from tests.faults.video import short_candidate
from tests.story.stack import Site, central_up


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """`central up` with everything, and people who can sign in."""
    async with central_up(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def video() -> Path:
    """A candidate with two short answers."""
    return await asyncio.to_thread(short_candidate)
