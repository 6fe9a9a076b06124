"""A code for each interview, known to staff and to its candidate; who has none is let in by staff."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from central.interview import check_in
from central.interview.commands import AdmitCandidate, CommandBody, StartInterview
from central.storage.tables import Interview, RoomCommand
from tests.fakes.board import Board

pytestmark = pytest.mark.integration


async def bodies(board: Board) -> list[Any]:
    async with board.maker() as session:
        rows = await session.scalars(select(RoomCommand.body).order_by(RoomCommand.id))
        return [msgspec.convert(one, CommandBody) for one in rows]


async def started(board: Board) -> str:
    interview = await board.interview()
    path = f"/interviews/{interview}/start"
    answer = await board.call("interviewer", "POST", path, json={"room": "seoul-1"})
    assert answer.status_code == 202, answer.text
    return interview


async def change(board: Board, interview: str, **values: Any) -> None:
    async with board.maker.begin() as session:
        await session.execute(
            update(Interview).where(Interview.id == int(interview)).values(**values)
        )


@pytest.mark.parametrize("who", ["recruiter", "interviewer", "candidate"])
async def test_whoever_is_concerned_sees_the_code(board: Board, who: str) -> None:
    interview = await board.interview()
    answer = (await board.call(who, "GET", f"/interviews/{interview}")).json()
    assert len(answer["check_in_code"]) == check_in.LENGTH
    assert set(answer["check_in_code"]) <= set(check_in.ALPHABET)
    assert (answer["checked_in_at"], answer["checked_in_by"]) == (None, None)


async def test_the_room_gets_what_knows_the_code(board: Board) -> None:
    interview = await started(board)
    shown = (await board.call("recruiter", "GET", f"/interviews/{interview}")).json()
    (start,) = await bodies(board)
    assert isinstance(start, StartInterview)
    assert start.plan.check_in is not None
    code, salt = shown["check_in_code"], bytes.fromhex(start.plan.check_in.salt)
    assert check_in.sealed(code, salt) == start.plan.check_in


async def test_an_interview_of_before_begins_with_a_button(board: Board) -> None:
    interview = await board.interview()
    await change(board, interview, check_in_code=None)
    path = f"/interviews/{interview}/start"
    await board.call("interviewer", "POST", path, json={"room": "seoul-1"})
    (start,) = await bodies(board)
    assert start.plan.check_in is None


async def test_staff_let_a_candidate_in_once(board: Board) -> None:
    interview = await started(board)
    path = f"/interviews/{interview}/admit"
    early = await board.call("interviewer", "POST", path)
    assert (early.status_code, early.json()["code"]) == (409, "interview_not_live")
    await change(board, interview, status="live")
    answer = await board.call("interviewer", "POST", path)
    assert (answer.status_code, answer.json()["kind"]) == (202, "admit_candidate")
    assert (await bodies(board))[-1] == AdmitCandidate()
    await change(board, interview, checked_in_at=datetime.now(UTC), checked_in_by="staff")
    again = await board.call("interviewer", "POST", path)
    assert (again.status_code, again.json()["code"]) == (409, "already_checked_in")
    assert (await board.call("candidate", "POST", path)).status_code == 403
