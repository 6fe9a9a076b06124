"""How long interviews are kept: which are to be erased as their day has come, and which are held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.storage import audit, erasure, interviews
from central.storage.erasure import Erased
from central.storage.pool import Connection
from central.storage.tables import Interview, User

FINISHED: Final = ("completed", "cancelled")
LONGEST_REASON: Final = 500


@dataclass(frozen=True, slots=True)
class Hold:
    """Why an interview is not erased, said by whom (a username), and since when."""

    interview_id: int
    reason: str
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """An interview that is erased on `until`, where it is finished by then and not held."""

    interview_id: int
    until: date
    status: str
    held_reason: str | None


def site_day(now: datetime) -> date:
    """The day by the site's calendar: of the time zone that central runs in."""
    return now.astimezone().date()


async def due(conn: Connection, today: date, most: int) -> list[int]:
    """At most so many finished interviews whose day has come and that nobody holds, the oldest first."""
    cursor = await conn.execute(
        "select id from interviews where kept_until <= %s and held_at is null"
        " and status = any(%s) order by kept_until, id limit %s",
        (today, list(FINISHED), most),
    )
    return [row[0] for row in await cursor.fetchall()]


async def overdue(conn: Connection, today: date) -> dict[str, int]:
    """Interviews that are there though their day has come: "held", "unfinished" or "due"."""
    cursor = await conn.execute(
        "select case when held_at is not null then 'held'"
        " when status = any(%s) then 'due' else 'unfinished' end, count(*)"
        " from interviews where kept_until <= %s group by 1",
        (list(FINISHED), today),
    )
    return {"held": 0, "unfinished": 0, "due": 0} | dict(await cursor.fetchall())


async def erase_due(session: AsyncSession, interview_id: int, today: date) -> Erased | None:
    """Erase it, as `erasure` does; the caller commits. None where it is not to be erased (any more): its
    day is another, somebody holds it, it is not finished, or it is gone.
    """
    query = select(Interview).where(Interview.id == interview_id).with_for_update()
    row = (await session.scalars(query)).one_or_none()
    if row is None or row.kept_until is None or row.kept_until > today:
        return None
    if row.held_at is not None or row.status not in FINISHED:
        return None
    return await erasure.erase(session, interview_id, actor_id=None, kept_until=row.kept_until)


async def hold(
    session: AsyncSession, interview_id: int, reason: str, *, actor_id: int | None
) -> Hold:
    """Keep it until it is released, whatever its day; said again, the reason is another one.

    Raises `Refused`: interview_unknown, hold_reason.
    """
    row = await interviews.locked(session, interview_id)
    said = " ".join(reason.split())
    if not 1 <= len(said) <= LONGEST_REASON:
        raise Refused("hold_reason", 422, "Give a reason of 1 to 500 characters.")
    row.held_at, row.held_by, row.held_reason = func.now(), actor_id, said
    _note(session, actor_id, "interview.hold", interview_id, {"reason": said})
    await session.flush()
    found = await find_hold(session, interview_id)
    assert found is not None
    return found


async def release(session: AsyncSession, interview_id: int, *, actor_id: int | None) -> None:
    """From now on its day counts again; where that is over, it is erased within minutes.

    Raises `Refused`: interview_unknown, interview_not_held.
    """
    row = await interviews.locked(session, interview_id)
    if row.held_at is None:
        raise Refused("interview_not_held", 404, "Nobody holds this interview.")
    was = {"reason": row.held_reason, "since": row.held_at.isoformat()}
    row.held_at = row.held_by = row.held_reason = None
    _note(session, actor_id, "interview.release", interview_id, was)
    await session.flush()


async def find_hold(session: AsyncSession, interview_id: int) -> Hold | None:
    """The hold on it; None where there is none, or no such interview."""
    query = (
        select(Interview.id, Interview.held_reason, User.username, Interview.held_at)
        .outerjoin(User, User.id == Interview.held_by)
        .where(Interview.id == interview_id)
    )
    row = (await session.execute(query)).one_or_none()
    if row is None or row.held_at is None:
        return None
    return Hold(row.id, row.held_reason or "", row.username, row.held_at)


async def coming(session: AsyncSession, until: date, limit: int) -> list[Kept]:
    """What is erased by this day, and what would be but for a hold: the soonest first."""
    query = (
        select(Interview.id, Interview.kept_until, Interview.status, Interview.held_reason)
        .where(Interview.kept_until <= until)
        .order_by(Interview.kept_until, Interview.id)
        .limit(limit)
    )
    rows = (await session.execute(query)).all()
    return [Kept(number, day, status, why) for number, day, status, why in rows if day is not None]


def _note(
    session: AsyncSession,
    actor_id: int | None,
    action: str,
    interview_id: int,
    detail: dict[str, str | None],
) -> None:
    subject = f"interview:{interview_id}"
    audit.write(session, actor_id=actor_id, action=action, subject=subject, detail=detail)
