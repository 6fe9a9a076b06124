"""Applies what a candidate pressed on the kiosk, in the transaction that stores it: the part of
`projection` for it. Every statement may run twice for the same record.
"""

from __future__ import annotations

from datetime import datetime

from central.bus.events import Event, HelpChanged
from central.interview.projection import ConsentGiven, HelpCalled
from central.storage import consents, help_calls
from central.storage.pool import Connection
from central.storage.rooms import Spool


async def apply(
    conn: Connection, spool: Spool, change: ConsentGiven | HelpCalled, at: datetime
) -> list[Event]:
    """What to tell once the transaction is committed."""
    match change:
        case ConsentGiven():
            await consents.keep(conn, change.interview_id, change.consent, at)
        case HelpCalled():
            if await help_calls.keep(conn, spool.room_id, change, at):
                return [HelpChanged(spool.room_code, change.call.step)]
    return []
