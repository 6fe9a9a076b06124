"""Erasing an interview is for admins, is said twice, and leaves a line in the trail."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from central.storage import audit
from central.storage.tables import Erasure, Interview, InterviewKey
from tests.fakes.board import Board, session_cookie

pytestmark = pytest.mark.integration


async def finished(board: Board) -> str:
    interview = await board.interview()
    async with board.maker.begin() as session:
        await session.execute(
            update(Interview).where(Interview.id == int(interview)).values(status="completed")
        )
    return interview


@pytest.mark.parametrize("role", ["candidate", "interviewer", "recruiter", "it"])
async def test_only_an_admin_erases(board: Board, role: str) -> None:
    interview = await finished(board)
    answer = await board.call(role, "DELETE", f"/interviews/{interview}/data?confirm={interview}")
    assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed")


@pytest.mark.parametrize("said", ["", "?confirm=", "?confirm=yes", "?confirm=999"])
async def test_it_has_to_be_said_twice(board: Board, said: str) -> None:
    interview = await finished(board)
    answer = await board.call("admin", "DELETE", f"/interviews/{interview}/data{said}")
    assert (answer.status_code, answer.json()["code"]) == (422, "erase_unconfirmed")
    assert (await board.call("admin", "GET", f"/interviews/{interview}")).status_code == 200


async def test_a_scheduled_interview_is_cancelled_first(board: Board) -> None:
    interview = await board.interview()
    answer = await board.call(
        "admin", "DELETE", f"/interviews/{interview}/data?confirm={interview}"
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "interview_not_finished")


async def test_an_erased_interview_is_unknown_from_then_on(board: Board) -> None:
    interview = await finished(board)
    path = f"/interviews/{interview}/data?confirm={interview}"
    answer = await board.call("admin", "DELETE", path)
    assert answer.status_code == 200
    assert answer.json()["rows"]["interview_questions"] == 2
    for again in (await board.call("admin", "GET", f"/interviews/{interview}"),
                  await board.call("admin", "DELETE", path)):  # fmt: skip
        assert (again.status_code, again.json()["code"]) == (404, "interview_unknown")
    async with board.maker() as session:
        key = (await session.scalars(select(InterviewKey))).one()
        tombstone = (await session.scalars(select(Erasure))).one()
        (line, *_) = await audit.latest(session)
    assert (key.wrapped, key.destroyed_at is None) == (None, False)
    assert tombstone.erased_by == board.people["admin"].id
    assert (line.actor, line.action, line.subject) == (
        "admin",
        "interview.erase",
        f"interview:{interview}",
    )


async def test_the_report_has_the_button_for_an_admin_alone(board: Board) -> None:
    interview = await finished(board)
    for role, there in (("admin", True), ("recruiter", False)):
        cookie = session_cookie(board.config, board.people[role])
        page = await board.client.get(f"/interviews/{interview}/report", headers={"cookie": cookie})
        assert (f'action="/interviews/{interview}/erase"' in page.text) is there, role


@pytest.mark.parametrize(("said", "status"), [("{}", 303), ("7777", 422), ("", 422)])
async def test_the_button_erases_once_the_number_was_typed(
    board: Board, said: str, status: int
) -> None:
    interview = await finished(board)
    await board.client.get("/login")
    token = board.client.cookies["csrftoken"]
    board.client.cookies.set(
        "daedam_session",
        session_cookie(board.config, board.people["admin"]).partition("=")[2],
    )
    answer = await board.client.post(
        f"/interviews/{interview}/erase",
        data={"confirm": said.format(interview), "_csrf_token": token},
    )
    assert answer.status_code == status
    left = await board.call("admin", "GET", f"/interviews/{interview}")
    assert left.status_code == (404 if status == 303 else 200)
