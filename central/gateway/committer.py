"""One committer for each gateway process: takes whatever waits, commits, then tells."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog

from central.bus.bus import Bus
from central.gateway.group import Committed, GroupResult, commit_group
from central.storage.ingest import Segment
from central.storage.pool import Pool
from central.telemetry.gateway import count_group

MAX_GROUP_RECORDS: Final = 5_000
MAX_SHARE_RECORDS: Final = 1_000
"""Of one spool in a group: a room that floods waits for itself, not the others for it."""
RETRY_S: Final = 0.5
LONGEST_PAUSE_S: Final = 0.02
"""What an acknowledgement may wait for company; a room shows nobody anything that depends on it."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Submission:
    """Records of one batch of one stream, and whom to tell. `settled` is called once, after the
    commit; it must not block.
    """

    segment: Segment
    settled: Callable[[Committed], None]


class Committer:
    """What waits is bounded by the windows of the open streams: a stream submits no more until what it
    submitted is settled.

    Between commits it pauses as long as the last one took, `pause_ms` at least: a busy gateway gathers
    larger groups and spends at most half its time on committing, a quiet one answers at once.
    """

    def __init__(self, pool: Pool, bus: Bus, pause_ms: int) -> None:
        self._pool = pool
        self._bus = bus
        self._pause_s = pause_ms / 1000
        self._waiting: deque[Submission] = deque()
        self._arrived = asyncio.Event()
        self._idle = asyncio.Event()
        self._idle.set()

    def submit(self, submission: Submission) -> None:
        """Adds a batch to what is committed next."""
        self._waiting.append(submission)
        self._idle.clear()
        self._arrived.set()

    async def run(self) -> None:
        """Commits until cancelled. The pause lets the next group gather."""
        while True:
            await self._arrived.wait()
            self._arrived.clear()
            while self._waiting:
                began_s = time.monotonic()
                await self._commit_what_waits()
                took_s = time.monotonic() - began_s
                await asyncio.sleep(min(max(self._pause_s, took_s), LONGEST_PAUSE_S))
            self._idle.set()

    async def flushed(self, timeout_s: float) -> None:
        """Waits until nothing waits any more, at most `timeout_s`."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._idle.wait()
        except TimeoutError:
            _log.warning("stopping with batches uncommitted; their rooms will send them again")

    async def _commit_what_waits(self) -> None:
        group = self._take()
        segments = [_merged(batches) for batches in group]
        began_s = time.monotonic()
        result = await self._commit_until_done(segments)
        count_group(result.committed, time.monotonic() - began_s)
        for submissions, committed in zip(group, _in_order(segments, result), strict=True):
            for submission in submissions:
                submission.settled(_share(submission.segment, committed))
        await self._tell(result)

    def _take(self) -> list[list[Submission]]:
        """What waits, by spool, of each a share. A batch that does not go on where its spool's last one
        ended belongs to another stream of the spool, or follows one that had no place any more: it
        waits for the next group.
        """
        taken: dict[int, list[Submission]] = {}
        later: deque[Submission] = deque()
        records = 0
        while self._waiting and records < MAX_GROUP_RECORDS:
            one = self._waiting.popleft()
            batches = taken.setdefault(one.segment.spool.watermark_id, [])
            if batches and not _goes_with(one, batches):
                later.append(one)
                continue
            batches.append(one)
            records += one.segment.last - one.segment.first + 1
        self._waiting.extendleft(reversed(later))
        return list(taken.values())

    async def _commit_until_done(self, segments: list[Segment]) -> GroupResult:
        """A database that is unable holds everything up: no acknowledgement, nothing lost."""
        while True:
            try:
                return await commit_group(self._pool, segments)
            except Exception as error:  # noqa: BLE001
                _log.error("not committed; trying again", error=str(error))
                await asyncio.sleep(RETRY_S)

    async def _tell(self, result: GroupResult) -> None:
        for bell in sorted(result.effects.bells):
            await self._bus.ring(bell)
        for event in result.effects.events:
            await self._bus.publish(event)


def _goes_with(one: Submission, batches: list[Submission]) -> bool:
    segment, first, last = one.segment, batches[0].segment.first, batches[-1].segment.last
    return last + 1 == segment.first and segment.last - first < MAX_SHARE_RECORDS


def _merged(batches: list[Submission]) -> Segment:
    parts = [one.segment for one in batches]
    if len(parts) == 1:
        return parts[0]
    return Segment(
        spool=parts[0].spool,
        first=parts[0].first,
        last=parts[-1].last,
        crc=parts[-1].crc,
        records=[record for part in parts for record in part.records],
        refused=[record for part in parts for record in part.refused],
    )


def _in_order(segments: list[Segment], result: GroupResult) -> list[Committed]:
    by_spool = {one.segment.spool.watermark_id: one for one in result.committed}
    return [by_spool[segment.spool.watermark_id] for segment in segments]


def _share(segment: Segment, whole: Committed) -> Committed:
    """What became of one batch of a merged segment."""
    refused = tuple(one for one in whole.refused if segment.first <= one.seq <= segment.last)
    return Committed(segment, whole.stale, refused)
