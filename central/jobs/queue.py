"""The port between a worker and the rows that are its work, and its adapter for PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol, TypeVar

import msgspec

MAX_ATTEMPTS: Final = 5

Body = TypeVar("Body", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class ClaimedJob:
    """A job that this worker may do until its lease ends. `attempt` (from 1) fences the result."""

    id: int
    kind: str
    key: str
    interview_id: int | None
    attempt: int
    body: dict[str, Any]

    def read(self, kind: type[Body]) -> Body:
        """The body as one of `central.jobs.kinds`; raises `msgspec.ValidationError`."""
        return msgspec.convert(self.body, kind)

    @property
    def is_last_attempt(self) -> bool:
        """Whether another failure ends this job for good: leave a visible result instead."""
        return self.attempt >= MAX_ATTEMPTS


class Queue(Protocol):
    """Where jobs wait. Each call is its own transaction."""

    async def claim(
        self, kinds: Sequence[str], worker: str, limit: int, lease_s: float
    ) -> list[ClaimedJob]:
        """At most `limit` jobs, most urgent first, leased to `worker`."""

    async def renew(self, jobs: Sequence[ClaimedJob], lease_s: float) -> list[ClaimedJob]:
        """Extends the leases; returns those that are still this worker's and unfinished."""

    async def fail(self, job: ClaimedJob, error: str) -> None:
        """Puts the job back with a growing delay, or ends it after `MAX_ATTEMPTS`."""

    async def release(self, jobs: Sequence[ClaimedJob]) -> None:
        """Puts the jobs back as if they had not been claimed: it was not their fault."""
