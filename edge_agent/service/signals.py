"""A process that is asked to stop."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager

STOPPING = (signal.SIGTERM, signal.SIGINT)


@contextmanager
def stopping(stop: Callable[[], None]) -> Iterator[None]:
    """While the block runs, SIGTERM and SIGINT call `stop` in the running event loop."""
    loop = asyncio.get_running_loop()
    for one in STOPPING:
        loop.add_signal_handler(one, stop)
    try:
        yield
    finally:
        for one in STOPPING:
            loop.remove_signal_handler(one)


async def either(tasks: asyncio.TaskGroup, *events: asyncio.Event) -> None:
    """Returns when one of them is set."""
    waits = {tasks.create_task(event.wait()) for event in events}
    _, waiting = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()
