"""An event loop in a thread of its own: browsers are driven from the main one."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


class Loop:
    """Runs what is asynchronous for whoever is not."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop

    def run(self, work: Coroutine[Any, Any, Any], timeout_s: float = 20.0) -> Any:
        """Its result. Raises what it raises, and `TimeoutError`."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=timeout_s)


@contextmanager
def loop_thread(name: str) -> Iterator[Loop]:
    """A loop until the context ends."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name=name, daemon=True)
    thread.start()
    try:
        yield Loop(loop)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()
