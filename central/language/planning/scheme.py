"""The shape of a structured interview: the same slots, in the same order, for everybody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import msgspec

SCHEME: Final = "structured-1"
"""Stored with each posting: a later shape is another name."""
MOST_FOLLOW_UPS: Final = 2

Kind = Literal["intro", "job", "behavioral", "situational", "culture"]


@dataclass(frozen=True, slots=True)
class Room:
    """A place in the interview that a posting fills. `competencies`: keys of the bank's criteria that
    may be looked for there, the usual one first.
    """

    key: str
    kind: Kind
    category: str
    difficulty: str
    competencies: tuple[str, ...]
    follow_ups: int = 0


_JOB: Final = ("problem_solving", "technical_depth", "trade_offs", "quality")
_BEHAVIOUR: Final = ("ownership", "collaboration", "learning", "prioritising")

ROOMS: Final = (
    Room("intro", "intro", "cultural_fit", "easy", ("structure",)),
    Room("job_1", "job", "technical", "medium", _JOB, MOST_FOLLOW_UPS),
    Room("job_2", "job", "technical", "hard", _JOB, MOST_FOLLOW_UPS),
    Room("behavioral_1", "behavioral", "behavioral", "medium", _BEHAVIOUR, MOST_FOLLOW_UPS),
    Room("behavioral_2", "behavioral", "behavioral", "medium", _BEHAVIOUR, MOST_FOLLOW_UPS),
    Room(
        "situational_1", "situational", "situational", "medium",
        ("prioritising", "customer_focus", "trade_offs", "integrity"),
    ),
    Room(
        "culture_1", "culture", "cultural_fit", "medium",
        ("integrity", "customer_focus", "collaboration", "learning"),
    ),
)  # fmt: skip
"""In the order to ask. Only what tells of something done is followed up."""


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One main question of a posting, pinned when the posting was made. `bank_key`: the reviewed
    question that stands there until, and unless, a better wording of it passes the gates.
    """

    key: str
    kind: Kind
    category: str
    difficulty: str
    competency: str
    bank_key: str
    follow_ups: int = 0
