"""A task that is cancelled while it connects ends, whatever arrives in the same instant."""

from __future__ import annotations

import asyncio

import pytest

from central.bus.bus import Bus

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("turns", range(40))
async def test_who_is_cancelled_while_it_connects_ends(nats_url: str, turns: int) -> None:
    """`turns` of the event loop lie between its beginning and the cancellation."""
    connecting = asyncio.create_task(Bus.connect(nats_url, "test"))
    for _ in range(turns):
        await asyncio.sleep(0.0001)
    if connecting.cancel():
        with pytest.raises(asyncio.CancelledError):
            await connecting
    else:
        await connecting.result().close()
