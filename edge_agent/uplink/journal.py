"""The port that everything durable goes through, and what the uplink reads it back by.

A journal numbers records from 1 without holes. `append` is what the room's parts see; `Spool` is
what the uplink sees. `durable/` keeps them on disk; tests have one in memory.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from edge_agent.flow import RecordValue


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it lies in the spool: already serialised, so that it is sent as it was written."""

    seq: int
    wall_ns: int
    mono_ns: int
    interview_id: str
    kind: int
    crc32c: int
    payload: bytes


class Journal(Protocol):
    """Where the room writes what central must know."""

    def append(self, value: RecordValue, *, interview_id: str = "") -> int:
        """Store `value` and return its sequence.

        Raises `edge_agent.errors.SpoolFull` when there is no room left: nothing is ever dropped,
        so the room has to stop with a clear error; `SpoolBroken` when the disk does not keep them.
        """
        ...


class Spool(Journal, Protocol):
    """A journal that can be read back and acknowledged."""

    @property
    def spool_id(self) -> str: ...

    @property
    def oldest_seq(self) -> int: ...

    @property
    def next_seq(self) -> int: ...

    @property
    def acked_seq(self) -> int: ...

    @property
    def waiting_bytes(self) -> int:
        """Payload bytes that are not acknowledged yet."""
        ...

    async def read(self, after_seq: int, max_bytes: int) -> list[StoredRecord]:
        """Records from `after_seq + 1` on, at least one, about `max_bytes`; waits until there is one
        that a power cut cannot take back.
        """
        ...

    def crc_at(self, seq: int) -> int | None:
        """crc32c of the record at `seq`, None where it is no longer held."""
        ...

    def acknowledge(self, up_to: int) -> None:
        """Central has committed everything up to this sequence."""
        ...

    async def restart(self) -> None:
        """Give everything still held a new `spool_id`, numbered from 1: what central remembers of
        this spool cannot be true (a restored disk).
        """
        ...
