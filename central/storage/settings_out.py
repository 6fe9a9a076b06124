"""Remote settings on their way: the steward gives each room that lacks the newest version a command."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from psycopg.types.json import Jsonb

from central.interview.commands import Configure, Setting
from central.storage.alarms import clear_alarm, raise_alarm
from central.storage.pool import Connection

REFUSED = "settings_refused"
"""Kind of the alarm of a room that goes on with its former settings."""

_ROOMS = """\
with wanted as (
    select r.id as room_id, max(c.id) as version
    from rooms r join setting_changes c on c.room_id is null or c.room_id = r.id
    where r.is_active group by r.id
), speaks as (
    select distinct on (a.room_id) a.room_id, a.connected, a.health
    from agents a where a.revoked_at is null
    order by a.room_id, a.connected desc, a.last_seen desc nulls last, a.id desc
), asked as (
    select distinct on (k.room_id) k.room_id, (k.body ->> 'version')::bigint as version, k.state,
        coalesce(k.detail, '') as detail, k.resolved_at
    from room_commands k where k.kind = 'configure' order by k.room_id, k.id desc
)
select w.room_id, w.version, s.connected, (s.health ->> 'settings_version')::numeric,
    k.version, k.detail,
    k.version = w.version and k.state = 'done' and k.resolved_at > now() - interval '1 minute',
    k.state
from wanted w join speaks s on s.room_id = w.room_id left join asked k on k.room_id = w.room_id
where s.health ? 'settings_version'"""
"""`numeric`: a room may tell any number, and one room must not stop the round."""

_VALUES = """\
select distinct on (c.room_id, c.key) c.key, c.value, c.room_id is not null
from setting_changes c where c.id <= %(version)s and (c.room_id is null or c.room_id = %(room)s)
order by c.room_id, c.key, c.id desc"""

_SEND = """\
insert into room_commands (room_id, kind, body, issued_by, expires_at)
select %(room)s, 'configure', %(body)s, c.changed_by, now() + interval '1 day'
from setting_changes c where c.id = %(version)s"""


@dataclass(frozen=True, slots=True)
class _Room:
    """A room that has an agent which knows remote settings, and something set for it."""

    room_id: int
    wanted: int
    connected: bool
    in_force: int
    asked: int | None
    detail: str | None
    just_done: bool | None
    state: str | None

    @property
    def is_due(self) -> bool:
        """A command that expired is given again; one that was refused is not."""
        if not self.connected or self.in_force == self.wanted:
            return False
        if self.asked != self.wanted:
            return True
        return self.state == "expired" or (self.state == "done" and not self.just_done)

    @property
    def is_refused(self) -> bool:
        return (
            self.asked == self.wanted
            and self.in_force != self.wanted
            and self.state in {"refused", "unknown"}
        )


async def send_due(conn: Connection) -> int:
    """Commands for the rooms that lack their newest settings, alarms for those that refused them; how
    many commands. `conn` is in autocommit.
    """
    cursor = await conn.execute(_ROOMS)
    rooms = [_Room(*row) for row in await cursor.fetchall()]
    due = [one for one in rooms if one.is_due]
    for one in due:
        async with conn.transaction():
            await _send(conn, one.room_id, one.wanted)
    await _tell_refusals(conn, {one.room_id: one for one in rooms if one.is_refused})
    return len(due)


def merged(rows: list[tuple[str, Any, bool]]) -> dict[str, str | int]:
    """(key, value, is the room's own) to what counts: the room's own before every room's; None takes a
    value back.
    """
    inner_last = sorted(rows, key=lambda row: row[2])
    return {key: value for key, value, _ in inner_last if value is not None}


async def _send(conn: Connection, room_id: int, version: int) -> None:
    await conn.execute(
        "update room_commands set state = 'expired', resolved_at = now(),"
        " detail = 'newer settings took its place'"
        " where room_id = %s and kind = 'configure' and state = 'open'",
        (room_id,),
    )
    given = {"room": room_id, "version": version}
    cursor = await conn.execute(_VALUES, given)
    values = merged(await cursor.fetchall())
    cursor = await conn.execute(
        "select coalesce(u.full_name, u.username, 'central') from setting_changes c"
        " left join users u on u.id = c.changed_by where c.id = %s",
        (version,),
    )
    (name,) = await cursor.fetchone() or ("central",)
    body = Configure(version, str(name), tuple(Setting(*one) for one in sorted(values.items())))
    await conn.execute(_SEND, given | {"body": Jsonb(msgspec.to_builtins(body))})


async def _tell_refusals(conn: Connection, refused: dict[int, _Room]) -> None:
    cursor = await conn.execute(
        "select room_id, detail -> 'version' from alarms where kind = %s and cleared_at is null",
        (REFUSED,),
    )
    stands = {row[0]: row[1] for row in await cursor.fetchall()}
    for room_id, one in refused.items():
        if stands.get(room_id) != one.wanted:
            told = {"severity": "amber", "version": one.wanted, "detail": one.detail or ""}
            await raise_alarm(conn, room_id, REFUSED, told)
    for room_id in stands.keys() - refused.keys():
        await clear_alarm(conn, room_id, REFUSED)
