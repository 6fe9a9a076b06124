"""The part of the language role that asks: follow-ups at once, plans beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final

from central.bus.bus import Bus
from central.jobs.kinds import FOLLOW_UP, PLAN
from central.jobs.worker import work
from central.language.model import Embedder, LanguageModel
from central.language.planning.follow_up import About
from central.language.planning.follow_up_job import FollowUps
from central.language.planning.neutral import FollowUp
from central.language.planning.papers import Papers
from central.language.planning.plan_job import Planning
from central.language.planning.writing import Writer
from central.storage.pool import Pool

FOLLOW_UPS_AT_ONCE: Final = 8
FOLLOW_UP_LEASE_S: Final = 6.0
"""Of a killed worker: the answer is over by then, but the job has to end."""
PLAN_LEASE_S: Final = 30.0


async def ask(
    pool: Pool,
    bus: Bus,
    worker: str,
    *,
    reviewed: Mapping[About, FollowUp],
    model: LanguageModel | None = None,
    embedder: Embedder | None = None,
) -> None:
    """Works until cancelled, beside whoever marks: a follow-up waits for no mark."""
    writer = None if model is None else Writer(model, embedder)
    follow_ups = FollowUps(pool, bus, writer, reviewed)
    plans = Planning(pool, writer, Papers(pool, embedder))
    async with asyncio.TaskGroup() as group:
        group.create_task(
            work(
                pool,
                bus,
                [FOLLOW_UP],
                follow_ups.handle,
                worker=worker,
                batch=FOLLOW_UPS_AT_ONCE,
                lease_s=FOLLOW_UP_LEASE_S,
            )
        )
        group.create_task(
            work(pool, bus, [PLAN], plans.handle, worker=worker, batch=1, lease_s=PLAN_LEASE_S)
        )
