"""Whether the clock may be believed before anything is erased by it.

A clock that jumps ahead (an empty battery, a wrong time server) would take everything that is due in the
years between. That cannot be taken back; a day's waiting can. After a jump nothing is erased until the
clock has said the same for a day, or is set back. A machine that was off for long waits that day too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

LONGEST_GAP: Final = timedelta(days=2)
"""Between two rounds, which are a minute apart: a weekend's maintenance, and no more."""
DOUBTED_FOR: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Seen:
    """The time of the last round; and since when the clock is not believed, by that clock."""

    at: datetime
    doubted_since: datetime | None = None


def look(seen: Seen | None, now: datetime) -> Seen:
    """What is known after a round at `now`. Before the first round there is nothing to compare with."""
    if seen is None:
        return Seen(now)
    if now - seen.at > LONGEST_GAP:
        return Seen(now, doubted_since=now)
    since = seen.doubted_since
    if since is None or now < since or now - since >= DOUBTED_FOR:
        return Seen(now)
    return Seen(now, since)
