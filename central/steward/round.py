"""One round of the leading steward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from central.storage import caretaking, confirmations
from central.storage.partitions import make_partitions
from central.storage.pool import Connection

DAYS_AHEAD = 7
SILENT_S = 20.0
"""An agent reports every few seconds; a gateway that died can no longer mark its agents."""


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did and saw."""

    partitions: tuple[str, ...]
    silent_rooms: tuple[str, ...]
    expired_commands: int
    dead_jobs: int
    abandoned_jobs: int
    forsaken: tuple[int, ...] = ()
    """Interviews whose candidate's word is not waited for any more."""

    def is_quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.partitions or self.silent_rooms or self.expired_commands or self.forsaken)


async def one_round(conn: Connection, today: date) -> Round:
    """Do everything once, each thing in a transaction of its own. `conn` is in autocommit."""
    made = await make_partitions(conn, today, DAYS_AHEAD)
    silent = await caretaking.disconnect_silent(conn, SILENT_S)
    expired = await caretaking.expire_commands(conn)
    forsaken = await confirmations.forsaken(conn)
    for interview_id in forsaken:
        async with conn.transaction():
            await confirmations.over(conn, interview_id)
    jobs = await caretaking.job_counts(conn)
    found = tuple(made), tuple(silent), expired, jobs["dead"], jobs["abandoned"]
    return Round(*found, tuple(forsaken))
