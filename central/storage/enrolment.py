"""Tokens and certificates of rooms' agents. Rows are locked while a decision over them is made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from central.storage.pool import Connection


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token, locked until the transaction ends."""

    row_id: int
    room_id: int
    room_code: str
    room_is_active: bool
    secret_sha256: str
    expires_at: datetime
    agent_uuid: str | None
    key_sha256: str | None


@dataclass(frozen=True, slots=True)
class AgentStanding:
    """An agent, locked until the transaction ends, with the newest of its certificates. `revoked` says
    why; empty: it is not.
    """

    agent_id: int
    uuid: str
    room_id: int
    room_code: str
    revoked: str
    stepped_back: bool
    recoveries: int
    generation: int
    key_sha256: str
    certificate: str
    not_after: datetime


@dataclass(frozen=True, slots=True)
class CertificateRow:
    """A certificate that was issued here."""

    agent_uuid: str
    room_code: str
    generation: int
    key_sha256: str
    not_after: datetime


@dataclass(frozen=True, slots=True)
class NewCertificate:
    """To be remembered. `certificate` is PEM, `serial` hexadecimal; `origin` is file, token, renewal or
    recovery.
    """

    generation: int
    serial: str
    key_sha256: str
    certificate: str
    not_after: datetime
    origin: str


async def insert_token(  # noqa: PLR0917 - a row
    conn: Connection,
    room_code: str,
    token_id: str,
    secret_sha256: str,
    minutes: int,
    created_by: int | None,
) -> datetime | None:
    """Stores a token for a room; until when it is good, or None where there is no such active room.
    The room's older open tokens end.
    """
    await end_tokens(conn, room_code)
    cursor = await conn.execute(
        "insert into enrolment_tokens (token_id, room_id, secret_sha256, expires_at, created_by)"
        " select %s, id, %s, now() + make_interval(mins => %s), %s from rooms"
        " where code = %s and is_active returning expires_at",
        (token_id, secret_sha256, minutes, created_by, room_code),
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def end_tokens(conn: Connection, room_code: str) -> None:
    """The room's open tokens are good for nobody any more."""
    await conn.execute(
        "update enrolment_tokens t set expires_at = now() from rooms r where r.id = t.room_id"
        " and r.code = %s and t.used_at is null and t.expires_at > now()",
        (room_code,),
    )


async def any_open_token(conn: Connection) -> bool:
    """Whether anybody is expected (a used token still answers its own key until it ends)."""
    cursor = await conn.execute(
        "select exists (select from enrolment_tokens where expires_at > now())"
    )
    row = await cursor.fetchone()
    return row is not None and bool(row[0])


async def lock_token(conn: Connection, token_id: str) -> TokenRow | None:
    """The token with this public part."""
    cursor = await conn.execute(
        "select t.id, r.id, r.code, r.is_active, t.secret_sha256, t.expires_at, a.uuid, t.key_sha256"
        " from enrolment_tokens t join rooms r on r.id = t.room_id"
        " left join agents a on a.id = t.agent_id where t.token_id = %s for update of t",
        (token_id,),
    )
    row = await cursor.fetchone()
    return None if row is None else TokenRow(*row)


async def use_token(conn: Connection, row_id: int, agent_id: int, key_sha256: str) -> None:
    """The token has let this agent in, over this key."""
    await conn.execute(
        "update enrolment_tokens set used_at = now(), agent_id = %s, key_sha256 = %s where id = %s",
        (agent_id, key_sha256, row_id),
    )


async def lock_agent(conn: Connection, room_code: str, uuid: str) -> AgentStanding | None:
    """The agent; None where it was never admitted to this room or has no certificate on record."""
    cursor = await conn.execute(
        "select a.id, a.uuid, r.id, r.code,"
        " case when not r.is_active then 'in a closed room' when a.revoked_at is null then ''"
        "  else coalesce(nullif(s.revoked_why, ''), 'revoked') end,"
        " coalesce(s.stepped_back, false), coalesce(s.recoveries, 0),"
        " c.generation, c.key_sha256, c.certificate, c.not_after"
        " from agents a join rooms r on r.id = a.room_id"
        " join lateral (select * from agent_certificates where agent_id = a.id"
        "  order by generation desc limit 1) c on true"
        " left join agent_standings s on s.agent_id = a.id"
        " where a.uuid = %s and r.code = %s for update of a",
        (uuid, room_code),
    )
    row = await cursor.fetchone()
    return None if row is None else AgentStanding(*row)


async def find_certificate(conn: Connection, serial: str) -> CertificateRow | None:
    """The certificate with this serial number (hexadecimal)."""
    cursor = await conn.execute(
        "select a.uuid, r.code, c.generation, c.key_sha256, c.not_after"
        " from agent_certificates c join agents a on a.id = c.agent_id"
        " join rooms r on r.id = a.room_id where c.serial = %s",
        (serial,),
    )
    row = await cursor.fetchone()
    return None if row is None else CertificateRow(*row)


async def steps_behind(conn: Connection, serial: str) -> int:
    """How many certificates its agent got after this one; 0 for one that is in no register."""
    cursor = await conn.execute(
        "select (select max(generation) from agent_certificates n where n.agent_id = c.agent_id)"
        " - c.generation from agent_certificates c where c.serial = %s",
        (serial,),
    )
    row = await cursor.fetchone()
    return 0 if row is None else int(row[0])


async def insert_certificate(conn: Connection, agent_id: int, new: NewCertificate) -> None:
    """Remembers a certificate that was issued."""
    await conn.execute(
        "insert into agent_certificates"
        " (agent_id, generation, serial, key_sha256, certificate, not_after, origin)"
        " values (%s, %s, %s, %s, %s, %s, %s)",
        (
            agent_id,
            new.generation,
            new.serial,
            new.key_sha256,
            new.certificate,
            new.not_after,
            new.origin,
        ),
    )


async def save_standing(
    conn: Connection, agent_id: int, *, stepped_back: bool, recoveries: int
) -> None:
    """What is remembered beside a new certificate; it lets a revoked agent in again."""
    await conn.execute(
        "insert into agent_standings (agent_id, stepped_back, recoveries) values (%s, %s, %s)"
        " on conflict (agent_id) do update set stepped_back = excluded.stepped_back,"
        " recoveries = excluded.recoveries, revoked_why = ''",
        (agent_id, stepped_back, recoveries),
    )
    await conn.execute("update agents set revoked_at = null where id = %s", (agent_id,))
