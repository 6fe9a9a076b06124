"""Rows of sealed documents: résumés and uploads. What they are called and hold is in the vault only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from psycopg.types.json import Jsonb

from central.storage.pool import Connection

ARRIVING: Final = "arriving"
"""The kind of a résumé whose key the upload key wraps; `RESUME` when the site key does."""
RESUME: Final = "resume"


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document that is there. `sha256` is over its bytes; `size_bytes` is theirs."""

    id: int
    name: str
    interview_id: int | None
    candidate_id: int | None
    kind: str
    size_bytes: int
    sha256: bytes
    sealed: bytes
    site_key_id: str


async def begin(  # noqa: PLR0917 - the columns, in their order
    conn: Connection,
    name: str,
    kind: str,
    interview_id: int | None,
    candidate_id: int | None,
    sealed: bytes,
    site_key_id: str,
) -> int:
    """Notes that a document is about to be written; its id."""
    cursor = await conn.execute(
        "insert into documents (name, kind, interview_id, candidate_id, wrapped, site_key_id)"
        " values (%s, %s, %s, %s, %s, %s) returning id",
        (name, kind, interview_id, candidate_id, sealed, site_key_id),
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def finish(conn: Connection, document_id: int, size_bytes: int, sha256: bytes) -> bool:
    """It is there whole; False where it was destroyed meanwhile."""
    cursor = await conn.execute(
        "update documents set size_bytes = %s, sha256 = %s, sealed_at = now()"
        " where id = %s and wrapped is not null",
        (size_bytes, sha256, document_id),
    )
    return cursor.rowcount == 1


async def get(conn: Connection, document_id: int) -> DocumentRow | None:
    """A document that can be read; None where there is none, or no longer."""
    found = await _rows(conn, document_id, arriving=True)
    return found[0] if found else None


async def readable(conn: Connection) -> list[DocumentRow]:
    """Every document that can be read with the site key."""
    return await _rows(conn, None, arriving=False)


async def arrived(conn: Connection) -> list[DocumentRow]:
    """Résumés that were read, and whose keys the upload key still wraps."""
    cursor = await conn.execute(
        "select d.id, d.name, d.interview_id, d.candidate_id, d.kind, d.size_bytes, d.sha256,"
        " d.wrapped, d.site_key_id from documents d join resumes r on r.document_id = d.id"
        " where d.kind = 'arriving' and r.state = 'read' and d.wrapped is not null order by d.id"
    )
    return [DocumentRow(*row) for row in await cursor.fetchall()]


async def keep(conn: Connection, row: DocumentRow, sealed: bytes, site_key_id: str) -> bool:
    """From now on the site key wraps it; False where it was destroyed meanwhile."""
    cursor = await conn.execute(
        "update documents set wrapped = %s, site_key_id = %s, kind = %s"
        " where id = %s and wrapped = %s",
        (sealed, site_key_id, RESUME, row.id, row.sealed),
    )
    return cursor.rowcount == 1


async def _rows(conn: Connection, document_id: int | None, *, arriving: bool) -> list[DocumentRow]:
    cursor = await conn.execute(
        "select id, name, interview_id, candidate_id, kind, size_bytes, sha256, wrapped,"
        " site_key_id from documents where sealed_at is not null and wrapped is not null"
        " and (%(id)s::bigint is null or id = %(id)s)"
        " and (%(arriving)s or kind <> 'arriving') order by id",
        {"id": document_id, "arriving": arriving},
    )
    return [DocumentRow(*row) for row in await cursor.fetchall()]


async def destroy(conn: Connection, document_id: int, actor_id: int | None) -> str | None:
    """Destroys the document's key, with an audit entry; the name of the file that nobody can read any
    more, None where there is no such document. One transaction: the caller's.
    """
    cursor = await conn.execute(
        "update documents set wrapped = null, destroyed_at = now()"
        " where id = %s and wrapped is not null returning name",
        (document_id,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    await conn.execute(
        "insert into audit_log (actor_id, action, subject, detail) values (%s, %s, %s, %s)",
        (actor_id, "document.destroy", f"document:{document_id}", Jsonb({})),
    )
    return str(row[0])


async def leftovers(conn: Connection) -> list[tuple[int, str]]:
    """Documents whose files may go: destroyed alone (not with an interview, whose erasure sees to
    them), or begun more than a day ago and never finished. (id, name).
    """
    cursor = await conn.execute(
        "select d.id, d.name from documents d where (d.destroyed_at is not null"
        "  and not exists (select 1 from erasures e where e.interview_id = d.interview_id))"
        " or (d.sealed_at is null and d.created_at < now() - interval '1 day')"
    )
    return await cursor.fetchall()


async def forget(conn: Connection, document_id: int) -> None:
    """Its file is gone: its name goes too."""
    await conn.execute("delete from documents where id = %s", (document_id,))
