"""Ids are opaque strings outside and integers inside; this is where they are parsed."""

from __future__ import annotations

from typing import Final

from central.errors import Refused

LONGEST_TURN: Final = 64
"""Characters of a turn's id, which a room makes."""
_LARGEST: Final = 2**63 - 1


def parse(text: str, what: str) -> int:
    """The id of a `what` ("interview").

    Raises `Refused` (`<what>_unknown`, 404): what cannot be an id is the id of nothing.
    """
    if text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= _LARGEST:
        return int(text)
    raise Refused(f"{what}_unknown", 404, f"There is no {what} with this id.")
