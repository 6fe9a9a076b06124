"""Moments that people marked, and notes on what was said: kept with the first tap."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.interview.rating import MOST_SEQ
from central.storage.tables import Interview, Marker, Transcript, User
from central.storage.tables.desk import MARKER_KINDS

LONGEST_TEXT: Final = 4_000
MOST: Final = 500
"""Markers of one person in one interview."""
_KEY: Final = re.compile(r"[0-9A-Za-z-]{8,64}")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Characters [start, end) of a transcript's text; None: all of it."""

    transcript_id: int
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class NewMarker:
    """A marker as its author has it now. `key` is the author's own, and `seq` their count of writes: of
    two writes of a key the one with the higher stands.
    """

    key: str
    seq: int
    kind: str
    at: datetime
    text: str = ""
    quoted: Quoted | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class MarkerView:
    """One marker. `quote`: the words that it is about, "" for none."""

    key: str
    seq: int
    kind: str
    at: datetime
    text: str
    quote: str
    transcript_id: int | None
    start: int | None
    end: int | None
    turn_id: int | None
    author_id: int
    author: str
    removed: bool


async def save(
    session: AsyncSession, interview_id: int, author_id: int, new: NewMarker
) -> MarkerView:
    """Keep a marker, unless a newer state of it is there; returns what stands. Its time is brought
    within the interview, and stays that of the first tap.

    Raises `Refused`: interview_unknown 404; marker_invalid 422; marker_many 409.
    """
    interview = await session.get(Interview, interview_id)
    if interview is None:
        raise Refused("interview_unknown", 404, "There is no interview with this id.")
    await _check(session, interview_id, author_id, new)
    what = {
        "seq": new.seq,
        "kind": new.kind,
        "text": new.text,
        "transcript_id": new.quoted and new.quoted.transcript_id,
        "quote_start": new.quoted and new.quoted.start,
        "quote_end": new.quoted and new.quoted.end,
        "removed": new.removed,
    }
    insert = postgresql.insert(Marker).values(
        interview_id=interview_id,
        author_id=author_id,
        key=new.key,
        at=_within(new.at, interview),
        **what,
    )
    await session.execute(
        insert.on_conflict_do_update(
            index_elements=["interview_id", "author_id", "key"],
            set_=what,
            where=Marker.seq < new.seq,
        )
    )
    (stands,) = await _find(session, interview_id, author_id=author_id, key=new.key)
    return stands


async def of_interview(session: AsyncSession, interview_id: int) -> tuple[MarkerView, ...]:
    """Everybody's, in the order of their time, without those that were taken back. Who may see them is
    `central.interview.reveal`'s to say.
    """
    return tuple(one for one in await _find(session, interview_id) if not one.removed)


async def _find(
    session: AsyncSession, interview_id: int, *, author_id: int | None = None, key: str = ""
) -> tuple[MarkerView, ...]:
    query = (
        select(Marker, User, Transcript)
        .join(User, User.id == Marker.author_id)
        .outerjoin(Transcript, Transcript.id == Marker.transcript_id)
        .where(Marker.interview_id == interview_id)
        .order_by(Marker.at, Marker.id)
        .execution_options(populate_existing=True)
    )
    if author_id is not None:
        query = query.where(Marker.author_id == author_id, Marker.key == key)
    return tuple(_view(*row) for row in (await session.execute(query)).all())


async def _check(session: AsyncSession, interview_id: int, author_id: int, new: NewMarker) -> None:
    sound = _KEY.fullmatch(new.key) is not None and 0 < new.seq <= MOST_SEQ
    if not sound or new.kind not in MARKER_KINDS or len(new.text) > LONGEST_TEXT:
        raise Refused("marker_invalid", 422, "A marker has a kind and at most 4000 characters.")
    if new.quoted is not None:
        await _check_quote(session, interview_id, new.quoted)
    count = await session.scalar(
        select(func.count()).where(
            Marker.interview_id == interview_id,
            Marker.author_id == author_id,
            Marker.key != new.key,
        )
    )
    if (count or 0) >= MOST:
        raise Refused("marker_many", 409, f"At most {MOST} markers of one person are kept.")


async def _check_quote(session: AsyncSession, interview_id: int, quoted: Quoted) -> None:
    row = await session.get(Transcript, quoted.transcript_id)
    there = row is not None and row.interview_id == interview_id
    whole = quoted.start is None and quoted.end is None
    inside = (
        there
        and row is not None
        and quoted.start is not None
        and quoted.end is not None
        and 0 <= quoted.start < quoted.end <= len(row.text)
    )
    if not there or not (whole or inside):
        raise Refused("marker_invalid", 422, "A note quotes words of this interview's transcript.")


def _within(at: datetime, interview: Interview) -> datetime:
    latest = interview.end_time or datetime.now(UTC)
    earliest = interview.start_time or latest
    return max(earliest, min(at, latest))


def _view(row: Marker, who: User, said: Transcript | None) -> MarkerView:
    return MarkerView(
        key=row.key,
        seq=row.seq,
        kind=row.kind,
        at=row.at,
        text=row.text,
        quote="" if said is None else said.text[row.quote_start : row.quote_end],
        transcript_id=row.transcript_id,
        start=row.quote_start,
        end=row.quote_end,
        turn_id=None if said is None else said.turn_id,
        author_id=who.id,
        author=who.full_name or who.username,
        removed=row.removed,
    )
