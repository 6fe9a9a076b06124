from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from central.fleet import office
from central.fleet.throttle import Rate
from tests.fakes.servers import Servers
from tests.security.scene import KNOCKS, Scene, scene


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def stage(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Scene]:
    """One central for the whole table: what a row does to it, the next one stands on. All rows knock
    from one address, so that it may knock more often here; how often is a row of its own.
    """
    with servers.database() as url, pytest.MonkeyPatch.context() as patch:
        patch.setattr(office, "EACH", Rate(burst=KNOCKS, per_s=office.EACH.per_s))
        async with scene(url, servers.nats_url, tmp_path_factory.mktemp("security")) as running:
            yield running
