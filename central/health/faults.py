"""What a room says is wrong, as a code with figures: pages have words for it in each language. Pure.

A room says it in an English line, "part: why" (`edge_agent.doctor.ready`, `edge_agent.service.faults`).
What is not known here keeps its own words: a newer agent may say more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_NUMBER: Final = r"(-?\d+(?:\.\d+)?)"
_KNOWN: Final[tuple[tuple[str, str, str, tuple[str, ...]], ...]] = (
    ("camera", "not_yet", r"no picture has come yet", ()),
    ("camera", "frozen", rf"the picture has not changed for {_NUMBER} s", ("seconds",)),
    ("camera", "slow", rf"{_NUMBER} pictures a second of {_NUMBER}", ("fps", "wanted")),
    ("microphone", "none", r"it gives no sound", ()),
    ("microphone", "silent", rf"(?:dead silent|no sound) for {_NUMBER} s", ("seconds",)),
    ("speaker", "unheard", r"the last test sentence was not heard", ()),
    ("vision", "stuck", rf"no reading for {_NUMBER} s", ("seconds",)),
    ("vision", "ended", r"the vision process ended", ()),
    ("certificate", "ends", rf"it ends in {_NUMBER} minutes", ("minutes",)),
    ("disk", "clear", r"the disk under the spool is not encrypted", ()),
    ("disk", "memory", r"the spool lies in memory", ()),
    ("disk", "unknown", r"whether the disk under the spool is encrypted cannot be told", ()),
    ("disk", "slow", r"the disk did not give the space", ()),
    ("disk", "full", r".*", ()),
    ("camera", "lost", r".*", ()),
    ("microphone", "lost", r".*", ()),
    ("speaker", "lost", r".*", ()),
    ("vision", "lost", r".*", ()),
    ("clock", "ahead", rf"{_NUMBER} s ahead of central", ("seconds",)),
    ("clock", "behind", rf"{_NUMBER} s behind central", ("seconds",)),
    ("check_in", "locked", r".*", ()),
)
"""In this order: the first that fits. A part's last one takes what else may be wrong with it."""
_PATTERNS: Final = tuple(
    (part, f"{part}_{code}", re.compile(pattern, re.DOTALL), names)
    for part, code, pattern, names in _KNOWN
)


@dataclass(frozen=True, slots=True)
class Fault:
    """`code` is empty where nobody here knows what the room means; `told` is the room's own line."""

    code: str
    told: str
    figures: Mapping[str, float] = field(default_factory=dict)


LOCKED: Final = "check_in_locked"
"""Of no machine: too many wrong codes, and staff have to let the candidate in."""


def fault_of(line: str) -> Fault:
    """What a line of a room says."""
    part, _, why = line.partition(":")
    for known, code, pattern, names in _PATTERNS:
        found = pattern.match(why.strip()) if part == known else None
        if found is not None:
            return Fault(code, line, dict(zip(names, map(float, found.groups()), strict=True)))
    return Fault("", line)


CODES: Final = tuple(code for _, code, _, _ in _PATTERNS)
