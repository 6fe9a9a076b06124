"""Jobs as rows: one worker at a time, nothing lost with a worker, dead after five."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Sequence

import pytest

from central.bus import subjects
from central.bus.bus import Bus
from central.errors import LeaseLost
from central.jobs.kinds import ReportJob
from central.jobs.queue import ClaimedJob
from central.jobs.worker import work
from central.storage import jobs
from central.storage.pool import Pool

pytestmark = pytest.mark.integration

BODY = ReportJob(interview_id=7, room="r101")


async def add(pool: Pool, *keys: str, kind: str = "report", priority: int = 100) -> None:
    async with pool.connection() as conn:
        for key in keys:
            await jobs.insert(conn, kind, key, BODY, None, priority)


async def claim(pool: Pool, limit: int = 8, lease_s: float = 10) -> list[ClaimedJob]:
    async with pool.connection() as conn:
        return await jobs.claim(conn, ["report"], "w", limit, lease_s)


async def states(pool: Pool) -> dict[str, str]:
    async with pool.connection() as conn:
        cursor = await conn.execute("select key, state from jobs")
        return dict(await cursor.fetchall())


async def test_a_key_is_one_job_however_often_it_is_caused(pool: Pool) -> None:
    async with pool.connection() as conn:
        assert await jobs.insert(conn, "report", "7", BODY, None)
        assert not await jobs.insert(conn, "report", "7", BODY, None)
        assert await jobs.insert(conn, "evaluate", "7", BODY, None)


async def test_urgent_work_comes_first_and_then_in_order(pool: Pool) -> None:
    await add(pool, "backlog", priority=150)
    await add(pool, "a", "b")
    assert [job.key for job in await claim(pool, limit=2)] == ["a", "b"]
    (job,) = await claim(pool)
    assert (job.key, job.attempt, job.read(ReportJob)) == ("backlog", 1, BODY)


async def test_two_workers_never_get_the_same_job(pool: Pool) -> None:
    await add(pool, *(str(number) for number in range(40)))
    claimed = await asyncio.gather(*(claim(pool, limit=10) for _ in range(4)))
    keys = [job.key for batch in claimed for job in batch]
    assert sorted(keys) == sorted(set(keys))
    assert len(keys) == 40


async def test_a_dead_workers_job_goes_to_the_next_and_its_own_result_is_thrown_away(
    pool: Pool,
) -> None:
    await add(pool, "1")
    (first,) = await claim(pool, lease_s=0.05)
    assert await claim(pool) == []
    await asyncio.sleep(0.1)
    (second,) = await claim(pool)
    assert (second.id, second.attempt) == (first.id, 2)
    async with pool.connection() as conn:
        with pytest.raises(LeaseLost):
            await jobs.finish(conn, first.id, first.attempt)
        assert await jobs.fail(conn, first.id, first.attempt, "late") is None
        await jobs.finish(conn, second.id, second.attempt)
    assert await states(pool) == {"1": "done"}


async def test_renewing_keeps_a_lease_and_tells_what_is_still_held(pool: Pool) -> None:
    await add(pool, "1", "2")
    held = await claim(pool, lease_s=0.2)
    async with pool.connection() as conn:
        await jobs.finish(conn, held[0].id, held[0].attempt)
        assert await jobs.renew(conn, held, 10) == [held[1]]
    await asyncio.sleep(0.3)
    assert await claim(pool) == []


async def test_a_failure_waits_longer_each_time_and_the_fifth_ends_it(pool: Pool) -> None:
    await add(pool, "1")
    outcomes = []
    for attempt in range(1, 6):
        (job,) = await claim(pool)
        assert job.attempt == attempt
        assert job.is_last_attempt == (attempt == 5)
        async with pool.connection() as conn:
            outcomes.append(await jobs.fail(conn, job.id, job.attempt, "broken\0"))
        assert await claim(pool) == []
        async with pool.connection() as conn:
            await conn.execute("update jobs set not_before = now()")
    assert outcomes == ["queued"] * 4 + ["dead"]


async def test_a_job_that_kills_its_workers_is_buried_after_five(pool: Pool) -> None:
    await add(pool, "1")
    for _ in range(5):
        assert len(await claim(pool, lease_s=0.01)) == 1
        await asyncio.sleep(0.03)
    assert await claim(pool) == []
    assert await states(pool) == {"1": "dead"}


class Worker:
    """Finishes what it is given, but for the keys in `bad`."""

    def __init__(self, pool: Pool, bad: Sequence[str] = ()) -> None:
        self.pool = pool
        self.bad = bad
        self.batches: list[list[str]] = []

    async def handle(self, batch: Sequence[ClaimedJob]) -> None:
        try:
            if any(job.key in self.bad for job in batch):
                raise ValueError("cannot")
            async with self.pool.connection() as conn:
                for job in batch:
                    await jobs.finish(conn, job.id, job.attempt)
        finally:
            self.batches.append([job.key for job in batch])


async def run(pool: Pool, nats_url: str, worker: Worker, until: int, idle_s: float) -> None:
    async with await Bus.connect(nats_url, "test") as bus:
        task = asyncio.create_task(
            work(
                pool, bus, ["report"], worker.handle, worker="w", batch=8, lease_s=1, idle_s=idle_s
            )
        )
        async with asyncio.timeout(5):
            while len(worker.batches) < until:  # noqa: ASYNC110 - the rows are what we wait for
                await asyncio.sleep(0.02)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()


async def test_one_bad_job_of_a_batch_costs_only_itself(pool: Pool, nats_url: str) -> None:
    await add(pool, "1", "bad", "2")
    worker = Worker(pool, bad=["bad"])
    await run(pool, nats_url, worker, until=4, idle_s=0.05)
    assert worker.batches[:4] == [["1", "bad", "2"], ["1"], ["bad"], ["2"]]
    async with asyncio.timeout(2):
        while await states(pool) != {"1": "done", "bad": "queued", "2": "done"}:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_a_job_that_is_forgotten_by_its_handler_is_a_failure(
    pool: Pool, nats_url: str
) -> None:
    await add(pool, "1")
    worker = Worker(pool)

    async def forget(batch: Sequence[ClaimedJob]) -> None:
        worker.batches.append([job.key for job in batch])

    worker.handle = forget  # type: ignore[method-assign] # another handler
    await run(pool, nats_url, worker, until=1, idle_s=0.05)
    async with pool.connection() as conn:
        cursor = await conn.execute("select state, error from jobs")
        state, error = (await cursor.fetchall())[0]
    assert state in {"queued", "running"}
    assert error is None or "did not finish" in error


async def test_the_bell_wakes_a_worker_that_looks_rarely(pool: Pool, nats_url: str) -> None:
    worker = Worker(pool)
    async with await Bus.connect(nats_url, "test") as bus:
        task = asyncio.create_task(
            work(pool, bus, ["report"], worker.handle, worker="w", batch=8, lease_s=9, idle_s=60)
        )
        await asyncio.sleep(0.3)
        await add(pool, uuid.uuid4().hex)
        await bus.ring(subjects.job("report"))
        async with asyncio.timeout(2):
            while not worker.batches:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_long_batch_keeps_its_lease(pool: Pool, nats_url: str) -> None:
    await add(pool, "1")
    worker = Worker(pool)
    real = worker.handle

    async def slowly(batch: Sequence[ClaimedJob]) -> None:
        await asyncio.sleep(1.5)
        assert await claim(pool) == []
        await real(batch)

    worker.handle = slowly  # type: ignore[method-assign] # another handler
    await run(pool, nats_url, worker, until=1, idle_s=0.05)
    assert await states(pool) == {"1": "done"}


async def test_a_database_that_goes_away_in_a_job_costs_it_no_attempt(
    pool: Pool, nats_url: str
) -> None:
    """Five restarts of PostgreSQL must not bury an interview's transcript."""
    await add(pool, "1", "2")
    worker = Worker(pool)
    real, cuts = worker.handle, 0

    async def cut(batch: Sequence[ClaimedJob]) -> None:
        nonlocal cuts
        if cuts < 6:
            cuts += 1
            async with pool.connection() as conn:
                await conn.execute("update jobs set not_before = now()")
                await conn.execute("select pg_terminate_backend(pg_backend_pid())")
        await real(batch)

    worker.handle = cut  # type: ignore[method-assign] # another handler
    hurried = asyncio.create_task(hurry(pool))
    await run(pool, nats_url, worker, until=1, idle_s=0.05)
    hurried.cancel()
    assert cuts == 6
    async with pool.connection() as conn:
        cursor = await conn.execute("select key, state, attempt, error from jobs order by key")
        rows = await cursor.fetchall()
    assert rows == [("1", "done", 1, None), ("2", "done", 1, None)]


async def hurry(pool: Pool) -> None:
    """What was put back is due at once."""
    while True:
        async with pool.connection() as conn:
            await conn.execute("update jobs set not_before = now() where state = 'queued'")
        await asyncio.sleep(0.05)
