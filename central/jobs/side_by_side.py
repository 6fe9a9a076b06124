"""Jobs that one worker claimed together, done together."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from central.jobs.queue import ClaimedJob


async def side_by_side(
    claimed: Sequence[ClaimedJob], do: Callable[[ClaimedJob], Awaitable[None]]
) -> None:
    """`do` each, all at once; when all have ended, raises the first error."""
    done = await asyncio.gather(*map(do, claimed), return_exceptions=True)
    for outcome in done:
        if isinstance(outcome, BaseException):
            raise outcome
