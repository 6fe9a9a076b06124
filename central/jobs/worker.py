"""The loop of every worker: wait for the bell, claim a batch, do it, hold the lease meanwhile."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from typing import TypeAlias

import structlog

from central.bus import subjects
from central.bus.bus import Bus
from central.errors import LeaseLost
from central.jobs.queue import ClaimedJob, Queue
from central.storage.jobs import PostgresQueue
from central.storage.pool import Pool, is_away
from central.telemetry.worker import worked

HandleBatch: TypeAlias = Callable[[Sequence[ClaimedJob]], Awaitable[None]]
"""Does a batch. Each job is ended by `central.storage.jobs.finish` in the transaction that stores its
result. Whatever it raises is held against the jobs that are not finished by then; of several, each is
then tried alone, so that one bad job costs only itself.
"""

_log = structlog.get_logger(__name__)

AFTER_ERROR_S = 1.0


async def work(
    pool: Pool,
    bus: Bus,
    kinds: Sequence[str],
    handle_batch: HandleBatch,
    *,
    worker: str,
    batch: int,
    lease_s: float,
    idle_s: float = 1.0,
) -> None:
    """Works until cancelled, one batch of at most `batch` jobs at a time.

    Looks at every doorbell of `kinds` and at least every `idle_s` seconds. A cancelled batch keeps
    its lease: another worker has it `lease_s` seconds later.
    """
    bell = asyncio.Event()
    async with AsyncExitStack() as stack:
        for kind in kinds:
            doorbell = await bus.on_doorbell(subjects.job(kind), "workers", bell.set)
            stack.push_async_callback(doorbell.close)
        await work_queue(
            PostgresQueue(pool), bell, kinds, handle_batch, worker, batch, lease_s, idle_s
        )


async def work_queue(  # noqa: PLR0917 - what `work` takes, in its order
    queue: Queue,
    bell: asyncio.Event,
    kinds: Sequence[str],
    handle_batch: HandleBatch,
    worker: str,
    batch: int,
    lease_s: float,
    idle_s: float,
) -> None:
    """`work` over any queue and bell."""
    while True:
        bell.clear()
        try:
            jobs = await queue.claim(kinds, worker, batch, lease_s)
            if jobs:
                await _do(queue, jobs, handle_batch, lease_s)
                continue
        except Exception:  # noqa: BLE001 - the database may come back; the rows are still there
            _log.exception("work failed; looking again", worker=worker)
            await asyncio.sleep(AFTER_ERROR_S)
            continue
        await _wait(bell, idle_s)


async def _do(
    queue: Queue, jobs: Sequence[ClaimedJob], handle_batch: HandleBatch, lease_s: float
) -> None:
    began_s = time.monotonic()
    async with asyncio.TaskGroup() as group:
        renewing = group.create_task(_keep_lease(queue, jobs, lease_s))
        try:
            await _attempt(queue, jobs, handle_batch, lease_s)
        finally:
            renewing.cancel()
    worked([job.kind for job in jobs], time.monotonic() - began_s)


async def _attempt(
    queue: Queue, jobs: Sequence[ClaimedJob], handle_batch: HandleBatch, lease_s: float
) -> None:
    try:
        await handle_batch(jobs)
    except LeaseLost as lost:
        _log.warning("another worker has it", job=lost.job_id, attempt=lost.attempt)
        error: Exception = lost
    except Exception as raised:  # noqa: BLE001 - whatever a model throws is held against the job
        if is_away(raised):
            await _give_back(queue, jobs, raised)
            return
        _log.exception("a batch failed", jobs=[(job.kind, job.id) for job in jobs])
        error = raised
    else:
        error = RuntimeError("the worker did not finish it")
    held = await queue.renew(jobs, lease_s)
    if len(jobs) > 1:
        for job in held:
            await _attempt(queue, [job], handle_batch, lease_s)
        return
    for job in held:
        await queue.fail(job, f"{type(error).__name__}: {error}")


async def _give_back(queue: Queue, jobs: Sequence[ClaimedJob], error: Exception) -> None:
    """The database was away: no job's fault. Tried until it answers; the worker has nothing else to do.
    Where the leases end meanwhile, another worker may have the jobs: that costs them one attempt.
    """
    _log.warning("the database is away; the jobs are put back", error=str(error))
    while True:
        try:
            await queue.release(jobs)
        except Exception as again:  # noqa: BLE001
            _log.warning("not put back; trying again", error=str(again))
            await asyncio.sleep(AFTER_ERROR_S)
        else:
            return


async def _keep_lease(queue: Queue, jobs: Sequence[ClaimedJob], lease_s: float) -> None:
    while True:
        await asyncio.sleep(lease_s / 3)
        try:
            await queue.renew(jobs, lease_s)
        except Exception as error:  # noqa: BLE001
            # Fenced by attempt: losing the lease loses this work, never doubles it.
            _log.warning("lease not renewed", error=str(error))


async def _wait(bell: asyncio.Event, idle_s: float) -> None:
    try:
        async with asyncio.timeout(idle_s):
            await bell.wait()
    except TimeoutError:
        return
