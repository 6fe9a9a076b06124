"""Libraries that swallow a cancellation, so that the cancelled task would go on for ever: nats-py while
it flushes (`Client._flush_pending`), and whatever uses `wait_for` of asyncio before Python 3.12 (nats-py
while it connects, psycopg's pool while it waits), where the awaited thing is done in the same instant.
Every such call goes through here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


async def cancellable(
    call: Awaitable[T], give_back: Callable[[T], Awaitable[object]] | None = None
) -> T:
    """The call's result. Raises `CancelledError` where the task was cancelled meanwhile, after the
    result that nobody takes was given back.
    """
    task = asyncio.current_task()
    before = task.cancelling() if task is not None else 0
    result = await call
    if task is not None and task.cancelling() > before:
        if give_back is not None:
            await give_back(result)
        raise asyncio.CancelledError
    return result
