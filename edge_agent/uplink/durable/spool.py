"""The spool that survives: what the uplink reads is on disk, whatever happens to the power."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import google_crc32c
import structlog

from edge_agent.errors import SpoolBroken, SpoolBusy, SpoolFull
from edge_agent.flow import RecordValue, TurnEvent, TurnEventKind
from edge_agent.uplink import wire
from edge_agent.uplink.durable import places, recovery, segment
from edge_agent.uplink.durable.committer import GROUP_S, Committer
from edge_agent.uplink.durable.files import Files, RealFiles
from edge_agent.uplink.durable.renewal import renew
from edge_agent.uplink.durable.reserve import Reservation
from edge_agent.uplink.durable.series import Found
from edge_agent.uplink.durable.sizes import SEGMENT_BYTES
from edge_agent.uplink.durable.unfinished import closing_records
from edge_agent.uplink.journal import StoredRecord

START_BYTES = 65_536
"""What a start may add to a spool that an earlier run left full: else it could never be emptied."""

INTERVIEWS = 8
"""How many interviews' ids are kept encoded; there is one at a time."""

log = structlog.get_logger(__name__)


Now: TypeAlias = Callable[[], tuple[int, int]]
"""Wall clock and CLOCK_MONOTONIC, ns, of the same moment."""


def real_now() -> tuple[int, int]:
    """The moment of the call."""
    return time.time_ns(), time.monotonic_ns()


class DurableSpool:
    """Implements `Spool` and `Reserve`. One event loop uses it; only opening and `close` hold it up.

    Raises `SpoolBroken` when opened on, or writing to, a disk that does not do what it should, and
    `SpoolBusy` when opened on a folder that another agent uses.
    """

    def __init__(
        self,
        folder: Path,
        limit_bytes: int,
        *,
        files: Files | None = None,
        group_s: float | None = GROUP_S,
        segment_bytes: int = SEGMENT_BYTES,
        goes_on: str = "",
        now: Now = real_now,
    ) -> None:
        """`goes_on`: id of the interview that this agent goes on with; others are closed. `now`: what
        time a record is said to be of; of a video that is looked at, its own.
        """
        self._now = now
        self._root = str(folder)
        self._files: Files = files or RealFiles()
        self._group_s, self._segment_bytes = group_s, segment_bytes
        self._turn_seq: int | None = None
        self._tails: dict[str, bytes] = {}
        self._meanwhile: list[bytes] | None = None
        self._moving = asyncio.Lock()
        found = self._open(keep_reserve=bool(goes_on))
        self._take(found)
        self._held = found.held
        self._acked_seq = self.oldest_seq - 1
        # Central says at Welcome what it has; until then everything held waits.
        self._acked_crc: int | None = 0 if self._acked_seq == 0 else None
        self._limit_bytes = limit_bytes
        if self._held.next_seq > self._held.oldest_seq:
            self._limit_bytes = max(limit_bytes, self.waiting_bytes + START_BYTES)
        for interview_id, value in closing_records(found.steps, goes_on):
            log.warning("an interview was cut off", interview=interview_id)
            self.append(value, interview_id=interview_id)

    @property
    def spool_id(self) -> str:
        return self._spool_id

    @property
    def oldest_seq(self) -> int:
        return self._held.oldest_seq

    @property
    def next_seq(self) -> int:
        return self._held.next_seq

    @property
    def durable_seq(self) -> int:
        """The last record that is on disk; the watchdog looks whether it moves."""
        return self._committer.durable_seq

    @property
    def acked_seq(self) -> int:
        return self._acked_seq

    @property
    def waiting_bytes(self) -> int:
        return self._held.waiting_bytes

    def append(self, value: RecordValue, *, interview_id: str = "") -> int:
        kind, payload = wire.encode(value)
        held, size = self._held, len(payload)
        if held.waiting_bytes + size > self._limit_bytes:
            raise SpoolFull(held.waiting_bytes + size, self._limit_bytes)
        crc, seq = int(google_crc32c.value(payload)), held.next_seq
        now_ns, mono_ns = self._now()
        tail = self._tails.get(interview_id) or self._tail(interview_id)
        record = segment.encode(seq, now_ns, mono_ns, kind, payload, crc, tail)
        if self._meanwhile is None:
            self._committer.put(record)
        else:
            self._meanwhile.append(record)
        held.append(size, crc)
        if isinstance(value, TurnEvent):
            over = value.kind is TurnEventKind.INTERVIEW_FINISHED
            self._turn_seq = None if over else seq
            if over:
                self.release()
        return seq

    async def read(self, after_seq: int, max_bytes: int) -> list[StoredRecord]:
        """Durable records only. Raises `SpoolBroken`."""
        while True:
            committer = await self._settled()
            seq = max(after_seq + 1, self.oldest_seq)
            await committer.until_durable_or_stopped(seq)
            span = committer.span(seq, max_bytes)
            if span is not None:
                break
            if await self._settled() is not committer:
                continue  # a new series began meanwhile
            if committer.durable_seq >= seq:
                raise SpoolBroken(self._root, f"record {seq} is not where it was")
            await committer.until_durable(seq)  # closed: the reader is about to be cancelled
        try:
            data = await asyncio.to_thread(self._files.read, span.path, span.offset, span.size)
        except OSError as error:
            raise SpoolBroken(self._root, error.strerror or str(error)) from error
        found = list(segment.records(data))
        if not found or [one.seq for one in found] != list(range(seq, seq + len(found))):
            raise SpoolBroken(self._root, f"record {seq} cannot be read back")
        return found

    async def failed(self) -> None:
        """Never returns; raises `SpoolBroken` when the disk fails, also while nobody reads."""
        while True:
            await (await self._settled()).until_durable_or_stopped(2**63)
            await asyncio.sleep(self._group_s or 0.0)  # this series was stopped: another follows

    def crc_at(self, seq: int) -> int | None:
        return self._acked_crc if seq == self._acked_seq else self._held.crc_at(seq)

    def acknowledge(self, up_to: int) -> None:
        if up_to >= self.oldest_seq:
            self._acked_seq = min(up_to, self.next_seq - 1)
            self._acked_crc = self._held.crc_at(self._acked_seq)
            self._held.drop(up_to)
        # The last acknowledged record stays for its crc, the last step of an open interview to close it.
        self._committer.keep_from(min(self._acked_seq, self._turn_seq or self._acked_seq))

    async def restart(self) -> None:
        """What is appended meanwhile belongs to the new series. Raises `SpoolBroken`."""
        # Once begun it ends, also where the stream that asked for it is cut meanwhile.
        await asyncio.shield(asyncio.create_task(self._restart()))

    async def _restart(self) -> None:
        async with self._moving:
            gone, self._meanwhile = self._acked_seq, []
            self._held.renumber(1)
            self._acked_seq, self._acked_crc = 0, 0
            self._turn_seq = None if self._turn_seq is None else max(self._turn_seq - gone, 1)
            try:
                found = await asyncio.to_thread(self._renew, gone)
            except OSError as error:
                self._committer.fail(error)
                raise SpoolBroken(self._root, error.strerror or str(error)) from error
            if found.held.next_seq + len(self._meanwhile) != self.next_seq:
                self._committer.fail(OSError(0, "records were lost while they were numbered anew"))
                await self._committer.until_durable(self.next_seq)
            for _ in self._meanwhile:
                found.held.append(*self._held.at(found.held.next_seq))
            self._held = found.held
            self._take(found)
            for record in self._meanwhile:
                self._committer.put(record)
            self._meanwhile = None

    async def reserve(self, size_bytes: int) -> None:
        """Raises `ReserveRefused` with what to do; `SpoolBroken` where the disk fails."""
        async with self._moving:
            try:
                await self._reservation.hold(size_bytes, self._limit_bytes - self.waiting_bytes)
            except OSError as error:
                self._committer.fail(error)
                raise SpoolBroken(self._root, error.strerror or str(error)) from error

    def release(self) -> None:
        self._reservation.release()

    def close(self) -> None:
        """Make durable what was appended, and end the thread. Blocks. Raises `SpoolBroken`."""
        self._committer.stop()
        self._files.close()
        if self._committer.broken is not None:
            raise self._committer.broken

    def commit(self) -> bool:
        """Make one group durable here and now; False where there is none. Where `group_s` is None
        nothing else does.
        """
        return self._committer.commit()

    def _open(self, *, keep_reserve: bool) -> Found:
        try:
            self._files.make_dir(self._root)
            holder = self._files.lock(f"{self._root}/{places.LOCK}")
            if holder is not None:
                raise SpoolBusy(self._root, holder)
            found = recovery.recover(self._files, self._root, self._segment_bytes)
            if keep_reserve:
                found.spares.want(max(len(found.spares), found.spares.wanted))
            found.spares.stand()
            return found
        except OSError as error:
            self._files.close()
            raise SpoolBroken(self._root, error.strerror or str(error)) from error

    def _renew(self, gone: int) -> Found:
        self._committer.stop()
        if self._committer.broken is not None:
            raise OSError(0, self._committer.broken.problem)
        spares = self._reservation.spares.wanted
        return renew(self._files, self._root, gone, self._segment_bytes, spares)

    def _take(self, found: Found) -> None:
        self._spool_id = found.spool_id
        self._committer = Committer(
            self._files, found, group_s=self._group_s, segment_bytes=self._segment_bytes
        )
        self._reservation = Reservation(self._files, self._root, found.spares)

    async def _settled(self) -> Committer:
        async with self._moving:
            return self._committer

    def _tail(self, interview_id: str) -> bytes:
        if len(self._tails) > INTERVIEWS:
            self._tails.clear()
        return self._tails.setdefault(interview_id, segment.tail_of(interview_id))
