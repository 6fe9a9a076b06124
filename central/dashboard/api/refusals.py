"""Refused speech: what recognisers said that was not believed, and why. For staff."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import get
from litestar.params import FromQuery

from central.dashboard import ids
from central.dashboard.auth import roles
from central.dashboard.wants import Session
from central.storage import refusal_views
from central.storage.refusal_views import Refusal

Days = Annotated[int, msgspec.Meta(ge=1, le=3650)]


class RefusedSpeech(msgspec.Struct, frozen=True):
    """One recognition that was not believed. `begin_ms` to `end_ms` is where it is in the answer's
    sound (`/turns/{turn_id}/audio`); null where that is not there.
    """

    id: str
    interview_id: str
    turn_id: str | None
    room: str
    started_at: datetime
    language: str
    voiced_ms: int | None
    text: str
    confidence: float | None
    engine: str
    reason: str
    begin_ms: int | None
    end_ms: int | None


class Count(msgspec.Struct, frozen=True):
    """How often an engine was not believed for a reason, of how many utterances that it read."""

    engine: str
    reason: str
    count: int
    utterances: int


class Refusals(msgspec.Struct, frozen=True):
    """The counts over all of the period; the newest first."""

    counts: tuple[Count, ...]
    refused: tuple[RefusedSpeech, ...]


@get("/refusals", guards=[roles.allow(*roles.STAFF)])
async def list_refusals(
    session: Session,
    days: FromQuery[Days] = 30,
    reason: FromQuery[str] = "",
    before: FromQuery[str] = "",
) -> Refusals:
    """Of the last `days`; at most 100, of those older than the id `before`."""
    older = ids.parse(before, "record") if before else None
    shown = await refusal_views.refusals(session, days=days, reason=reason, before=older)
    counts = await refusal_views.counts(session, days=days)
    return Refusals(
        tuple(Count(one.engine, one.reason, one.count, one.utterances) for one in counts),
        tuple(map(_refused, shown)),
    )


def _refused(one: Refusal) -> RefusedSpeech:
    heard = one.heard_at
    return RefusedSpeech(
        id=str(one.id),
        interview_id=str(one.interview_id),
        turn_id=None if one.turn_id is None else str(one.turn_id),
        room=one.room_code,
        started_at=one.started_at,
        language=one.language,
        voiced_ms=one.voiced_ms,
        text=one.text,
        confidence=one.confidence,
        engine=one.engine,
        reason=one.reason,
        begin_ms=None if heard is None else heard.begin_ms,
        end_ms=None if heard is None else heard.end_ms,
    )


HANDLERS = (list_refusals,)
