"""How large groups and segments become."""

from __future__ import annotations

from edge_agent.uplink.durable import segment

GROUP_RECORDS = 64
GROUP_BYTES = 256 * 1024
"""A group of larger records ends before it passes this; a larger record goes alone."""
SEGMENT_BYTES = 4 * 1024 * 1024


def group_bytes(segment_bytes: int) -> int:
    """The largest group: the end of a segment that it may leave empty is a quarter at most."""
    return min(GROUP_BYTES, segment_bytes // 4)


def usable_bytes(segment_bytes: int) -> int:
    """What a segment takes at least, whatever the sizes of its groups."""
    return segment_bytes - segment.HEADER_BYTES - group_bytes(segment_bytes)
