"""A candidate calls a person: staff see it first, one of them answers, and it is written down."""

from __future__ import annotations

import msgspec
import pytest
from sqlalchemy import text

from central.bus import subjects
from central.bus.events import HelpChanged
from tests.fakes.board import Board

pytestmark = pytest.mark.integration


async def called(board: Board, key: str = "k1") -> int:
    async with board.maker.begin() as session:
        row = await session.execute(
            text(
                "insert into help_calls (room_id, call_key, called_at)"
                " select id, :key, now() from rooms where code = 'seoul-1' returning id"
            ),
            {"key": key},
        )
        return int(row.scalar_one())


async def test_whoever_answers_first_sends_word_and_it_is_written_down(board: Board) -> None:
    number = await called(board)
    room = (await board.call("interviewer", "GET", "/rooms/seoul-1")).json()["room"]
    assert (room["help"]["call_id"], room["help"]["acknowledged_at"]) == (str(number), None)
    path = f"/rooms/seoul-1/help/{number}"
    assert (await board.call("recruiter", "POST", path)).status_code == 202
    assert (await board.call("interviewer", "POST", path)).status_code == 409
    help_call = (await board.call("it", "GET", "/rooms/seoul-1")).json()["room"]["help"]
    assert help_call["acknowledged_by"] == "recruiter person"
    assert subjects.command("seoul-1") in board.bus.rung
    assert HelpChanged("seoul-1", "acknowledged") in board.bus.published
    async with board.maker.begin() as session:
        rows = await session.execute(text("select kind, body from room_commands"))
        assert [tuple(row) for row in rows] == [
            ("answer_help", msgspec.to_builtins({"type": "answer_help", "call_id": "k1"}))
        ]
        audited = await session.execute(
            text("select subject from audit_log where action = 'command.answer_help'")
        )
        assert [row[0] for row in audited] == ["room:seoul-1"]


@pytest.mark.parametrize(
    ("who", "path", "status"),
    [
        ("it", "/rooms/seoul-1/help/{number}", 403),
        ("candidate", "/rooms/seoul-1/help/{number}", 403),
        ("interviewer", "/rooms/nowhere/help/{number}", 404),
        ("interviewer", "/rooms/seoul-1/help/x", 404),
    ],
)
async def test_who_may_not_answer_or_what_is_no_call(
    board: Board, who: str, path: str, status: int
) -> None:
    number = await called(board)
    answer = await board.call(who, "POST", path.format(number=number))
    assert answer.status_code == status


async def test_a_call_that_was_taken_back_is_no_call(board: Board) -> None:
    number = await called(board)
    async with board.maker.begin() as session:
        await session.execute(text("update help_calls set withdrawn_at = now()"))
    room = (await board.call("interviewer", "GET", "/rooms/seoul-1")).json()["room"]
    assert room["help"] is None
    assert (
        await board.call("interviewer", "POST", f"/rooms/seoul-1/help/{number}")
    ).status_code == 409
