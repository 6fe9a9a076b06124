"""A room check: asked for by staff or IT, written down, answered by the room, shown with its figures."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import text

from central.bus import subjects
from tests.fakes.board import Board, browser

pytestmark = pytest.mark.integration
PATH = "/rooms/seoul-1/check"
HEARD = {
    "language": "ko", "match": 0.9, "level_dbfs": -31.5, "snr_db": 24.0, "latency_ms": 130,
    "error_ratio": 0.05, "engine": "fake engine", "unread": "",
}  # fmt: skip
DEAF = HEARD | {"language": "en", "level_dbfs": None, "snr_db": None, "latency_ms": None,
                "error_ratio": None, "engine": ""}  # fmt: skip


async def answer(board: Board, state: str, detail: str, found: object) -> None:
    async with board.maker.begin() as session:
        await session.execute(
            text(
                "update room_commands set state = :state, detail = :detail, resolved_at = now(),"
                " found = cast(:found as jsonb) where kind = 'check_room'"
            ),
            {"state": state, "detail": detail, "found": json.dumps(found) if found else None},
        )


@pytest.mark.parametrize("who", ["it", "admin", "interviewer", "recruiter"])
async def test_staff_and_it_ask_and_it_is_written_down(board: Board, who: str) -> None:
    assert (await board.call(who, "GET", PATH)).status_code == 404
    asked = await board.call(who, "POST", PATH)
    assert asked.status_code == 202
    assert (asked.json()["state"], asked.json()["sentences"]) == ("open", [])
    assert subjects.command("seoul-1") in board.bus.rung
    async with board.maker.begin() as session:
        rows = await session.execute(
            text("select action, subject from audit_log where action = 'command.check_room'")
        )
        assert [tuple(row) for row in rows] == [("command.check_room", "room:seoul-1")]


async def test_a_candidate_asks_nothing_and_no_room_is_no_room(board: Board) -> None:
    assert (await board.call("candidate", "POST", PATH)).status_code == 403
    assert (await board.call("it", "POST", "/rooms/nowhere/check")).status_code == 404


async def test_what_the_room_heard_is_told(board: Board) -> None:
    await board.call("it", "POST", PATH)
    await answer(board, "done", "The microphone did not hear: en.", [HEARD, DEAF])
    told = (await board.call("interviewer", "GET", PATH)).json()
    assert (told["state"], told["asked_by"] is not None) == ("done", True)
    assert told["sentences"] == [HEARD, DEAF]


async def test_the_fleet_page_asks_and_shows_what_came_of_it(board: Board) -> None:
    page = await browser(board, "it", "en")
    place = "/fleet/rooms/seoul-1"
    assert "Check this room" in (await page.get(place)).text
    token = {"x-csrftoken": page.cookies["csrftoken"]}
    assert (await page.post(f"{place}/check", headers=token)).status_code == 303
    assert "speaking and listening" in (await page.get(place)).text
    await answer(board, "refused", "An interview is on.", None)
    assert "The room did not do it: An interview is on." in (await page.get(place)).text
    await answer(board, "done", "", [HEARD, DEAF])
    shown = (await page.get(place)).text
    for words in (
        "\N{MINUS SIGN}32 dBFS",
        "24 dB",
        "130 ms",
        "5%",
        "The microphone did not hear it",
    ):
        assert words in shown, words
