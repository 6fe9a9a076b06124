"""Keys of interviews and documents, as the database has them: wrapped by a site key, or destroyed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, LiteralString

from psycopg import sql

from central.storage.pool import Connection
from central.storage.sealing import LANDED_INTERVIEWS

_KEYS: Final = {
    "interview": sql.SQL("interview_keys"),
    "document": sql.SQL("documents"),
}
_SUBJECT: Final[dict[str, LiteralString]] = {"interview": "interview_id", "document": "name"}


@dataclass(frozen=True, slots=True)
class StoredKey:
    """A wrapped key; `sealed` None: destroyed."""

    sealed: bytes | None
    site_key_id: str


@dataclass(frozen=True, slots=True)
class Held:
    """A key that is still there. `subject` is what it is bound to: "interview:7", "document:NAME"."""

    subject: str
    sealed: bytes
    site_key_id: str


async def key_of(conn: Connection, interview_id: int) -> StoredKey | None:
    """The interview's wrapped key; None where it never had one."""
    cursor = await conn.execute(
        "select wrapped, site_key_id from interview_keys where interview_id = %s", (interview_id,)
    )
    row = await cursor.fetchone()
    return None if row is None else StoredKey(row[0], row[1])


async def add_key(
    conn: Connection, interview_id: int, sealed: bytes, site_key_id: str
) -> StoredKey:
    """Gives the interview this key, unless it has one or had one; the key that it has."""
    await conn.execute(
        "insert into interview_keys (interview_id, wrapped, site_key_id) values (%s, %s, %s)"
        " on conflict (interview_id) do nothing",
        (interview_id, sealed, site_key_id),
    )
    stored = await key_of(conn, interview_id)
    assert stored is not None
    return stored


async def site_keys_used(conn: Connection) -> dict[str, int]:
    """Site key id to how many keys it wraps."""
    cursor = await conn.execute(
        "select site_key_id, count(*) from ("
        " select site_key_id from interview_keys where wrapped is not null"
        " union all select site_key_id from documents where wrapped is not null"
        "  and kind <> 'arriving') held"
        " group by site_key_id order by site_key_id"
    )
    return {row[0]: row[1] for row in await cursor.fetchall()}


async def not_wrapped_by(conn: Connection, site_key_id: str, limit: int) -> list[Held]:
    """At most `limit` keys that another site key wraps."""
    cursor = await conn.execute(
        "select 'interview:' || interview_id, wrapped, site_key_id from interview_keys"
        " where wrapped is not null and site_key_id <> %(id)s"
        " union all select 'document:' || name, wrapped, site_key_id from documents"
        " where wrapped is not null and kind <> 'arriving' and site_key_id <> %(id)s limit %(limit)s",
        {"id": site_key_id, "limit": limit},
    )
    return [Held(*row) for row in await cursor.fetchall()]


async def rewrap(conn: Connection, held: Held, sealed: bytes, site_key_id: str) -> bool:
    """Replaces a wrapped key by the same key under another site key; False where it was changed or
    destroyed meanwhile.
    """
    what, _, which = held.subject.partition(":")
    cursor = await conn.execute(
        sql.SQL(
            "update {} set wrapped = %s, site_key_id = %s where {}::text = %s and wrapped = %s"
        ).format(_KEYS[what], sql.SQL(_SUBJECT[what])),
        (sealed, site_key_id, which, held.sealed),
    )
    return cursor.rowcount == 1


async def file_names(conn: Connection) -> set[str]:
    """Every file of the media store that the database knows of."""
    cursor = await conn.execute(
        "select name from sealed_parts union all select name from documents"
        " union all select name from videos"
    )
    return {row[0] for row in await cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Standing:
    """How much is sealed. `waiting`: finished interviews of which records lie in the landing table."""

    interviews: int
    parts: int
    size_bytes: int
    documents: int
    erased: int
    waiting: int


async def standing(conn: Connection) -> Standing:
    """How the vault stands."""
    cursor = await conn.execute(
        sql.SQL(
            "{} select"
            " (select count(distinct interview_id) from sealed_parts where sealed_at is not null),"
            " (select count(*) from sealed_parts where sealed_at is not null),"
            " (select coalesce(sum(size_bytes), 0)::bigint from sealed_parts),"
            " (select count(*) from documents where wrapped is not null),"
            " (select count(*) from erasures),"
            " (select count(*) from landed join interviews i on i.id = landed.id"
            "  where i.status in ('completed', 'cancelled') and not exists ("
            "   select 1 from sealed_parts p where p.interview_id = i.id"
            "   and p.sealed_at is not null))"
        ).format(LANDED_INTERVIEWS)
    )
    row = await cursor.fetchone()
    assert row is not None
    return Standing(*row)
