"""Which points a candidate looks at, in which order, and how long each counts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MS = 1_000_000
"""Nanoseconds in a millisecond."""

SETTLE_MS = 700
"""Discarded at each point: 200 ms until the page shows it, 500 ms until the eyes are there."""
COLLECT_MS = 1_200
"""How long a point counts where all goes well."""
POINT_LIMIT_MS = 4_000
"""A point that is not seen well enough by then is missed, and shown once more."""
LEAST_FRAMES = 8
"""Usable frames that a point needs."""
HEAD_MS = 5_000
"""Of slow head movement on the centre."""
HEAD_PIECE_MS = 300
"""Head movement is cut into pieces as short as this: within one the head hardly turns."""
READ_LIMIT_MS = 10_000
"""For reading a sentence aloud; who does not read goes on without a voice level."""
VOICED_MS = 2_000
"""Of voice that make a level."""
MOST_ERROR_DEG = 5.0
"""A session that errs more is repeated once, then gaze stays uncalibrated."""
MOST_ATTEMPTS = 2


class Kind(StrEnum):
    """What a candidate is asked to do."""

    READ = "read"
    POINT = "point"
    HEAD = "head"
    CHECK = "check"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Step:
    """One of them; `x_ratio` and `y_ratio` from the screen's left and top."""

    kind: Kind
    name: str
    x_ratio: float = 0.5
    y_ratio: float = 0.5


READ = Step(Kind.READ, "read")
DONE = Step(Kind.DONE, "done")
POINTS = (
    Step(Kind.POINT, "top_left", 0.12, 0.14),
    Step(Kind.POINT, "top_right", 0.88, 0.14),
    Step(Kind.POINT, "bottom_left", 0.12, 0.86),
    Step(Kind.POINT, "bottom_right", 0.88, 0.86),
    Step(Kind.POINT, "center"),
)
HEAD = Step(Kind.HEAD, "head")
CHECKS = (
    Step(Kind.CHECK, "check_1", 0.3, 0.32),
    Step(Kind.CHECK, "check_2", 0.7, 0.68),
    Step(Kind.CHECK, "check_3", 0.3, 0.68),
    Step(Kind.CHECK, "check_4", 0.7, 0.32),
)
"""Held out: the fit never sees them."""
LEAST_POINTS = 4
LEAST_CHECKS = 3
"""Fewer determine nothing, or prove nothing."""
COURSE = (*POINTS, HEAD, *CHECKS)
