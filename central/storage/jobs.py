"""Jobs as rows. A job is inserted in the transaction that causes it and finished in the transaction
that stores its result; `attempt` fences whoever lost the lease meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
from psycopg.types.json import Jsonb

from central.errors import LeaseLost
from central.jobs.queue import MAX_ATTEMPTS, ClaimedJob
from central.storage.pool import Connection, Pool

BACKOFF_S: Final = 2.0
"""Delay after the first failure; doubles with each."""

DEFAULT_PRIORITY: Final = 100


async def insert(  # noqa: PLR0917 - the columns, in their order
    conn: Connection,
    kind: str,
    key: str,
    body: msgspec.Struct,
    interview_id: int | None,
    priority: int = DEFAULT_PRIORITY,
) -> bool:
    """Adds a job, once for each (kind, key); whether it was new. Ring `subjects.job(kind)` after the
    commit.
    """
    cursor = await conn.execute(
        "insert into jobs (kind, key, interview_id, priority, body) values (%s, %s, %s, %s, %s)"
        " on conflict (kind, key) do nothing",
        (kind, key, interview_id, priority, Jsonb(msgspec.to_builtins(body))),
    )
    return cursor.rowcount == 1


async def claim(
    conn: Connection, kinds: Sequence[str], worker: str, limit: int, lease_s: float
) -> list[ClaimedJob]:
    """Leases at most `limit` jobs to `worker`: queued ones, and those whose lease has ended."""
    await _bury_abandoned(conn, kinds)
    cursor = await conn.execute(
        "update jobs set state = 'running', worker = %s, attempt = attempt + 1,"
        " lease_until = now() + make_interval(secs => %s)"
        " where id in ("
        "  select id from jobs where kind = any(%s)"
        "  and ((state = 'queued' and not_before <= now())"
        "   or (state = 'running' and lease_until < now()))"
        "  order by priority, id limit %s for update skip locked)"
        " returning id, kind, key, interview_id, attempt, body, priority",
        (worker, lease_s, list(kinds), limit),
    )
    rows = sorted(await cursor.fetchall(), key=lambda row: (row[6], row[0]))
    return [ClaimedJob(*row[:6]) for row in rows]


async def renew(conn: Connection, jobs: Sequence[ClaimedJob], lease_s: float) -> list[ClaimedJob]:
    """Extends the leases of those of `jobs` that are still held, and returns them."""
    cursor = await conn.execute(
        "update jobs j set lease_until = now() + make_interval(secs => %s)"
        " from unnest(%s::bigint[], %s::int[]) as held(id, attempt)"
        " where j.id = held.id and j.attempt = held.attempt and j.state = 'running'"
        " returning j.id",
        (lease_s, [job.id for job in jobs], [job.attempt for job in jobs]),
    )
    held = {row[0] for row in await cursor.fetchall()}
    return [job for job in jobs if job.id in held]


async def finish(conn: Connection, job_id: int, attempt: int) -> None:
    """Marks the job done, in the transaction that stores its result.

    Raises `LeaseLost` where another attempt has it: let it roll everything back.
    """
    cursor = await conn.execute(
        "update jobs set state = 'done', finished_at = now(), lease_until = null, error = null"
        " where id = %s and attempt = %s and state = 'running'",
        (job_id, attempt),
    )
    if cursor.rowcount != 1:
        raise LeaseLost(job_id, attempt)


async def fail(conn: Connection, job_id: int, attempt: int, error: str) -> str | None:
    """Queues the job again with a growing delay, or buries it after five attempts.

    Returns the new state, or None where the job is no longer this attempt's (nothing is changed).
    """
    cursor = await conn.execute(
        "update jobs set state = case when attempt >= %(most)s then 'dead' else 'queued' end,"
        " finished_at = case when attempt >= %(most)s then now() end,"
        " not_before = now() + make_interval(secs => %(backoff)s * power(2, attempt - 1)),"
        " lease_until = null, worker = null, error = %(error)s"
        " where id = %(id)s and attempt = %(attempt)s and state = 'running' returning state",
        {
            "most": MAX_ATTEMPTS,
            "backoff": BACKOFF_S,
            "error": error.replace("\0", "")[:2000],
            "id": job_id,
            "attempt": attempt,
        },
    )
    row: tuple[Any, ...] | None = await cursor.fetchone()
    return None if row is None else str(row[0])


async def release(conn: Connection, jobs: Sequence[ClaimedJob]) -> None:
    """Queues those of `jobs` that are still held as if they had not been claimed. Fencing holds: the
    next claim has the same number, and only whoever releases it had it before.
    """
    await conn.execute(
        "update jobs j set state = 'queued', attempt = j.attempt - 1, worker = null,"
        " lease_until = null, not_before = now() + make_interval(secs => %s)"
        " from unnest(%s::bigint[], %s::int[]) as held(id, attempt)"
        " where j.id = held.id and j.attempt = held.attempt and j.state = 'running'",
        (BACKOFF_S, [job.id for job in jobs], [job.attempt for job in jobs]),
    )


async def _bury_abandoned(conn: Connection, kinds: Sequence[str]) -> None:
    """A job that takes its worker down with it never reaches `fail`: the fifth lost lease ends it."""
    await conn.execute(
        "update jobs set state = 'dead', finished_at = now(), lease_until = null,"
        " error = coalesce(error, 'the worker died or hung each time')"
        " where kind = any(%s) and state = 'running' and lease_until < now() and attempt >= %s",
        (list(kinds), MAX_ATTEMPTS),
    )


class PostgresQueue:
    """`central.jobs.queue.Queue` over the `jobs` table."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def claim(
        self, kinds: Sequence[str], worker: str, limit: int, lease_s: float
    ) -> list[ClaimedJob]:
        async with self._pool.connection() as conn:
            return await claim(conn, kinds, worker, limit, lease_s)

    async def renew(self, jobs: Sequence[ClaimedJob], lease_s: float) -> list[ClaimedJob]:
        async with self._pool.connection() as conn:
            return await renew(conn, jobs, lease_s)

    async def fail(self, job: ClaimedJob, error: str) -> None:
        async with self._pool.connection() as conn:
            await fail(conn, job.id, job.attempt, error)

    async def release(self, jobs: Sequence[ClaimedJob]) -> None:
        async with self._pool.connection() as conn:
            await release(conn, jobs)
