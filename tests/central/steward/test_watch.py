"""The steward keeps alarms true and rooms configured, against a real PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest

from central.errors import Refused
from central.health.thresholds import Thresholds
from central.steward.watch import Watch
from central.storage import fleet_settings, fleet_views
from central.storage.engine import create_engine, sessions
from central.storage.settings_out import send_due

pytestmark = pytest.mark.integration

Conn = psycopg.AsyncConnection[Any]
LIMITS = Thresholds(raise_after_s=10, clear_after_s=30)


@pytest.fixture
async def conn(database_url: str) -> AsyncIterator[Conn]:
    async with await psycopg.AsyncConnection.connect(database_url, autocommit=True) as opened:
        await opened.execute("insert into rooms (code, name) values ('r1', '1'), ('r2', '2')")
        for room in (1, 2):
            await beat(opened, room)
        yield opened


async def beat(conn: Conn, room: int, **health: Any) -> None:
    whole = {"faults": [], "fps": 30, "wanted_fps": 30, "settings_version": 0} | health
    await conn.execute(
        "insert into agents (room_id, uuid, version, connected, last_seen, health)"
        " values (%s, %s, '1.0', true, now(), %s) on conflict (uuid) do update"
        " set health = excluded.health, last_seen = now()",
        (room, f"a{room}", json.dumps(whole)),
    )


async def alarms(conn: Conn) -> list[tuple[Any, ...]]:
    cursor = await conn.execute(
        "select room_id, kind, times, detail ->> 'severity', cleared_at is null from alarms order by id"
    )
    return await cursor.fetchall()


async def commands(conn: Conn) -> list[tuple[Any, ...]]:
    cursor = await conn.execute(
        "select room_id, state, body ->> 'version', body -> 'settings' from room_commands"
        " where kind = 'configure' order by room_id, id"
    )
    return await cursor.fetchall()


async def test_an_alarm_is_raised_once_and_clears_itself(conn: Conn) -> None:
    watch = Watch(LIMITS)
    now = datetime.now(UTC)
    await beat(conn, 1, frozen_ms=20_000)
    for at_s in (0, 5, 10, 15, 20):
        await watch.look(conn, now, at_s)
    assert await alarms(conn) == [(1, "camera_frozen", 1, "red", True)]
    await beat(conn, 1)
    for at_s in (25, 40, 56):
        await watch.look(conn, now, at_s)
    assert await alarms(conn) == [(1, "camera_frozen", 1, "red", False)]


async def test_the_next_steward_goes_on_with_what_stands(conn: Conn) -> None:
    now = datetime.now(UTC)
    await beat(conn, 2, disk_free_bytes=4_000_000_000)
    first = Watch(LIMITS)
    for at_s in (0, 10):
        await first.look(conn, now, at_s)
    second = Watch(LIMITS)
    await beat(conn, 2, disk_free_bytes=4_000)
    await second.look(conn, now, 1_000)
    assert await alarms(conn) == [(2, "disk_low", 1, "red", True)]
    await beat(conn, 2)
    for at_s in (1_005, 1_035):
        await second.look(conn, now, at_s)
    assert await alarms(conn) == [(2, "disk_low", 1, "red", False)]


async def test_alarms_of_others_are_left_alone(conn: Conn) -> None:
    await conn.execute("insert into alarms (room_id, kind) values (1, 'token_reused')")
    watch = Watch(LIMITS)
    for at_s in (0, 100):
        await watch.look(conn, datetime.now(UTC), at_s)
    assert (await alarms(conn))[0][-1] is True


async def test_a_heartbeat_of_nonsense_stops_no_round(conn: Conn) -> None:
    await set_for(conn, None, {"camera.fps": 15})
    await beat(conn, 1, settings_version=2**64 - 1, fps="fast", frozen_ms=True, phase=7)
    await beat(conn, 2, frozen_ms=20_000)
    watch = Watch(LIMITS)
    for at_s in (0, 10):
        await watch.look(conn, datetime.now(UTC), at_s)
    assert [row[1] for row in await alarms(conn)] == ["camera_frozen"]


async def set_for(conn: Conn, room: str | None, values: dict[str, Any]) -> int:
    engine = create_engine(conn.info.dsn if "://" in conn.info.dsn else _url(conn))
    try:
        async with sessions(engine).begin() as session:
            return await fleet_settings.set_values(session, room, values, actor_id=None)
    finally:
        await engine.dispose()


def _url(conn: Conn) -> str:
    info = conn.info
    return f"postgresql://{info.user}@/{info.dbname}?host={info.host}&port={info.port}"


async def test_a_room_is_told_its_own_values_over_everybodys(conn: Conn) -> None:
    await set_for(conn, None, {"camera.fps": 15, "log.level": "debug"})
    version = await set_for(conn, "r1", {"camera.fps": 20})
    assert await send_due(conn) == 2
    assert await send_due(conn) == 0  # on its way
    told = await commands(conn)
    assert [(room, state) for room, state, _, _ in told] == [(1, "open"), (2, "open")]
    assert told[0][2] == str(version)
    assert told[0][3] == [
        {"key": "camera.fps", "value": 20},
        {"key": "log.level", "value": "debug"},
    ]
    assert {one["key"]: one["value"] for one in told[1][3]}["camera.fps"] == 15


async def test_a_newer_version_takes_the_place_of_an_open_one(conn: Conn) -> None:
    await set_for(conn, "r1", {"camera.fps": 20})
    await send_due(conn)
    await set_for(conn, "r1", {"camera.fps": None})
    await send_due(conn)
    assert [row[1:] for row in await commands(conn)] == [
        ("expired", "1", [{"key": "camera.fps", "value": 20}]),
        ("open", "2", []),
    ]


async def test_a_room_that_runs_with_it_is_left_alone(conn: Conn) -> None:
    version = await set_for(conn, "r1", {"camera.fps": 20})
    await beat(conn, 1, settings_version=version)
    assert await send_due(conn) == 0


@pytest.mark.parametrize("state", ["refused", "unknown"])
async def test_a_refusal_is_an_alarm_and_is_not_asked_again(conn: Conn, state: str) -> None:
    await set_for(conn, "r1", {"camera.device": "9"})
    await send_due(conn)
    await conn.execute("update room_commands set state = %s, detail = 'no camera'", (state,))
    for _ in range(3):
        assert await send_due(conn) == 0
    assert await alarms(conn) == [(1, "settings_refused", 1, "amber", True)]
    await set_for(conn, "r1", {"camera.device": None})
    await send_due(conn)
    assert await alarms(conn) == [(1, "settings_refused", 1, "amber", False)]


async def test_an_expired_command_is_given_again(conn: Conn) -> None:
    await set_for(conn, "r1", {"camera.fps": 20})
    await send_due(conn)
    await conn.execute("update room_commands set state = 'expired'")
    assert await send_due(conn) == 1


async def test_an_older_agent_is_not_asked(conn: Conn) -> None:
    await set_for(conn, "r1", {"camera.fps": 20})
    await conn.execute("update agents set health = '{}'")
    assert await send_due(conn) == 0


@pytest.mark.parametrize(
    ("room", "values", "code"),
    [
        ("r1", {"central.address": "evil:1"}, "setting_invalid"),
        ("r1", {"central.address": None}, "setting_invalid"),
        ("r1", {"camera.fps": 900}, "setting_invalid"),
        (None, {"spool.folder": "/"}, "setting_invalid"),
        ("nowhere", {"camera.fps": 20}, "room_unknown"),
    ],
)
async def test_what_may_not_be_set_is_refused_before_it_is_sent(
    conn: Conn, room: str | None, values: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        await set_for(conn, room, values)
    assert refused.value.code == code
    assert await send_due(conn) == 0


async def test_what_is_as_it_was_makes_no_version(conn: Conn) -> None:
    first = await set_for(conn, "r1", {"camera.fps": 20})
    assert await set_for(conn, "r1", {"camera.fps": 20}) == first
    assert await set_for(conn, "r2", {"camera.fps": None}) == 0


async def test_people_see_where_a_value_comes_from_and_how_far_it_is(
    conn: Conn, database_url: str
) -> None:
    await conn.execute(
        "insert into users (email, username, role, password_hash, full_name)"
        " values ('i@x', 'it', 'it', '', '정민호')"
    )
    engine = create_engine(database_url)
    maker = sessions(engine)
    async with maker.begin() as session:
        await fleet_settings.set_values(session, None, {"camera.fps": 15}, actor_id=1)
        await fleet_settings.set_values(session, "r1", {"log.level": "debug"}, actor_id=None)
    async with maker() as session:
        by_key = {one.key: one for one in await fleet_settings.settings_of(session, "r1")}
        states = [(await fleet_settings.delivery(session, "r1")).state]
        await send_due(conn)
        await conn.execute(
            "update room_commands set state = 'refused', detail = 'no' where room_id = 1"
        )
        states.append((await fleet_settings.delivery(session, "r1")).state)
        await session.rollback()
        await beat(conn, 1, settings_version=2)
        states.append((await fleet_settings.delivery(session, "r1")).state)
        history = await fleet_settings.history(session, "r1")
    await engine.dispose()
    assert (by_key["camera.fps"].origin, by_key["camera.fps"].changed_by) == ("fleet", "정민호")
    assert (by_key["log.level"].origin, by_key["log.level"].value) == ("room", "debug")
    assert by_key["camera.width"].origin == "none"
    assert states == ["waiting", "refused", "in_force"]
    assert [(one.room_code, one.key) for one in history] == [
        ("r1", "log.level"),
        (None, "camera.fps"),
    ]


async def test_a_person_sees_an_alarm_and_how_often_it_came(conn: Conn, database_url: str) -> None:
    await conn.execute(
        "insert into users (email, username, role, password_hash) values ('i@x', 'it', 'it', '')"
    )
    await conn.execute(
        "insert into alarms (room_id, kind, times, cleared_at, detail) values"
        " (1, 'fps_low', 2, now(), '{}'), (1, 'fps_low', 3, null, '{\"severity\": \"amber\"}'),"
        " (null, 'disk_low', 1, null, '{}'), (2, 'token_reused', 1, null, '{}')"
    )
    engine = create_engine(database_url)
    async with sessions(engine)() as session:
        stands = await fleet_views.alarms(session)
        times = {(one.room_code, one.problem.kind): one.day_times for one in stands}
        await fleet_views.acknowledge(session, 2, actor_id=1)
        await session.flush()
        seen = (await fleet_views.alarms(session, room_code="r1"))[0]
        with pytest.raises(Refused, match="closes by itself"):
            await fleet_views.close(session, 2, actor_id=1)
        await fleet_views.close(session, 4, actor_id=1)
        await session.flush()
        left = await fleet_views.alarms(session)
    await engine.dispose()
    assert times == {("r1", "fps_low"): 5, (None, "disk_low"): 1, ("r2", "token_reused"): 1}
    assert (seen.seen_by, seen.problem.severity.name) == ("it", "AMBER")
    assert len(left) == 2
