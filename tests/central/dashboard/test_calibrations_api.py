"""A calibration by the API: created, started, looked at, cancelled, and what came of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from central.bus.events import CalibrationPoint, CalibrationProgress, Readings
from central.dashboard.live.hub import Hub
from central.interview.commands import CalibrateGaze, CommandBody
from central.storage import audit
from central.storage.tables import CalibrationRow, Interview, RoomCommand
from tests.central.dashboard.test_interviews import live
from tests.fakes.board import Board

pytestmark = pytest.mark.integration

BASE = "/rooms/seoul-1/calibrations"


@pytest.fixture
async def room(board: Board) -> AsyncIterator[Board]:
    """With an interview that is live, and the hub listening."""
    hub: Hub = await board.app.dependencies["hub"]()
    listening = asyncio.create_task(hub.run())
    await live(board)
    yield board
    listening.cancel()


async def says(board: Board, progress: CalibrationProgress | None, interview: str = "1") -> None:
    """The room sends readings."""
    await board.bus.publish(
        Readings(
            "seoul-1", interview, time.time_ns(), "calibrating", "", "", 0, 2, 100, False, {}, progress
        )
    )  # fmt: skip
    await asyncio.sleep(0.01)


async def answered(board: Board, state: str, detail: str = "") -> None:
    """The room answers every open command."""
    async with board.maker.begin() as session:
        await session.execute(
            update(RoomCommand)
            .where(RoomCommand.state == "open")
            .values(state=state, detail=detail)
        )


async def made(board: Board, offered_by: str | None, **given: Any) -> None:
    """A calibration is over, as the gateway would store it."""
    row: dict[str, Any] = {
        "interview_id": 1,
        "offered_by": None if offered_by is None else int(offered_by),
        "outcome": "calibrated",
        "error_deg": 1.4,
        "attempts": 1,
        "parameters": {"kappa_yaw_deg": 4.2, "kappa_pitch_deg": 1.0, "gain_yaw": 1, "gain_pitch": 1},
        "points": [
            {"name": "check_1", "frames": 40, "kept": 36, "spread_deg": 0.5, "error_deg": 1.4,
             "look_x_ratio": 0.31, "look_y_ratio": 0.33}
        ],
        "neutral": {"frames": 300},
        "made_at": datetime.now(UTC),
    }  # fmt: skip
    async with board.maker.begin() as session:
        session.add(CalibrationRow(**{**row, **given}))


async def steps(board: Board) -> list[str]:
    async with board.maker() as session:
        rows = await session.scalars(
            select(RoomCommand).where(RoomCommand.kind == "calibrate_gaze").order_by(RoomCommand.id)
        )
        bodies = [msgspec.convert(row.body, CommandBody) for row in rows]
    return [body.step for body in bodies if isinstance(body, CalibrateGaze)]


async def created(board: Board) -> str:
    answer = await board.call("interviewer", "POST", BASE)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["calibration_id"])


async def state(board: Board, calibration: str) -> dict[str, Any]:
    answer = await board.call("recruiter", "GET", f"{BASE}/{calibration}/status")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_a_calibration_goes_from_its_creation_to_its_result(room: Board) -> None:
    calibration = await created(room)
    assert room.bus.rung[-1] == "room.seoul-1.command"
    assert (await state(room, calibration))["state"] == "sent"
    result = await room.call("interviewer", "GET", f"{BASE}/{calibration}/result")
    assert (result.status_code, result.json()["code"]) == (404, "calibration_not_over")

    await answered(room, "done")
    await says(room, CalibrationProgress("waiting"))
    assert (await state(room, calibration))["state"] == "waiting"
    await says(room, CalibrationProgress("offered", left_ms=170_000))
    assert (await state(room, calibration))["state"] == "offered"

    answer = await room.call("interviewer", "POST", f"{BASE}/{calibration}/start")
    assert (answer.status_code, answer.json()["kind"]) == (202, "calibrate_gaze")
    assert await steps(room) == ["offer", "begin"]

    points = (CalibrationPoint("top_left", 40, 36, 0.6, (0.2, 0.3)),)
    await says(
        room,
        CalibrationProgress("point", "top_right", 2, 10, 1, True, 2_600, 1, points),
    )
    seen = await state(room, calibration)
    assert (seen["state"], seen["phase"], seen["point"]) == ("running", "point", "top_right")
    assert (seen["position"], seen["count"], seen["missed"], seen["left_ms"]) == (2, 10, 1, 2_600)
    assert seen["points"] == [
        {"name": "top_left", "frames": 40, "kept": 36, "spread_deg": 0.6, "look": [0.2, 0.3]}
    ]

    await made(room, calibration)
    assert (await state(room, calibration))["outcome"] == "calibrated"
    result = await room.call("interviewer", "GET", f"{BASE}/{calibration}/result")
    found = result.json()
    assert (found["outcome"], found["why"], found["error_deg"]) == ("calibrated", None, 1.4)
    assert found["points"][0]["error_deg"] == 1.4
    async with room.maker() as session:
        written = await audit.latest(session)
    assert "command.calibrate_gaze" in {entry.action for entry in written}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"outcome": "skipped", "error_deg": None, "points": []}, "skipped"),
        ({"outcome": "failed", "error_deg": 7.2}, "error_too_large"),
        ({"outcome": "failed", "error_deg": None}, "too_few_points"),
    ],
)
async def test_what_is_not_calibrated_says_why(
    room: Board, given: dict[str, Any], why: str
) -> None:
    await made(room, None, parameters=None, **given)
    result = await room.call("interviewer", "GET", f"{BASE}/current/result")
    assert (result.json()["why"], result.json()["calibration_id"]) == (why, None)


async def test_current_is_the_plans_until_somebody_offers_one(room: Board) -> None:
    await says(room, CalibrationProgress("offered", left_ms=100))
    assert (await state(room, "current"))["state"] == "offered"
    answer = await room.call("interviewer", "DELETE", f"{BASE}/current")
    assert answer.status_code == 202
    assert await steps(room) == ["skip"]
    await made(room, None, outcome="skipped", error_deg=None)
    await says(room, None)
    assert (await state(room, "current"))["outcome"] == "skipped"
    calibration = await created(room)
    found = await state(room, "current")
    assert (found["calibration_id"], found["state"]) == (calibration, "sent")


async def test_an_offer_that_was_taken_back_is_withdrawn(room: Board) -> None:
    calibration = await created(room)
    await answered(room, "done")
    await says(room, CalibrationProgress("waiting"))
    assert (await room.call("interviewer", "DELETE", f"{BASE}/{calibration}")).status_code == 202
    await answered(room, "done")
    await says(room, None)
    assert (await state(room, calibration))["state"] == "withdrawn"
    answer = await room.call("interviewer", "POST", f"{BASE}/{calibration}/start")
    assert (answer.status_code, answer.json()["code"]) == (409, "calibration_over")


async def test_what_the_room_refused_says_why(room: Board) -> None:
    calibration = await created(room)
    await answered(room, "refused", "No question is left to calibrate for.")
    found = await state(room, calibration)
    assert (found["state"], found["detail"]) == (
        "refused",
        "No question is left to calibrate for.",
    )


@pytest.mark.parametrize(
    ("progress", "method", "path", "code"),
    [
        (CalibrationProgress("offered"), "POST", "", "calibration_offered"),
        (CalibrationProgress("waiting"), "POST", "", "calibration_offered"),
        (None, "POST", "/current/start", "calibration_not_offered"),
        (CalibrationProgress("waiting"), "POST", "/current/start", "calibration_not_offered"),
        (CalibrationProgress("head"), "POST", "/current/start", "calibration_running"),
        (None, "DELETE", "/current", "calibration_not_offered"),
    ],
)
async def test_what_does_not_fit_the_phase_is_refused_with_its_reason(
    room: Board, progress: CalibrationProgress | None, method: str, path: str, code: str
) -> None:
    await says(room, progress)
    answer = await room.call("interviewer", method, f"{BASE}{path}")
    assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert await steps(room) == []


async def test_readings_of_another_interview_or_of_long_ago_say_nothing(room: Board) -> None:
    await says(room, CalibrationProgress("offered"), interview="77")
    assert (await state(room, "current"))["state"] == "none"


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("POST", "/rooms/nowhere/calibrations", 404, "room_unknown"),
        ("GET", "/rooms/nowhere/calibrations/1/status", 404, "room_unknown"),
        ("GET", f"{BASE}/999/status", 404, "calibration_unknown"),
        ("GET", f"{BASE}/x/result", 404, "calibration_unknown"),
        ("GET", f"{BASE}/1/status", 404, "calibration_unknown"),
    ],
)
async def test_what_is_not_there_is_said(
    room: Board, method: str, path: str, status: int, code: str
) -> None:
    answer = await room.call("interviewer", method, path)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text


async def test_only_a_live_interview_is_calibrated(board: Board) -> None:
    await board.interview()
    answer = await board.call("interviewer", "POST", BASE)
    assert (answer.status_code, answer.json()["code"]) == (409, "interview_not_live")


async def test_a_repeat_by_staff_leaves_the_first_result_where_it_was(room: Board) -> None:
    first = await created(room)
    await answered(room, "done")
    await made(room, first)
    second = await created(room)
    await answered(room, "done")
    await says(room, CalibrationProgress("head"))
    assert (await state(room, first))["state"] == "over"
    assert (await state(room, second))["state"] == "running"
    async with room.maker.begin() as session:
        await session.execute(update(Interview).values(status="completed"))
    assert (await state(room, first))["outcome"] == "calibrated"
