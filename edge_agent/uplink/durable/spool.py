"""The spool that survives: what the uplink reads is on disk, whatever happens to the power."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass, replace
from itertools import dropwhile
from pathlib import Path

import google_crc32c
import structlog

from edge_agent.errors import SpoolBroken, SpoolFull
from edge_agent.flow import RecordValue, TurnEvent, TurnEventKind
from edge_agent.uplink import wire
from edge_agent.uplink.durable import recovery, segment
from edge_agent.uplink.durable.committer import GROUP_S, SEGMENT_BYTES, Committer
from edge_agent.uplink.durable.files import Files, RealFiles
from edge_agent.uplink.durable.unfinished import closing_records
from edge_agent.uplink.journal import StoredRecord

START_BYTES = 65_536
"""What a start may add to a spool that an earlier run left full: else it could never be emptied."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of a record without reading it."""

    seq: int
    size: int
    crc32c: int


class DurableSpool:
    """Implements `Spool`. One event loop uses it; only opening and `restart` wait for the disk.

    Raises `SpoolBroken` when opened on, or writing to, a disk that does not do what it should.
    """

    def __init__(
        self,
        folder: Path,
        limit_bytes: int,
        *,
        files: Files | None = None,
        group_s: float | None = GROUP_S,
        segment_bytes: int = SEGMENT_BYTES,
    ) -> None:
        self._root = str(folder)
        self._files: Files = files or RealFiles()
        self._group_s, self._segment_bytes = group_s, segment_bytes
        self._turn_seq: int | None = None
        self._spool_id = ""
        self._held: deque[Held]
        self._committer: Committer
        self._waiting_bytes = self._acked_seq = 0
        self._next_seq = 1
        self._acked_crc: int | None = 0
        try:
            found = recovery.recover(self._files, self._root)
        except OSError as error:
            raise SpoolBroken(self._root, error.strerror or str(error)) from error
        self._take(found)
        self._limit_bytes = limit_bytes
        if found.records:
            self._limit_bytes = max(limit_bytes, self._waiting_bytes + START_BYTES)
        for interview_id, value in closing_records(found.records):
            log.warning("an interview was cut off and is closed", interview=interview_id)
            self.append(value, interview_id=interview_id)

    @property
    def spool_id(self) -> str:
        return self._spool_id

    @property
    def oldest_seq(self) -> int:
        return self._held[0].seq if self._held else self._next_seq

    @property
    def next_seq(self) -> int:
        return self._next_seq

    @property
    def durable_seq(self) -> int:
        """The last record that is on disk; the watchdog looks whether it moves."""
        return self._committer.durable_seq

    @property
    def acked_seq(self) -> int:
        return self._acked_seq

    @property
    def waiting_bytes(self) -> int:
        return self._waiting_bytes

    def append(self, value: RecordValue, *, interview_id: str = "") -> int:
        kind, payload = wire.encode(value)
        wanted = self._waiting_bytes + len(payload)
        if wanted > self._limit_bytes:
            raise SpoolFull(wanted, self._limit_bytes)
        crc = int(google_crc32c.value(payload))
        seq = self._next_seq
        self._committer.put(
            StoredRecord(seq, time.time_ns(), time.monotonic_ns(), interview_id, kind, crc, payload)
        )
        self._held.append(Held(seq, len(payload), crc))
        self._next_seq += 1
        self._waiting_bytes = wanted
        if isinstance(value, TurnEvent):
            over = value.kind is TurnEventKind.INTERVIEW_FINISHED
            self._turn_seq = None if over else seq
        return seq

    async def read(self, after_seq: int, max_bytes: int) -> list[StoredRecord]:
        """Durable records only. Raises `SpoolBroken`."""
        seq = max(after_seq + 1, self.oldest_seq)
        await self._committer.until_durable(seq)
        span = self._committer.span(seq, max_bytes)
        if span is None:
            raise SpoolBroken(self._root, f"record {seq} is not where it was")
        try:
            data = await asyncio.to_thread(self._files.read, span.path, span.offset, span.size)
        except OSError as error:
            raise SpoolBroken(self._root, error.strerror or str(error)) from error
        found = [one.record for one in segment.records(data)]
        if not found or [one.seq for one in found] != list(range(seq, seq + len(found))):
            raise SpoolBroken(self._root, f"record {seq} cannot be read back")
        return found

    async def failed(self) -> None:
        """Never returns; raises `SpoolBroken` when the disk fails, also while nobody reads."""
        await self._committer.until_durable(2**63)

    def crc_at(self, seq: int) -> int | None:
        if seq == self._acked_seq:
            return self._acked_crc
        index = seq - self.oldest_seq
        return self._held[index].crc32c if 0 <= index < len(self._held) else None

    def acknowledge(self, up_to: int) -> None:
        while self._held and self._held[0].seq <= up_to:
            gone = self._held.popleft()
            self._waiting_bytes -= gone.size
            self._acked_seq, self._acked_crc = gone.seq, gone.crc32c
        # The last acknowledged record stays for its crc, the last step of an open interview to close it.
        self._committer.keep_from(min(self._acked_seq, self._turn_seq or self._acked_seq))

    async def restart(self) -> None:
        self.close()
        try:
            old = recovery.recover(self._files, self._root)
            held = dropwhile(lambda one: one.seq <= self._acked_seq, old.records)
            anew = [replace(one, seq=seq) for seq, one in enumerate(held, start=1)]
            found = recovery.create(self._files, self._root, old.number + 1, anew)
            self._files.remove(old.folder)
        except OSError as error:
            raise SpoolBroken(self._root, error.strerror or str(error)) from error
        self._take(found)

    def close(self) -> None:
        """Make durable what was appended, and end the thread. Blocks. Raises `SpoolBroken`."""
        self._committer.stop()
        if self._committer.broken is not None:
            raise self._committer.broken

    def commit(self) -> bool:
        """Make one group durable here and now; False where there is none. Where `group_s` is None
        nothing else does.
        """
        return self._committer.commit()

    def _take(self, found: recovery.Found) -> None:
        self._spool_id = found.spool_id
        self._held = deque(Held(one.seq, len(one.payload), one.crc32c) for one in found.records)
        self._waiting_bytes = sum(one.size for one in self._held)
        self._next_seq = found.segments[-1].next_seq
        # Central says at Welcome what it has; until then everything held waits.
        self._acked_seq = self.oldest_seq - 1
        self._acked_crc = 0 if self._acked_seq == 0 else None
        self._committer = Committer(
            self._files, found, group_s=self._group_s, segment_bytes=self._segment_bytes
        )
