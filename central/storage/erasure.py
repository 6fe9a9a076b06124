"""An interview is erased: its keys destroyed and its rows deleted, in one transaction with the tombstone
and the audit entry. Sealed files, which nobody can read from then on, are deleted after it.

The candidate's account is not part of an interview and stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from psycopg import sql
from sqlalchemy import CursorResult, Table, delete, func, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.storage import audit, interviews
from central.storage.pool import Connection
from central.storage.sealing import LANDED_INTERVIEWS
from central.storage.tables import (
    Base,
    ConsentGiven,
    Document,
    Erasure,
    Interview,
    InterviewKey,
    Quarantine,
    SealedPart,
    Video,
)

OUTLIVES: Final = frozenset(
    {"interview_keys", "sealed_parts", "sealed_spans", "documents", "erasures", "videos"}
)
"""Tables that name the interview and stay: graves of keys, names of files that are yet to be deleted,
the tombstone. Of every other table with an `interview_id`, the interview's rows are deleted.
"""

_LATE: Final = ("score_windows", "emotion_seconds", "records")
"""What a gateway fills; its last are what is counted."""


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased: rows by table. `files`: sealed files that are to be deleted now."""

    interview_id: int
    rows: dict[str, int]
    files: int


def erased_tables() -> list[Table]:
    """Those whose rows go, dependents first."""
    return [
        table
        for table in reversed(Base.metadata.sorted_tables)
        if "interview_id" in table.c and table.name not in OUTLIVES
    ]


async def erase(
    session: AsyncSession,
    interview_id: int,
    *,
    actor_id: int | None,
    unfinished: bool = False,
    kept_until: date | None = None,
) -> Erased:
    """Destroy the interview's keys and delete its rows. The caller commits. `kept_until`: the day that
    has come, where nobody but the calendar asks for it.

    Raises `Refused`: interview_unknown 404; interview_held 409; interview_not_finished 409 where it is
    scheduled or live and `unfinished` is not set.
    """
    row = await interviews.locked(session, interview_id)
    if row.status in {"scheduled", "live"} and not unfinished:
        raise Refused(
            "interview_not_finished", 409, "End or cancel the interview first; then erase it."
        )
    if row.held_at is not None:
        raise Refused("interview_held", 409, "The interview is held: release it first.")
    consent = await _consent(session, interview_id)
    await _destroy_keys(session, interview_id)
    files = await _files(session, interview_id)
    rows = {table.name: await _empty(session, table, interview_id) for table in erased_tables()}
    rows["quarantine"] = await _count(
        session, delete(Quarantine).where(Quarantine.interview_ref == str(interview_id))
    )
    await session.execute(delete(Interview).where(Interview.id == interview_id))
    there = {name: count for name, count in rows.items() if count}
    what: dict[str, Any] = {"rows": there, "files": files}
    if kept_until is not None:
        what["kept_until"] = kept_until.isoformat()
    session.add(
        Erasure(interview_id=interview_id, erased_by=actor_id, what={**what, "consent": consent})
    )
    audit.write(
        session,
        actor_id=actor_id,
        action="interview.erase",
        subject=f"interview:{interview_id}",
        detail=what,
    )
    await session.flush()
    return Erased(interview_id, there, files)


async def purge_late(conn: Connection) -> int:
    """Deletes what landed of erased interviews since: from then on a gateway refuses it, but one that
    was in the midst of a commit may not have known. How many records.
    """
    cursor = await conn.execute(
        sql.SQL("{} select landed.id from landed join erasures e on e.interview_id = landed.id")
        .format(LANDED_INTERVIEWS)
    )  # fmt: skip
    late = [row[0] for row in await cursor.fetchall()]
    count = 0
    for table in map(sql.Identifier, _LATE if late else ()):
        cursor = await conn.execute(
            sql.SQL("delete from {} where interview_id = any(%s)").format(table), (late,)
        )
        count = cursor.rowcount
    await conn.execute(
        "delete from quarantine q using erasures e where q.interview_ref = e.interview_id::text"
    )
    return count


async def files_to_delete(conn: Connection) -> dict[int, list[str]]:
    """Erased interviews to the names of sealed files that may still lie in the store."""
    cursor = await conn.execute(
        "select e.interview_id, coalesce(array_agg(f.name) filter (where f.name is not null), '{}')"
        " from erasures e left join (select interview_id, name from sealed_parts"
        "  union all select interview_id, name from documents"
        "  union all select interview_id, name from videos) f on f.interview_id = e.interview_id"
        " where e.files_deleted_at is null group by e.interview_id order by e.interview_id"
    )
    return {row[0]: row[1] for row in await cursor.fetchall()}


async def files_deleted(conn: Connection, interview_id: int) -> None:
    """The interview's files are gone: their names go too."""
    async with conn.transaction():
        for statement in (
            "delete from sealed_spans where interview_id = %s",
            "delete from sealed_parts where interview_id = %s",
            "delete from documents where interview_id = %s",
            "delete from videos where interview_id = %s",
            "update erasures set files_deleted_at = now() where interview_id = %s",
        ):
            await conn.execute(statement, (interview_id,))


async def _consent(session: AsyncSession, interview_id: int) -> list[dict[str, Any]]:
    """That consent was given, and to which notice: a fact about the site, not about a person."""
    query = select(ConsentGiven).where(ConsentGiven.interview_id == interview_id)
    return [
        {
            "notice": one.notice_version,
            "recording": one.recording,
            "scoring": one.ai_scoring,
            "emotion": one.emotion,
        }
        for one in (await session.scalars(query)).all()
    ]


async def _destroy_keys(session: AsyncSession, interview_id: int) -> None:
    """A grave also where there was no key yet: a sealer at work gets none any more."""
    grave = {"wrapped": None, "destroyed_at": func.now()}
    await session.execute(
        postgresql.insert(InterviewKey)
        .values(interview_id=interview_id, site_key_id="", **grave)
        .on_conflict_do_update(index_elements=["interview_id"], set_=grave)
    )
    await session.execute(
        update(Document).where(Document.interview_id == interview_id).values(**grave)
    )
    await session.execute(
        update(Video)
        .where(Video.interview_id == interview_id)
        .values(wrapped=None, state="refused", code="erased", why="", sha256=None)
    )


async def _files(session: AsyncSession, interview_id: int) -> int:
    total = 0
    for table in (SealedPart, Document, Video):
        query = select(func.count()).where(table.interview_id == interview_id)
        total += int(await session.scalar(query) or 0)
    return total


async def _empty(session: AsyncSession, table: Table, interview_id: int) -> int:
    return await _count(session, delete(table).where(table.c.interview_id == interview_id))


async def _count(session: AsyncSession, statement: Any) -> int:
    done = await session.execute(statement)
    assert isinstance(done, CursorResult)
    return done.rowcount
