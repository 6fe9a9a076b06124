"""A spool in memory: the port of the durable one without its disk.

Acknowledged records are dropped; the last one's crc is kept for the check at `Welcome`.
"""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import deque
from itertools import islice

import google_crc32c

from edge_agent.errors import SpoolFull
from edge_agent.flow import RecordValue
from edge_agent.uplink import wire
from edge_agent.uplink.journal import StoredRecord


class MemorySpool:
    """Implements `Spool`. One event loop uses it; nothing in here blocks."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._spool_id = str(uuid.uuid4())
        self._held: deque[StoredRecord] = deque()
        self._waiting_bytes = 0
        self._next_seq = 1
        self._acked_seq = 0
        self._acked_crc: int | None = 0
        self._grown = asyncio.Event()

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
    def acked_seq(self) -> int:
        return self._acked_seq

    @property
    def waiting_bytes(self) -> int:
        return self._waiting_bytes

    def append(self, value: RecordValue, *, interview_id: str = "") -> int:
        kind, payload = wire.encode(value)
        if self._waiting_bytes + len(payload) > self._limit_bytes:
            raise SpoolFull(self._waiting_bytes + len(payload), self._limit_bytes)
        seq = self._next_seq
        self._held.append(
            StoredRecord(
                seq=seq,
                wall_ns=time.time_ns(),
                mono_ns=time.monotonic_ns(),
                interview_id=interview_id,
                kind=kind,
                crc32c=int(google_crc32c.value(payload)),
                payload=payload,
            )
        )
        self._next_seq += 1
        self._waiting_bytes += len(payload)
        self._grown.set()
        return seq

    async def read(self, after_seq: int, max_bytes: int) -> list[StoredRecord]:
        """Waits until there is a record after `after_seq`; after a restart of the series the caller
        has to read from where the new one begins.
        """
        while after_seq + 1 >= self._next_seq:
            self._grown.clear()
            await self._grown.wait()
        skip = max(after_seq + 1 - self.oldest_seq, 0)
        chosen: list[StoredRecord] = []
        size = 0
        for stored in islice(self._held, skip, None):
            if chosen and size + len(stored.payload) > max_bytes:
                break
            chosen.append(stored)
            size += len(stored.payload)
        return chosen

    def crc_at(self, seq: int) -> int | None:
        if seq == self._acked_seq:
            return self._acked_crc
        index = seq - self.oldest_seq
        return self._held[index].crc32c if 0 <= index < len(self._held) else None

    def acknowledge(self, up_to: int) -> None:
        while self._held and self._held[0].seq <= up_to:
            gone = self._held.popleft()
            self._waiting_bytes -= len(gone.payload)
            self._acked_seq, self._acked_crc = gone.seq, gone.crc32c

    async def restart(self) -> None:
        self._spool_id = str(uuid.uuid4())
        self._held = deque(
            StoredRecord(
                seq=seq,
                wall_ns=old.wall_ns,
                mono_ns=old.mono_ns,
                interview_id=old.interview_id,
                kind=old.kind,
                crc32c=old.crc32c,
                payload=old.payload,
            )
            for seq, old in enumerate(self._held, start=1)
        )
        self._next_seq = len(self._held) + 1
        self._acked_seq, self._acked_crc = 0, 0
        self._grown.set()
