"""When to renew: pure over time. A third of the life has passed, plus a little that differs from room
to room, so that a building that was enrolled in one morning does not renew in one minute.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

JITTER: Final = 0.1
"""Of the life."""
FIRST_RETRY_S: Final = 60.0
LONGEST_RETRY_S: Final = 3600.0
LAST_HOURS: Final = timedelta(hours=12)
"""So long before the old certificate ends, its stream is left for one with the new, whatever goes on in
the room: the gateway would cut it."""


def renew_at(not_before: datetime, not_after: datetime, serial: int) -> datetime:
    """Between a third and 43 % of the life; the serial number decides, so a restart changes nothing."""
    life = not_after - not_before
    share = (serial % 1024) / 1024
    return not_before + life * (1 / 3 + JITTER * share)


def retry_s(failures: int, chance: float) -> float:
    """How long to wait after `failures` in a row: a minute, doubling to an hour; `chance` (0 to 1) takes
    up to half of it away.
    """
    whole = min(LONGEST_RETRY_S, FIRST_RETRY_S * 2 ** (min(failures, 10) - 1))
    return float(whole * (1 - chance / 2))


def must_leave(old_not_after: datetime, now: datetime, *, idle: bool) -> bool:
    """Whether a stream over an older certificate has to give way now: between interviews at once, in an
    interview only when the old one is about to end.
    """
    return idle or now > old_not_after - LAST_HOURS
