"""Moments that people marked, and notes on what was said."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

import msgspec
from litestar import get, put
from litestar.params import FromPath, JSONBody

from central.dashboard import desk, ids
from central.dashboard.auth import roles
from central.dashboard.wants import Reveal, Session, SignedIn
from central.errors import Refused
from central.storage.markers import MarkerView, NewMarker, Quoted

STAFF = [roles.allow(*roles.STAFF)]
Kind = Literal["strong", "concern", "follow_up", "integrity", "technical", "note"]
Time = Annotated[datetime, msgspec.Meta(tz=True)]


class MarkerState(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A marker as its author has it now. `at`: on the room's clock. `transcript_id` with characters
    [start, end) of its text is what a note is about. `seq`: see ratings. `removed` takes it back.
    """

    kind: Kind
    at: Time
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]
    text: Annotated[str, msgspec.Meta(max_length=4_000)] = ""
    transcript_id: str | None = None
    start: int | None = None
    end: int | None = None
    removed: bool = False


class Marker(msgspec.Struct, frozen=True):
    """A marker that stands; `quote`: the words that it is about."""

    key: str
    kind: str
    at: datetime
    seq: int
    text: str
    quote: str
    transcript_id: str | None
    start: int | None
    end: int | None
    removed: bool
    author: str


@get("/interviews/{interview_id:str}/markers", guards=STAFF)
async def list_markers(
    interview_id: FromPath[str], session: Session, account: SignedIn, reveal: Reveal
) -> list[Marker]:
    """One's own in the order of their time, and those of others once one's own ratings are locked."""
    found = await desk.look(session, ids.parse(interview_id, "interview"), account, reveal)
    return [_marker(one) for one in found.markers]


@put("/interviews/{interview_id:str}/markers/{key:str}", guards=STAFF)
async def put_marker(
    interview_id: FromPath[str],
    key: FromPath[str],
    data: JSONBody[MarkerState],
    session: Session,
    account: SignedIn,
) -> Marker:
    """Mark a moment, or change one's own marker; `key` is the sender's, 8 to 64 letters and digits. The
    answer is the marker that stands.
    """
    number = ids.parse(interview_id, "interview")
    new = NewMarker(key, data.seq, data.kind, data.at, data.text, _quoted(data), data.removed)
    return _marker(await desk.mark(session, number, new, actor=account))


def _quoted(data: MarkerState) -> Quoted | None:
    if data.transcript_id is None:
        return None
    try:
        return Quoted(ids.parse(data.transcript_id, "transcript"), data.start, data.end)
    except Refused as unknown:
        text = "A note quotes words of this interview's transcript."
        raise Refused("marker_invalid", 422, text) from unknown


def _marker(view: MarkerView) -> Marker:
    return Marker(
        key=view.key,
        kind=view.kind,
        at=view.at,
        seq=view.seq,
        text=view.text,
        quote=view.quote,
        transcript_id=None if view.transcript_id is None else str(view.transcript_id),
        start=view.start,
        end=view.end,
        removed=view.removed,
        author=view.author,
    )


HANDLERS = (list_markers, put_marker)
