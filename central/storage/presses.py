"""Applies what a candidate pressed on the kiosk, in the transaction that stores it: the part of
`projection` for it. Every statement may run twice for the same record.
"""

from __future__ import annotations

from datetime import datetime

from central.bus.events import Event, HelpChanged
from central.interview.pressed import (
    ConsentGiven,
    HelpCalled,
    PauseEnded,
    Pressed,
    SpanBegan,
    SurveyGiven,
    WroteAnswer,
)
from central.storage import consents, help_calls, spans, surveys, typed_answers
from central.storage.pool import Connection
from central.storage.rooms import Spool


async def apply(
    conn: Connection,
    spool: Spool,
    change: Pressed,
    at: datetime,
) -> list[Event]:
    """What to tell once the transaction is committed."""
    match change:
        case ConsentGiven():
            await consents.keep(conn, change.interview_id, change.consent, at)
        case HelpCalled():
            if await help_calls.keep(conn, spool.room_id, change, at):
                return [HelpChanged(spool.room_code, change.call.step)]
        case SurveyGiven():
            await surveys.keep(conn, change.survey, at)
        case SpanBegan():
            told = await spans.begin(conn, spool.room_code, change, at)
            return [] if told is None else [told]
        case WroteAnswer():
            wrote = await typed_answers.keep(conn, spool.room_code, change, at)
            return [] if wrote is None else [wrote]
        case PauseEnded():
            told = await spans.end(conn, spool.room_code, change, at)
            return [] if told is None else [told]
    return []
