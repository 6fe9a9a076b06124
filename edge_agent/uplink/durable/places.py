"""Names in the spool's folder: `000001-<spool id>` holds `%020d.seg` and `%018d.spare`."""

from __future__ import annotations

import re

_SERIES = re.compile(r"(\d{6,})-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")
_SEGMENT = re.compile(r"(\d{20})\.seg")
_SPARE = re.compile(r"(\d{18})\.spare")

LOCK = "lock"
"""Locked by the agent that uses the folder; holds its process number."""
UNFINISHED = ".new"
"""Ends the name of what is still being written: it is removed at the next start."""
DAMAGED = ".damaged"
"""Ends the name of a segment as it was found, kept for whoever wants to know."""


def series_name(number: int, spool_id: str) -> str:
    return f"{number:06d}-{spool_id}"


def series_of(names: list[str]) -> list[tuple[int, str]]:
    """(number, spool id) of each series, oldest first."""
    found = (_SERIES.fullmatch(name) for name in names)
    return sorted((int(one[1]), one[2]) for one in found if one)


def segment_name(first_seq: int) -> str:
    return f"{first_seq:020d}.seg"


def segments_of(names: list[str]) -> list[int]:
    """First sequence of each segment, oldest first."""
    found = (_SEGMENT.fullmatch(name) for name in names)
    return sorted(int(one[1]) for one in found if one)


def spare_name(number: int) -> str:
    """As long as a segment's: renaming one fits where the other's name was, on a full disk too."""
    return f"{number:018d}.spare"


def spares_of(names: list[str]) -> list[int]:
    """Numbers of the spares, oldest first."""
    found = (_SPARE.fullmatch(name) for name in names)
    return sorted(int(one[1]) for one in found if one)
