"""What lies in the bytes of one segment, and what is missing from it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from edge_agent.uplink.durable import segment
from edge_agent.uplink.durable.segment import Group, Head
from edge_agent.uplink.durable.torn import lost_at_end


@dataclass(frozen=True, slots=True)
class Look:
    """One segment: records [first_seq, next_seq) were in it."""

    first_seq: int
    next_seq: int
    heads: dict[int, Head]
    """Whole records by number, in order; one that is missing has no entry."""
    unsure_from: int
    """Records from here on may never have been finished: nothing says that they were synced."""
    used_bytes: int
    torn_bytes: int
    """Behind the last whole piece: never finished, or damage that is counted as missing."""

    @property
    def missing(self) -> int:
        return self.next_seq - self.first_seq - len(self.heads)


def look(data: bytes, spool_id: str, first: int, following: int | None) -> Look:
    """What a segment holds; `following`: where the next segment begins; None for the last one."""
    whole = segment.header_is_whole(data, spool_id, first)
    heads: dict[int, Head] = {}
    expected, end, last = first, segment.HEADER_BYTES, Group(0, 0, first, 0)
    for one in segment.frames(data, segment.HEADER_BYTES if whole else 0):
        if isinstance(one, Group):
            last = one if one.first_seq >= expected else last
        elif one.seq >= expected and (following is None or one.seq < following):
            heads[one.seq] = one
            expected = one.seq + 1
        else:
            continue
        end = one.end
    unsure_from = last.first_seq
    if following is None:
        expected = max(expected, last.first_seq)
        following = expected + lost_at_end(data, end, last.first_seq + last.records - expected)
    else:
        unsure_from = following
    torn = max(len(data.rstrip(b"\0")) - end, 0)
    return Look(first, following, heads, unsure_from, end, torn)
