"""The stage of an interview: chosen with it, changed until a room has it, shown where it is listed."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sqlalchemy import update

from central.storage import audit
from central.storage.tables import Interview
from tests.fakes.board import Board, browser, form, session_cookie

pytestmark = pytest.mark.integration

NAMES = {"ko": ("AI 면접", "실무진 면접", "임원진 면접")}
NAMES["en"] = ("AI interview", "Working-level interview", "Executive interview")


async def planned(board: Board, **given: Any) -> httpx.Response:
    candidate = str(board.people["candidate"].id)
    body = {"candidate_id": candidate, "position": "Developer", "language": "en"}
    return await board.call("recruiter", "POST", "/interviews", json=body | given)


async def shown(board: Board, path: str, language: str = "en") -> str:
    cookie = f"{session_cookie(board.config, board.people['recruiter'])}; language={language}"
    answer = await board.client.get(path, headers={"cookie": cookie})
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize(("given", "stage"), [({}, 1), ({"stage": 2}, 2), ({"stage": 3}, 3)])
async def test_an_interview_has_the_stage_that_was_chosen_with_it(
    board: Board, given: dict[str, int], stage: int
) -> None:
    answer = await planned(board, **given)
    assert answer.json()["stage"] == stage
    found = await board.call("interviewer", "GET", f"/interviews/{answer.json()['id']}")
    assert found.json()["stage"] == stage


@pytest.mark.parametrize("stage", [0, 4, -1])
async def test_a_stage_without_a_scheme_cannot_be_chosen(board: Board, stage: int) -> None:
    refused = await planned(board, stage=stage)
    assert (refused.status_code, refused.json()["code"]) == (422, "stage_unknown")
    interview = await board.interview()
    path = f"/interviews/{interview}/stage"
    refused = await board.call("recruiter", "PUT", path, json={"stage": stage})
    assert (refused.status_code, refused.json()["code"]) == (422, "stage_unknown")


async def test_it_changes_until_a_room_has_the_interview_and_is_written_down(board: Board) -> None:
    interview = await board.interview()
    path = f"/interviews/{interview}/stage"
    changed = await board.call("recruiter", "PUT", path, json={"stage": 3})
    assert changed.json()["stage"] == 3
    async with board.maker() as session:
        entry = (await audit.latest(session))[0]
    assert (entry.actor, entry.action, entry.subject, entry.detail) == (
        "recruiter", "interview.stage", f"interview:{interview}", {"from": 1, "to": 3},
    )  # fmt: skip

    started = f"/interviews/{interview}/start"
    await board.call("interviewer", "POST", started, json={"room": "seoul-1"})
    refused = await board.call("recruiter", "PUT", path, json={"stage": 2})
    assert (refused.status_code, refused.json()["code"]) == (409, "interview_not_scheduled")


@pytest.mark.parametrize("status", ["live", "completed", "cancelled"])
async def test_a_stage_is_settled_when_the_interview_has_begun(board: Board, status: str) -> None:
    interview = await board.interview()
    async with board.maker.begin() as session:
        await session.execute(update(Interview).values(status=status))
    path = f"/interviews/{interview}/stage"
    refused = await board.call("recruiter", "PUT", path, json={"stage": 2})
    assert (refused.status_code, refused.json()["code"]) == (409, "interview_not_scheduled")
    assert "Change the stage" not in await shown(board, f"/interviews/{interview}/plan")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("stage", [1, 2, 3])
async def test_every_page_of_an_interview_names_its_stage(
    board: Board, language: str, stage: int
) -> None:
    answer = await planned(board, stage=stage, question_count=2)
    interview = answer.json()["id"]
    await board.call(
        "interviewer", "POST", f"/interviews/{interview}/start", json={"room": "seoul-1"}
    )
    name = NAMES[language][stage - 1]
    for path in (
        "/interviews", f"/interviews/{interview}/plan", f"/interviews/{interview}/report",
        "/rooms/seoul-1",
    ):  # fmt: skip
        assert name in await shown(board, path, language), path


async def test_the_form_schedules_at_a_stage_and_the_plan_changes_it(board: Board) -> None:
    page = await browser(board, "recruiter")
    wanted = {"candidate": str(board.people["candidate"].id), "position": "Developer"}
    answer = await page.post("/interviews", data=form(page, **wanted, language="en", stage="2"))
    assert answer.status_code == 303, answer.text
    (found,) = (await board.call("recruiter", "GET", "/interviews")).json()
    assert found["stage"] == 2

    path = f"/interviews/{found['id']}"
    answer = await page.post(f"{path}/stage", data=form(page, stage="3"))
    assert answer.headers["location"].endswith("/plan?done=staged")
    assert (await board.call("recruiter", "GET", path)).json()["stage"] == 3
    assert (await page.post(f"{path}/stage", data=form(page, stage="x"))).status_code == 404
