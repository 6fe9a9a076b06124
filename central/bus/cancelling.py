"""nats-py swallows cancellation while it flushes (`Client._flush_pending`): a cancelled task would go on
for ever. Every call into it goes through here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


async def cancellable(call: Awaitable[T]) -> T:
    """The call's result; raises `CancelledError` where the task was cancelled meanwhile."""
    task = asyncio.current_task()
    before = task.cancelling() if task is not None else 0
    result = await call
    if task is not None and task.cancelling() > before:
        raise asyncio.CancelledError
    return result
