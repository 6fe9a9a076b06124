"""A room's uplink at work, to a gateway in the same process that acknowledges at once."""

from __future__ import annotations

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path

from edge_agent.config import Central
from edge_agent.flow import Capabilities
from edge_agent.uplink.uplink import Facts, Uplink
from tests.fakes.certificates import Authority, write_room
from tests.fakes.memory_spool import MemorySpool
from tests.fakes.room_gateway import RoomGateway


@contextlib.asynccontextmanager
async def sending(spool: MemorySpool) -> AsyncIterator[tuple[Uplink, RoomGateway]]:
    """Sends whatever is recorded over mTLS, until the context ends."""
    with tempfile.TemporaryDirectory() as name:
        folder, authority = Path(name), Authority()
        write_room(folder, authority, authority.room())
        gateway = RoomGateway(authority)
        await gateway.start()
        tls = folder / "tls"
        settings = Central(
            address=gateway.address,
            ca=tls / "central-ca.crt",
            certificate=tls / "room.crt",
            private_key=tls / "room.key",
        )
        uplink = Uplink(
            settings,
            spool,
            facts=Facts("bench", "boot", Capabilities("", "", "", "")),
            on_command=print,
            on_feedback=print,
            on_link=lambda _: None,
        )
        running = asyncio.create_task(uplink.run())
        try:
            yield uplink, gateway
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)
            await gateway.stop()
