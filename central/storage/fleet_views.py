"""The rooms as machines, and what is wrong with them, for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from central.errors import Refused
from central.health.facts import AgentFacts, Problem, RoomState, Severity
from central.health.rules import ALARMS, newest, problems, state_of
from central.health.thresholds import Thresholds
from central.storage import audit
from central.storage.fleet import problem_of
from central.storage.tables import Agent, Alarm, Room, User

OFTEN = timedelta(days=1)
"""How far back the same alarm counts."""


@dataclass(frozen=True, slots=True)
class FleetRoom:
    """One room. `problems` as its last heartbeat says, undamped; `alarms` counts those that are open."""

    id: int
    code: str
    name: str
    state: RoomState
    problems: tuple[Problem, ...]
    connected: bool
    last_seen: datetime | None
    version: str
    capabilities: Mapping[str, Any]
    health: Mapping[str, Any]
    alarms: int


@dataclass(frozen=True, slots=True)
class AlarmView:
    """One alarm. `room_code` None: central itself. `day_times`: how often this kind was raised in this
    room within a day; `by_rules`: it clears itself, else a person does.
    """

    id: int
    room_code: str | None
    room_name: str | None
    problem: Problem
    times: int
    day_times: int
    raised_at: datetime
    last_at: datetime
    cleared_at: datetime | None
    seen_by: str | None
    seen_at: datetime | None
    by_rules: bool


async def rooms(
    session: AsyncSession, limits: Thresholds, *, now: datetime | None = None
) -> tuple[FleetRoom, ...]:
    """Every active room by name."""
    found = await session.scalars(select(Room).where(Room.is_active).order_by(Room.name, Room.id))
    agents = await _agents(session)
    version = newest(agent.version for agent in agents.values())
    counts = await _counts(session)
    at = now or datetime.now(UTC)
    return tuple(
        _room(one, agents.get(one.id), version, at, limits, open_alarms=counts.get(one.id, 0))
        for one in found.all()
    )


async def room(session: AsyncSession, code: str, limits: Thresholds) -> FleetRoom:
    """One room. Raises `Refused` (room_unknown)."""
    for one in await rooms(session, limits):
        if one.code == code:
            return one
    raise Refused("room_unknown", 404, "There is no active room with this code.")


async def unfit(session: AsyncSession, limits: Thresholds) -> frozenset[str]:
    """Codes of connected rooms in which an interview would fail."""
    return frozenset(
        one.code
        for one in await rooms(session, limits)
        if one.connected
        and any(each.severity is Severity.RED for each in one.problems)
        and all(each.kind != "agent_away" for each in one.problems)
    )


async def alarms(
    session: AsyncSession, *, room_code: str | None = None, open_only: bool = True, limit: int = 200
) -> tuple[AlarmView, ...]:
    """The newest first; those of one room, or of all and of central itself."""
    person = aliased(User)
    again = aliased(Alarm)
    query = (
        select(Alarm, Room.code, Room.name, func.coalesce(person.full_name, person.username))
        .add_columns(
            select(func.coalesce(func.sum(again.times), 0))
            .where(
                again.room_id.is_not_distinct_from(Alarm.room_id),
                again.kind == Alarm.kind,
                again.raised_at > datetime.now(UTC) - OFTEN,
            )
            .scalar_subquery()
        )
        .outerjoin(Room, Room.id == Alarm.room_id)
        .outerjoin(person, person.id == Alarm.acknowledged_by)
        .order_by(Alarm.cleared_at.desc().nulls_first(), Alarm.id.desc())
        .limit(limit)
    )
    wanted: list[ColumnElement[bool]] = []
    if open_only:
        wanted.append(Alarm.cleared_at.is_(None))
    if room_code is not None:
        wanted.append(Room.code == room_code)
    return tuple(_alarm(*row) for row in (await session.execute(query.where(*wanted))).all())


async def acknowledge(session: AsyncSession, alarm_id: int, *, actor_id: int) -> str | None:
    """Somebody has seen it; its room's code. The caller commits. Raises `Refused` (alarm_unknown)."""
    alarm, code = await _one(session, alarm_id)
    alarm.acknowledged_at, alarm.acknowledged_by = datetime.now(UTC), actor_id
    _note(session, "alarm.see", alarm, actor_id)
    return code


async def close(session: AsyncSession, alarm_id: int, *, actor_id: int) -> str | None:
    """A person says that it is over; its room's code. The caller commits.

    Raises `Refused`: alarm_unknown, alarm_clears_itself.
    """
    alarm, code = await _one(session, alarm_id)
    if alarm.kind in ALARMS:
        raise Refused(
            "alarm_clears_itself", 409, "This alarm closes by itself when its reason is over."
        )
    alarm.cleared_at, alarm.cleared_by = datetime.now(UTC), actor_id
    _note(session, "alarm.close", alarm, actor_id)
    return code


async def _one(session: AsyncSession, alarm_id: int) -> tuple[Alarm, str | None]:
    query = (
        select(Alarm, Room.code)
        .outerjoin(Room, Room.id == Alarm.room_id)
        .where(Alarm.id == alarm_id, Alarm.cleared_at.is_(None))
        .with_for_update(of=Alarm)
    )
    row = (await session.execute(query)).one_or_none()
    if row is None:
        raise Refused("alarm_unknown", 404, "There is no open alarm with this id.")
    return row[0], row[1]


def _note(session: AsyncSession, action: str, alarm: Alarm, actor_id: int) -> None:
    subject = f"alarm:{alarm.id}"
    audit.write(
        session, actor_id=actor_id, action=action, subject=subject, detail={"kind": alarm.kind}
    )


async def _agents(session: AsyncSession) -> dict[int, Agent]:
    """The agent that speaks for each room: a connected one first, else the last seen."""
    query = (
        select(Agent)
        .where(Agent.revoked_at.is_(None))
        .order_by(Agent.connected, Agent.last_seen.asc().nulls_first(), Agent.id)
    )
    return {agent.room_id: agent for agent in (await session.scalars(query)).all()}


async def _counts(session: AsyncSession) -> dict[int, int]:
    query = (
        select(Alarm.room_id, func.count())
        .where(Alarm.cleared_at.is_(None), Alarm.room_id.is_not(None))
        .group_by(Alarm.room_id)
    )
    rows = (await session.execute(query)).all()
    return {room_id: count for room_id, count in rows if room_id is not None}


def _room(
    found: Room,
    agent: Agent | None,
    version: str,
    now: datetime,
    limits: Thresholds,
    *,
    open_alarms: int,
) -> FleetRoom:
    facts = None
    if agent is not None:
        seen = agent.last_seen
        facts = AgentFacts(found.id, agent.connected, seen, agent.version, agent.health)
    told = problems(facts, version, now, limits)
    return FleetRoom(
        id=found.id,
        code=found.code,
        name=found.name,
        state=state_of(facts, told),
        problems=told,
        connected=agent is not None and agent.connected,
        last_seen=None if agent is None else agent.last_seen,
        version="" if agent is None else agent.version,
        capabilities={} if agent is None else agent.capabilities,
        health={} if agent is None else agent.health,
        alarms=open_alarms,
    )


def _alarm(
    alarm: Alarm, code: str | None, name: str | None, seen_by: str | None, day_times: int
) -> AlarmView:
    return AlarmView(
        id=alarm.id,
        room_code=code,
        room_name=name,
        problem=problem_of(alarm.kind, alarm.detail),
        times=alarm.times,
        day_times=int(day_times),
        raised_at=alarm.raised_at,
        last_at=alarm.last_at,
        cleared_at=alarm.cleared_at,
        seen_by=seen_by,
        seen_at=alarm.acknowledged_at,
        by_rules=alarm.kind in ALARMS,
    )
