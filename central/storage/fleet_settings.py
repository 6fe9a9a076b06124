"""What people set for rooms, who set it, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Refused
from central.health.settable import SETTABLE, Value, problem
from central.storage import audit
from central.storage.tables import Agent, Room, RoomCommand, SettingChange, User

ONE_AT_A_TIME = 0x6DAE_5E77
"""Advisory lock of whoever sets something: versions have to be committed in their order."""


@dataclass(frozen=True, slots=True)
class SettingView:
    """One setting of a room. `origin`: room, fleet, or none (the room's own file decides)."""

    key: str
    value: Value | None
    origin: str
    fleet_value: Value | None
    changed_by: str | None
    changed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One line of the history. `room_code` None: every room; `value` None: taken back."""

    version: int
    room_code: str | None
    key: str
    value: Value | None
    changed_by: str | None
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """How far the newest version has come. `state`: none, in_force, waiting, refused or away."""

    state: str
    version: int
    in_force: int | None
    detail: str = ""


async def set_values(
    session: AsyncSession,
    room_code: str | None,
    values: Mapping[str, Value | None],
    *,
    actor_id: int | None,
) -> int:
    """Set (or with None take back) settings of one room, or of every room; the new version. The caller
    commits. What is as it was makes no version.

    Raises `Refused`: room_unknown, setting_invalid.
    """
    for key, value in values.items():
        wrong = problem(key, value)
        if wrong and (value is not None or key not in SETTABLE):
            raise Refused("setting_invalid", 422, f"{wrong}.")
    await session.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": ONE_AT_A_TIME})
    room = None if room_code is None else await _room(session, room_code)
    room_id = None if room is None else room.id
    before = await _newest(session, room_id)
    changed = {
        key: value
        for key, value in values.items()
        if (before[key].value if key in before else None) != value
    }
    for key, value in changed.items():
        session.add(SettingChange(room_id=room_id, key=key, value=value, changed_by=actor_id))
        await session.flush()
    if changed:
        subject = "fleet" if room_code is None else f"room:{room_code}"
        audit.write(
            session, actor_id=actor_id, action="settings.set", subject=subject, detail=changed
        )
    return await _version(session, room_id)


async def settings_of(session: AsyncSession, room_code: str | None) -> tuple[SettingView, ...]:
    """Every settable setting of a room; None: of every room. Raises `Refused` (room_unknown)."""
    fleet = await _newest(session, None)
    own = {} if room_code is None else await _newest(session, (await _room(session, room_code)).id)
    names = await _names(session, [*fleet.values(), *own.values()])
    return tuple(_view(key, own.get(key), fleet.get(key), names) for key in SETTABLE)


async def history(
    session: AsyncSession, room_code: str | None, *, limit: int = 50
) -> tuple[ChangeView, ...]:
    """The newest changes first: those of this room and of every room; None: of every room only."""
    query = (
        select(SettingChange, Room.code, func.coalesce(User.full_name, User.username))
        .outerjoin(Room, Room.id == SettingChange.room_id)
        .outerjoin(User, User.id == SettingChange.changed_by)
        .where(or_(SettingChange.room_id.is_(None), Room.code == room_code))
        .order_by(SettingChange.id.desc())
        .limit(limit)
    )
    return tuple(
        ChangeView(one.id, code, one.key, one.value, name, one.changed_at)
        for one, code, name in (await session.execute(query)).all()
    )


async def delivery(session: AsyncSession, room_code: str) -> Delivery:
    """How far this room's newest settings have come. Raises `Refused` (room_unknown)."""
    room = await _room(session, room_code)
    version = await _version(session, room.id)
    agents = select(Agent).where(Agent.room_id == room.id, Agent.revoked_at.is_(None))
    order = agents.order_by(Agent.connected.desc(), Agent.last_seen.desc().nulls_last())
    agent = (await session.scalars(order.limit(1))).one_or_none()
    told = None if agent is None else agent.health.get("settings_version")
    in_force = told if isinstance(told, int) else None
    if version in (0, in_force):
        return Delivery("none" if version == 0 else "in_force", version, in_force)
    asked = (
        select(RoomCommand)
        .where(RoomCommand.room_id == room.id, RoomCommand.kind == "configure")
        .order_by(RoomCommand.id.desc())
        .limit(1)
    )
    command = (await session.scalars(asked)).one_or_none()
    ours = command is not None and command.body.get("version") == version
    if command is not None and ours and command.state in {"refused", "unknown"}:
        return Delivery("refused", version, in_force, command.detail or "")
    away = agent is None or not agent.connected
    return Delivery("away" if away else "waiting", version, in_force)


async def _newest(session: AsyncSession, room_id: int | None) -> dict[str, SettingChange]:
    whose = SettingChange.room_id.is_(None) if room_id is None else SettingChange.room_id == room_id
    newest = select(func.max(SettingChange.id)).where(whose).group_by(SettingChange.key)
    query = select(SettingChange).where(SettingChange.id.in_(newest))
    return {one.key: one for one in (await session.scalars(query)).all()}


async def _version(session: AsyncSession, room_id: int | None) -> int:
    concerns = or_(SettingChange.room_id.is_(None), SettingChange.room_id == room_id)
    return int(await session.scalar(select(func.max(SettingChange.id)).where(concerns)) or 0)


async def _names(session: AsyncSession, changes: list[SettingChange]) -> dict[int, str]:
    ids = {one.changed_by for one in changes if one.changed_by is not None}
    query = select(User.id, func.coalesce(User.full_name, User.username)).where(User.id.in_(ids))
    return {row[0]: row[1] for row in (await session.execute(query)).all()}


def _view(
    key: str, own: SettingChange | None, fleet: SettingChange | None, names: dict[int, str]
) -> SettingView:
    fleet_value = None if fleet is None else fleet.value
    origin, counts = "none", None
    if own is not None and own.value is not None:
        origin, counts = "room", own
    elif fleet is not None and fleet_value is not None:
        origin, counts = "fleet", fleet
    if counts is None:
        return SettingView(key, None, origin, fleet_value, None, None)
    by = None if counts.changed_by is None else names.get(counts.changed_by)
    return SettingView(key, counts.value, origin, fleet_value, by, counts.changed_at)


async def _room(session: AsyncSession, code: str) -> Room:
    found = (await session.scalars(select(Room).where(Room.code == code))).one_or_none()
    if found is None:
        raise Refused("room_unknown", 404, "There is no room with this code.")
    return found
