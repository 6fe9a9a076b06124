"""The fleet as the steward sees it: facts for the rules, and alarms that the rules raise and clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from psycopg.types.json import Jsonb

from central.health.damping import Key
from central.health.facts import AgentFacts, Problem, Severity
from central.storage.alarms import clear_alarm, raise_alarm
from central.storage.pool import Connection


async def facts(conn: Connection) -> list[AgentFacts]:
    """The agent that speaks for each active room: a connected one first, else the last seen. Rooms that
    never had one are left out.
    """
    cursor = await conn.execute(
        "select distinct on (r.id) r.id, a.connected, a.last_seen, a.version, a.health"
        " from rooms r join agents a on a.room_id = r.id"
        " where r.is_active and a.revoked_at is null"
        " order by r.id, a.connected desc, a.last_seen desc nulls last, a.id desc"
    )
    return [AgentFacts(*row) for row in await cursor.fetchall()]


async def open_alarms(conn: Connection, kinds: Sequence[str]) -> dict[Key, Severity]:
    """Open alarms of rooms, of these kinds."""
    cursor = await conn.execute(
        "select room_id, kind, detail ->> 'severity' from alarms"
        " where cleared_at is null and room_id is not null and kind = any(%s)",
        (list(kinds),),
    )
    rows = await cursor.fetchall()
    return {(row[0], row[1]): _severity(row[2]) for row in rows}


async def job_figures(conn: Connection) -> list[tuple[str, str, int, float]]:
    """Jobs that are not done: kind, state, how many, and the age of the oldest in seconds."""
    cursor = await conn.execute(
        "select kind, state, count(*),"
        " extract(epoch from now() - min(created_at))::double precision"
        " from jobs where state <> 'done' group by kind, state order by kind, state"
    )
    return [(kind, state, count, age_s) for kind, state, count, age_s in await cursor.fetchall()]


async def alarm_counts(conn: Connection) -> dict[str, int]:
    """Open alarms by kind, central's own included."""
    cursor = await conn.execute(
        "select kind, count(*) from alarms where cleared_at is null group by kind"
    )
    return {kind: count for kind, count in await cursor.fetchall()}  # noqa: C416 - rows are Any


async def raise_problem(conn: Connection, room_id: int, problem: Problem) -> None:
    """Open its alarm."""
    await raise_alarm(conn, room_id, problem.kind, detail_of(problem))


async def change_problem(conn: Connection, room_id: int, problem: Problem) -> None:
    """Its alarm stands with other figures; that is not another time."""
    await conn.execute(
        "update alarms set detail = %s, last_at = now()"
        " where room_id = %s and kind = %s and cleared_at is null",
        (Jsonb(detail_of(problem)), room_id, problem.kind),
    )


async def clear_problem(conn: Connection, room_id: int, kind: str) -> None:
    """It is over."""
    await clear_alarm(conn, room_id, kind)


def detail_of(problem: Problem) -> dict[str, object]:
    """A problem as its alarm keeps it."""
    return {"severity": problem.severity.name.lower(), **problem.figures}


def problem_of(kind: str, detail: Mapping[str, object]) -> Problem:
    """The other way; alarms that others raised have no severity, and are red."""
    figures = {
        key: value
        for key, value in detail.items()
        if key != "severity" and isinstance(value, int | float | str)
    }
    return Problem(kind, _severity(detail.get("severity")), figures)


def _severity(name: object) -> Severity:
    return Severity.AMBER if name == "amber" else Severity.RED
