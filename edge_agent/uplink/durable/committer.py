"""The one thread that writes: groups of records, each made durable by one `fdatasync`.

A group ends 20 ms after its first record or with 64. Whatever the disk refuses ends it for good: after
a failed sync nobody knows what is on disk, and a retry may succeed without having written anything.
"""

from __future__ import annotations

import asyncio
import threading
import time
from bisect import bisect_right
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate

from edge_agent.errors import SpoolBroken
from edge_agent.uplink.durable import places, segment
from edge_agent.uplink.durable.files import Files
from edge_agent.uplink.durable.series import Found, Segment
from edge_agent.uplink.durable.sizes import GROUP_RECORDS, group_bytes

GROUP_S = 0.02


@dataclass(frozen=True, slots=True)
class Span:
    """Bytes of a segment that hold whole records."""

    path: str
    offset: int
    size: int


class Committer:
    """Owns the files of one series. Every method may be called from any thread."""

    def __init__(
        self, files: Files, found: Found, *, group_s: float | None, segment_bytes: int
    ) -> None:
        self._files = files
        self._folder, self._spool_id = found.folder, found.spool_id
        self._spares = found.spares
        self._segments = deque(found.segments)
        self._group_s, self._segment_bytes = group_s, segment_bytes
        self._group_bytes = group_bytes(segment_bytes)
        self._pending: deque[bytes] = deque()
        self._durable_seq = found.segments[-1].next_seq - 1
        self._keep_from = 0
        self._bells: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._stopping = False
        self._thread: threading.Thread | None = None
        self.broken: SpoolBroken | None = None

    @property
    def durable_seq(self) -> int:
        """The last record that is on disk."""
        return self._durable_seq

    def put(self, record: bytes) -> None:
        """The next record, as `segment.encode` made it. Returns at once. Raises `SpoolBroken` once the
        disk has failed.
        """
        with self._lock:
            if self.broken is not None:
                raise self.broken
            if self._stopping:
                raise SpoolBroken(self._folder, "it is closed")
            if self._thread is None and self._group_s is not None:
                self._thread = threading.Thread(target=self._run, name="spool", daemon=True)
                self._thread.start()
            self._pending.append(record)
            if len(self._pending) in {1, GROUP_RECORDS}:
                self._changed.notify_all()

    def keep_from(self, seq: int) -> None:
        """Whole segments before `seq` may go, one after the other with the next group."""
        with self._lock:
            self._keep_from = max(self._keep_from, seq)

    async def until_durable(self, seq: int) -> None:
        """Raises `SpoolBroken` where the disk fails first."""
        while self._durable_seq < seq:
            await self.until_durable_or_stopped(seq)
            if self._stopping and self._durable_seq < seq:
                await asyncio.Event().wait()  # never: what is not written now will not be

    async def until_durable_or_stopped(self, seq: int) -> None:
        """Raises `SpoolBroken` where the disk fails first."""
        loop, event = asyncio.get_running_loop(), asyncio.Event()
        bell = (loop, event)
        while True:
            with self._lock:
                if self.broken is not None:
                    raise self.broken
                if self._durable_seq >= seq or self._stopping:
                    return
                event.clear()
                self._bells.append(bell)
            try:
                await event.wait()
            finally:
                with self._lock, suppress(ValueError):
                    self._bells.remove(bell)

    def span(self, seq: int, max_bytes: int) -> Span | None:
        """Durable records from `seq` on, of one segment, at least one."""
        with self._lock:
            for one in self._segments:
                if one.first_seq <= seq < one.next_seq:
                    first = seq - one.first_seq
                    start = one.ends[first]
                    last = max(bisect_right(one.ends, start + max_bytes) - 1, first + 1)
                    return Span(one.path, start, one.ends[last] - start)
        return None

    def stop(self) -> None:
        """Write what is left, then end. Blocks; raises nothing."""
        with self._lock:
            self._stopping = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join()
        while self._thread is None and self.commit():
            pass
        with self._lock:
            self._ring()

    def commit(self) -> bool:
        """Make one group durable; False where there is none. The thread's work, and a test's."""
        if self.broken is not None or not (group := self._group()):
            return False
        try:
            self._write(group)
            self._tidy()
            self._spares.trim()
        except OSError as error:
            self.fail(error)
            return False
        return True

    def fail(self, error: OSError) -> None:
        """From now on nothing is written: what is on disk is not known."""
        with self._lock:
            self.broken = SpoolBroken(self._folder, error.strerror or str(error))
            self._ring()

    def _run(self) -> None:
        try:
            self._work(self._group_s or 0.0)
        finally:
            if not self._stopping and self.broken is None:
                self.fail(OSError(0, "its writer ended unexpectedly"))

    def _work(self, group_s: float) -> None:
        while self.broken is None:
            with self._lock:
                while not self._pending and not self._stopping:
                    self._changed.wait()
                if not self._pending:
                    return
                deadline_s = time.monotonic() + group_s
                while len(self._pending) < GROUP_RECORDS and not self._stopping:
                    left_s = deadline_s - time.monotonic()
                    if left_s <= 0:
                        break
                    self._changed.wait(left_s)
            self.commit()

    def _group(self) -> list[bytes]:
        group: list[bytes] = []
        size = 0
        with self._lock:
            pending = self._pending
            if len(pending) <= GROUP_RECORDS and sum(map(len, pending)) <= self._group_bytes:
                group.extend(pending)
                pending.clear()
            while self._pending and len(group) < GROUP_RECORDS:
                size += len(self._pending[0])
                if group and size > self._group_bytes:
                    break
                group.append(self._pending.popleft())
        return group

    def _write(self, group: list[bytes]) -> None:
        mark = segment.group(self._durable_seq + 1, len(group))
        data = b"".join((mark, *group))
        current = self._segments[-1]
        if len(current.ends) > 1 and current.ends[-1] + len(data) > self._segment_bytes:
            current = self._new_segment()
        self._files.write(current.path, current.ends[-1], data)
        self._files.sync(current.path)
        ends = accumulate(map(len, group), initial=current.ends[-1] + len(mark))
        next(ends)  # the mark's
        with self._lock:
            current.ends.extend(ends)
            self._durable_seq += len(group)
            self._ring()

    def _new_segment(self) -> Segment:
        first_seq = self._durable_seq + 1
        new = Segment(f"{self._folder}/{places.segment_name(first_seq)}", first_seq)
        self._spares.take(new.path)
        empty = segment.header(self._spool_id, first_seq)
        self._files.append(new.path, segment.filled_up(empty, self._segment_bytes))
        self._files.sync(new.path)
        self._files.sync_dir(self._folder)
        with self._lock:
            self._segments.append(new)
        return new

    def _tidy(self) -> None:
        """Each name is gone for good before the next: else a crash could leave a hole."""
        while len(self._segments) > 1 and self._segments[0].next_seq <= self._keep_from:
            with self._lock:
                old = self._segments.popleft()
            self._files.remove(old.path)
            self._files.sync_dir(self._folder)

    def _ring(self) -> None:
        bells, self._bells = self._bells, []
        for loop, event in bells:
            with suppress(RuntimeError):  # that loop is closed
                loop.call_soon_threadsafe(event.set)
