"""The rooms as machines: states, alarms, settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

import msgspec
from litestar import get, post, put
from litestar.params import FromPath, FromQuery, JSONBody

from central.dashboard import ids
from central.dashboard.auth import roles
from central.dashboard.pages.fleet_figures import sentence
from central.dashboard.wants import Limits, Session, SignedIn
from central.health.facts import Problem, RoomState
from central.health.settable import Value
from central.storage import fleet_settings, fleet_views
from central.storage.fleet_settings import SettingView
from central.storage.fleet_views import AlarmView, FleetRoom

VIEWERS: Final[Any] = [roles.allow(roles.IT, roles.ADMIN)]


class RoomProblem(msgspec.Struct, frozen=True):
    """One thing wrong. `severity`: red or amber; `text` is English."""

    kind: str
    severity: str
    text: str
    figures: dict[str, Any]


class Machine(msgspec.Struct, frozen=True):
    """A room PC. `state`: green, amber, red, or grey (never seen). `health`: its last heartbeat."""

    code: str
    name: str
    state: str
    problems: tuple[RoomProblem, ...]
    connected: bool
    last_seen: datetime | None
    version: str
    health: dict[str, Any]
    open_alarms: int


class Readiness(msgspec.Struct, frozen=True):
    """Whether an interview can be held in a room now."""

    code: str
    name: str
    ready: bool


class RoomAlarm(msgspec.Struct, frozen=True):
    """An alarm. `room` null: central itself; `clears_itself`: nobody has to close it."""

    alarm_id: str
    room: str | None
    problem: RoomProblem
    times_in_24_hours: int
    raised_at: datetime
    cleared_at: datetime | None
    seen_by: str | None
    seen_at: datetime | None
    clears_itself: bool


class RoomSetting(msgspec.Struct, frozen=True):
    """One setting. `origin`: room, fleet, or none (the room's own file)."""

    key: str
    value: str | int | None
    origin: str
    changed_by: str | None
    changed_at: datetime | None


class RoomSettings(msgspec.Struct, frozen=True):
    """Every setting, and how far its newest version has come: none, in_force, waiting, refused, away."""

    settings: tuple[RoomSetting, ...]
    state: str
    version: int
    version_in_force: int | None
    detail: str


class NewSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Values by key; null takes one back. Keys that are not named stay."""

    settings: dict[str, str | int | None]


@get("/fleet", guards=VIEWERS)
async def list_machines(session: Session, limits: Limits) -> list[Machine]:
    """All room PCs by name."""
    return [_machine(one) for one in await fleet_views.rooms(session, limits)]


@get("/fleet/ready", guards=[roles.allow(*roles.STAFF, roles.IT)])
async def list_ready(session: Session, limits: Limits) -> list[Readiness]:
    """Which rooms are ready; nothing else about them."""
    ready = {RoomState.GREEN, RoomState.AMBER}
    return [
        Readiness(one.code, one.name, one.connected and one.state in ready)
        for one in await fleet_views.rooms(session, limits)
    ]


@get("/fleet/alarms", guards=VIEWERS)
async def list_alarms(
    session: Session, room: FromQuery[str | None] = None, closed: FromQuery[bool] = False
) -> list[RoomAlarm]:
    """Open alarms, the newest first; with `closed` also those that are over."""
    found = await fleet_views.alarms(session, room_code=room, open_only=not closed)
    return [_alarm(one) for one in found]


@post("/fleet/alarms/{alarm_id:str}/acknowledge", guards=VIEWERS, status_code=204)
async def acknowledge(alarm_id: FromPath[str], session: Session, account: SignedIn) -> None:
    """I have seen it."""
    await fleet_views.acknowledge(session, ids.parse(alarm_id, "alarm"), actor_id=account.id)
    await session.commit()


@post("/fleet/alarms/{alarm_id:str}/close", guards=VIEWERS, status_code=204)
async def close(alarm_id: FromPath[str], session: Session, account: SignedIn) -> None:
    """It is over. Those that clear themselves cannot be closed."""
    await fleet_views.close(session, ids.parse(alarm_id, "alarm"), actor_id=account.id)
    await session.commit()


@get("/fleet/settings", guards=VIEWERS)
async def fleet_wide(session: Session) -> list[RoomSetting]:
    """What is set for every room."""
    return [_setting(one) for one in await fleet_settings.settings_of(session, None)]


@put("/fleet/settings", guards=VIEWERS)
async def set_fleet_wide(
    data: JSONBody[NewSettings], session: Session, account: SignedIn
) -> list[RoomSetting]:
    """Set for every room; a room's own values stay before these."""
    await _set(session, None, data.settings, account)
    return [_setting(one) for one in await fleet_settings.settings_of(session, None)]


@get("/fleet/rooms/{code:str}/settings", guards=VIEWERS)
async def room_settings(code: FromPath[str], session: Session) -> RoomSettings:
    """What counts in one room, and where it comes from."""
    return await _settings(session, code)


@put("/fleet/rooms/{code:str}/settings", guards=VIEWERS)
async def set_room_settings(
    code: FromPath[str], data: JSONBody[NewSettings], session: Session, account: SignedIn
) -> RoomSettings:
    """Set for one room, which takes it on when no interview is on."""
    await _set(session, code, data.settings, account)
    return await _settings(session, code)


async def _set(
    session: Session, code: str | None, values: dict[str, Value | None], account: SignedIn
) -> None:
    await fleet_settings.set_values(session, code, values, actor_id=account.id)
    await session.commit()


async def _settings(session: Session, code: str) -> RoomSettings:
    found = await fleet_settings.settings_of(session, code)
    how_far = await fleet_settings.delivery(session, code)
    return RoomSettings(
        tuple(_setting(one) for one in found),
        how_far.state,
        how_far.version,
        how_far.in_force,
        how_far.detail,
    )


def _machine(one: FleetRoom) -> Machine:
    return Machine(
        code=one.code,
        name=one.name,
        state=one.state.name.lower(),
        problems=tuple(_problem(each) for each in one.problems),
        connected=one.connected,
        last_seen=one.last_seen,
        version=one.version,
        health=dict(one.health),
        open_alarms=one.alarms,
    )


def _problem(one: Problem) -> RoomProblem:
    text = sentence(one, "en")
    return RoomProblem(one.kind, one.severity.name.lower(), text, dict(one.figures))


def _alarm(one: AlarmView) -> RoomAlarm:
    return RoomAlarm(
        alarm_id=str(one.id),
        room=one.room_code,
        problem=_problem(one.problem),
        times_in_24_hours=one.day_times,
        raised_at=one.raised_at,
        cleared_at=one.cleared_at,
        seen_by=one.seen_by,
        seen_at=one.seen_at,
        clears_itself=one.by_rules,
    )


def _setting(one: SettingView) -> RoomSetting:
    return RoomSetting(one.key, one.value, one.origin, one.changed_by, one.changed_at)


HANDLERS = (
    list_machines,
    list_ready,
    list_alarms,
    acknowledge,
    close,
    fleet_wide,
    set_fleet_wide,
    room_settings,
    set_room_settings,
)
