"""The fleet's API: states, alarms and settings, for IT; whether a room is ready, for staff."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import text

from tests.fakes.board import Board

pytestmark = pytest.mark.integration


async def heartbeat(board: Board, **health: Any) -> None:
    told = json.dumps({"faults": [], "settings_version": 0} | health)
    async with board.maker.begin() as session:
        await session.execute(
            text(
                "insert into agents (room_id, uuid, version, connected, last_seen, health)"
                " select id, 'a1', '0.1.0', true, now(), cast(:told as jsonb) from rooms"
                " where code = 'seoul-1' on conflict (uuid) do update set health = excluded.health"
            ),
            {"told": told},
        )


async def alarm(board: Board, kind: str) -> None:
    async with board.maker.begin() as session:
        await session.execute(
            text("insert into alarms (room_id, kind) select id, :kind from rooms"), {"kind": kind}
        )


async def test_a_rooms_state_and_problems_are_told(board: Board) -> None:
    never = (await board.call("it", "GET", "/fleet")).json()[0]
    await heartbeat(board, frozen_ms=9_000, disk_free_bytes=3_000_000_000)
    now = (await board.call("admin", "GET", "/fleet")).json()[0]
    assert (never["state"], never["problems"]) == ("grey", [])
    assert now["state"] == "red"
    assert [(one["kind"], one["severity"], one["text"]) for one in now["problems"]] == [
        ("camera_frozen", "red", "The picture has not changed for 9 s"),
        ("disk_low", "amber", "3 GB are free on the disk"),
    ]


@pytest.mark.parametrize(
    ("health", "ready"),
    [(None, False), ({}, True), ({"frozen_ms": 9_000}, False), ({"memory_ratio": 0.99}, True)],
)
async def test_an_interviewer_is_told_whether_a_room_is_ready_and_nothing_else(
    board: Board, health: dict[str, Any] | None, ready: bool
) -> None:
    if health is not None:
        await heartbeat(board, **health)
    told = (await board.call("interviewer", "GET", "/fleet/ready")).json()
    assert told == [{"code": "seoul-1", "name": "Seoul 1", "ready": ready}]
    for path in ("/fleet", "/fleet/alarms", "/fleet/settings", "/fleet/rooms/seoul-1/settings"):
        assert (await board.call("interviewer", "GET", path)).status_code == 403


async def test_an_alarm_is_seen_and_closed_by_a_person(board: Board) -> None:
    await alarm(board, "token_reused")
    await alarm(board, "fps_low")
    found = {
        one["problem"]["kind"]: one
        for one in (await board.call("it", "GET", "/fleet/alarms")).json()
    }
    stolen, slow = found["token_reused"]["alarm_id"], found["fps_low"]["alarm_id"]
    assert (found["fps_low"]["clears_itself"], found["token_reused"]["clears_itself"]) == (
        True,
        False,
    )
    seen = await board.call("it", "POST", f"/fleet/alarms/{stolen}/acknowledge")
    told = (await board.call("it", "GET", "/fleet/alarms?room=seoul-1")).json()
    by = {one["alarm_id"]: one["seen_by"] for one in told}
    closed = await board.call("it", "POST", f"/fleet/alarms/{stolen}/close")
    refused = await board.call("it", "POST", f"/fleet/alarms/{slow}/close")
    again = await board.call("it", "POST", f"/fleet/alarms/{stolen}/close")
    assert (seen.status_code, closed.status_code) == (204, 204)
    assert by == {stolen: "it person", slow: None}
    assert (refused.status_code, refused.json()["code"]) == (409, "alarm_clears_itself")
    assert (again.status_code, again.json()["code"]) == (404, "alarm_unknown")
    left = (await board.call("it", "GET", "/fleet/alarms")).json()
    assert [one["alarm_id"] for one in left] == [slow]
    every = (await board.call("it", "GET", "/fleet/alarms?closed=true")).json()
    assert len(every) == 2


async def test_what_is_set_says_who_and_how_far_it_is(board: Board) -> None:
    await heartbeat(board)
    path = "/fleet/rooms/seoul-1/settings"
    await board.call("it", "PUT", "/fleet/settings", json={"settings": {"camera.fps": 25}})
    answer = await board.call("admin", "PUT", path, json={"settings": {"log.level": "debug"}})
    told = answer.json()
    values = {one["key"]: one for one in told["settings"]}
    assert (told["state"], told["version"], told["version_in_force"]) == ("waiting", 2, 0)
    assert values["camera.fps"]["origin"] == "fleet"
    assert values["camera.fps"]["changed_by"] == "it person"
    assert values["log.level"]["changed_by"] == "admin person"
    await board.call("it", "PUT", path, json={"settings": {"log.level": None}})
    back = (await board.call("it", "GET", path)).json()
    assert next(one for one in back["settings"] if one["key"] == "log.level")["origin"] == "none"


@pytest.mark.parametrize(
    ("settings", "status", "code"),
    [
        ({"central.address": "evil:1"}, 422, "setting_invalid"),
        ({"camera.fps": 900}, 422, "setting_invalid"),
        ({"camera.fps": True}, 400, "invalid"),
        ({"camera.device": "../../etc/passwd"}, 422, "setting_invalid"),
    ],
)
async def test_a_value_that_may_not_be_set_is_refused(
    board: Board, settings: dict[str, Any], status: int, code: str
) -> None:
    for path in ("/fleet/settings", "/fleet/rooms/seoul-1/settings"):
        answer = await board.call("it", "PUT", path, json={"settings": settings})
        assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_room_that_is_not_there_has_no_settings(board: Board) -> None:
    answer = await board.call("it", "GET", "/fleet/rooms/nowhere/settings")
    assert (answer.status_code, answer.json()["code"]) == (404, "room_unknown")
