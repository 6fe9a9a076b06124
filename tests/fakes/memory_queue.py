"""The port `Queue` in memory: no delays, no other workers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from central.jobs.queue import MAX_ATTEMPTS, ClaimedJob


@dataclass(slots=True)
class MemoryQueue:
    """`waiting`: jobs to do; `finish` what is done. `ended` is set when nothing is left."""

    waiting: list[ClaimedJob]
    done: set[int] = field(default_factory=set[int])
    dead: dict[int, str] = field(default_factory=dict[int, str])
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    _claimed: dict[int, ClaimedJob] = field(default_factory=dict[int, ClaimedJob])

    async def claim(
        self, kinds: Sequence[str], worker: str, limit: int, lease_s: float
    ) -> list[ClaimedJob]:
        taken, self.waiting = self.waiting[:limit], self.waiting[limit:]
        claimed = [replace(job, attempt=job.attempt + 1) for job in taken]
        self._claimed |= {job.id: job for job in claimed}
        return claimed

    async def renew(self, jobs: Sequence[ClaimedJob], lease_s: float) -> list[ClaimedJob]:
        return [job for job in jobs if job.id in self._claimed]

    def finish(self, job: ClaimedJob) -> None:
        """The work was done and its result stored."""
        del self._claimed[job.id]
        self.done.add(job.id)
        self._look()

    async def fail(self, job: ClaimedJob, error: str) -> None:
        del self._claimed[job.id]
        if job.attempt >= MAX_ATTEMPTS:
            self.dead[job.id] = error
        else:
            self.waiting.append(job)
        self._look()

    async def release(self, jobs: Sequence[ClaimedJob]) -> None:
        self.waiting += [replace(job, attempt=job.attempt - 1) for job in jobs]

    def _look(self) -> None:
        if not self.waiting and not self._claimed:
            self.ended.set()
