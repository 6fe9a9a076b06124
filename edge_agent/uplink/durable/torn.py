"""Damage, or a write that was never finished? What stands behind the last whole record tells. Pure.

A segment begins as zeros, so what was not written reads as zeros (or lies behind the file's end), a
sector of the disk at a time. Bytes that are all there, in sectors that all hold something, were written:
where their crc is wrong, the disk changed them.
"""

from __future__ import annotations

from edge_agent.uplink.durable import segment

SECTOR_BYTES = 512
"""The least that a disk writes at once; one of 4096 is eight of these."""

MARK_BYTES = len(segment.RECORD)


def lost_at_end(data: bytes, end: int, missing: int) -> int:
    """How many records the disk provably lost behind `end`, where the last whole piece ends.

    `missing`: how many records of its group are not there, as its mark has it.
    """
    if sum(map(bool, data[end : end + segment.RECORD_BYTES])) < MARK_BYTES:
        return 0  # nothing was written there
    stop = segment.record_end(data, end) or end + segment.RECORD_BYTES
    return 0 if _may_be_torn(data, end, stop) else max(missing, 1)


def _may_be_torn(data: bytes, start: int, end: int) -> bool:
    while start < end <= len(data):
        following = (start // SECTOR_BYTES + 1) * SECTOR_BYTES
        if not data[start:following].strip(b"\0"):
            return True
        start = following
    return end > len(data)
