"""A panel: each rates alone, then all see how far apart they are; a person agrees, and decides."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from central.storage import audit
from central.storage.tables import Interview
from tests.central.dashboard.rated import lock, over, rate, second_interviewer
from tests.fakes.board import Board, session_cookie

pytestmark = pytest.mark.integration


async def panel(board: Board, who: str, interview: str) -> dict[str, Any]:
    answer = await board.call(who, "GET", f"/interviews/{interview}/panel")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def two_rated(board: Board) -> tuple[str, str]:
    """Two interviewers apart by three, both locked; the interview and its question."""
    interview, (question, _) = await over(board)
    second = await second_interviewer(board)
    for who, level in (("interviewer", 2), (second, 5)):
        await rate(board, who, interview, question, level)
        await lock(board, who, interview)
    return interview, question


async def test_a_panel_is_sealed_for_who_has_not_locked_and_open_sheets_count_for_nothing(
    board: Board,
) -> None:
    interview, (question, _) = await over(board)
    second = await second_interviewer(board)
    await rate(board, "interviewer", interview, question, 2)
    await rate(board, second, interview, question, 5)
    await lock(board, "interviewer", interview)
    early = await board.call(second, "GET", f"/interviews/{interview}/panel")
    assert (early.status_code, early.json()["code"]) == (403, "ratings_sealed")
    seen = await panel(board, "interviewer", interview)
    assert (seen["locked"], seen["waiting"]) == (["interviewer person"], ["Second"])
    assert seen["criteria"][0]["levels"] == [2]


async def test_how_far_apart_they_are_is_seen_by_all_of_them(board: Board) -> None:
    interview, _ = await two_rated(board)
    for who in ("interviewer", "second", "recruiter"):
        (only,) = (await panel(board, who, interview))["criteria"]
        assert (only["levels"], only["apart"], only["middle"]) == ([2, 5], 3, 3.5), who


async def test_a_moderator_writes_what_was_agreed_and_may_write_it_anew(board: Board) -> None:
    interview, question = await two_rated(board)
    path = f"/interviews/{interview}/consensus"
    body = {
        "question_id": question,
        "criterion": "evidence",
        "level": 4,
        "reason": "Both heard it.",
    }
    for who in ("interviewer", "second"):
        refused = await board.call(who, "PUT", path, json=body)
        assert (refused.status_code, refused.json()["code"]) == (403, "not_moderator"), who
    for given in (body, {**body, "level": None, "reason": "We could not agree."}):
        assert (await board.call("recruiter", "PUT", path, json=given)).status_code == 204
    (only,) = (await panel(board, "second", interview))["criteria"]
    agreed = only["consensus"]
    assert (agreed["level"], agreed["reason"]) == (None, "We could not agree.")
    assert agreed["moderator"] == "recruiter person"


async def test_who_created_the_interview_moderates_after_their_own_lock(board: Board) -> None:
    interview, (question, _) = await over(board)
    async with board.maker.begin() as session:
        creator = board.people["interviewer"].id
        await session.execute(update(Interview).values(created_by=creator))
    path = f"/interviews/{interview}/decisions"
    body = {"outcome": "hold", "reason": "We wait for a reference."}
    early = await board.call("interviewer", "POST", path, json=body)
    assert (early.status_code, early.json()["code"]) == (403, "ratings_sealed")
    await rate(board, "interviewer", interview, question, 4)
    await lock(board, "interviewer", interview)
    assert (await board.call("interviewer", "POST", path, json=body)).status_code == 204


async def test_a_recruiter_who_rates_too_moderates_after_their_own_lock(board: Board) -> None:
    interview, question = await two_rated(board)
    await rate(board, "recruiter", interview, question, 3)
    body = {"outcome": "reject", "reason": "No."}
    path = f"/interviews/{interview}/decisions"
    early = await board.call("recruiter", "POST", path, json=body)
    assert (early.status_code, early.json()["code"]) == (403, "ratings_sealed")


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("consensus", {"level": 3, "reason": " "}, 422, "reason_missing"),
        ("consensus", {"level": 9, "reason": "x"}, 400, "invalid"),
        ("consensus", {"level": 3, "reason": "x", "criterion": "looks"}, 404, "criterion_unknown"),
        ("decisions", {"outcome": "reject", "reason": ""}, 422, "reason_missing"),
        ("decisions", {"outcome": "hire", "reason": "x"}, 400, "invalid"),
    ],
)
async def test_nothing_is_agreed_or_decided_without_a_reason(
    board: Board, path: str, body: dict[str, Any], status: int, code: str
) -> None:
    interview, question = await two_rated(board)
    what = {"question_id": question, "criterion": "evidence"} if path == "consensus" else {}
    method = "PUT" if path == "consensus" else "POST"
    answer = await board.call(
        "recruiter", method, f"/interviews/{interview}/{path}", json={**what, **body}
    )
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_panel_agrees_after_somebody_locked(board: Board) -> None:
    interview, (question, _) = await over(board)
    body = {"question_id": question, "criterion": "evidence", "level": 4, "reason": "So."}
    answer = await board.call("recruiter", "PUT", f"/interviews/{interview}/consensus", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_locked")


async def test_a_later_decision_stands_and_the_trail_names_the_outcome_without_the_reason(
    board: Board,
) -> None:
    interview, _ = await two_rated(board)
    for outcome, reason in (("hold", "We wait."), ("next_stage", "The reference is good.")):
        body = {"outcome": outcome, "reason": reason}
        path = f"/interviews/{interview}/decisions"
        assert (await board.call("recruiter", "POST", path, json=body)).status_code == 204
    decisions = (await panel(board, "interviewer", interview))["decisions"]
    assert [one["outcome"] for one in decisions] == ["next_stage", "hold"]
    async with board.maker() as session:
        lines = await audit.latest(session, action="interview.decide")
    assert [line.detail for line in lines] == [{"outcome": "next_stage"}, {"outcome": "hold"}]


async def test_it_is_decided_when_the_interview_is_over(board: Board) -> None:
    interview, _ = await over(board)
    async with board.maker.begin() as session:
        await session.execute(update(Interview).values(status="live"))
    body = {"outcome": "reject", "reason": "No."}
    answer = await board.call("admin", "POST", f"/interviews/{interview}/decisions", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "decision_early")


async def test_the_pages_forms_do_the_same(board: Board) -> None:
    interview, question = await two_rated(board)
    await board.client.get("/login")
    token = board.client.cookies["csrftoken"]
    cookie = session_cookie(board.config, board.people["recruiter"]).partition("=")[2]
    board.client.cookies.set("daedam_session", cookie)
    agreed = {"question": question, "criterion": "evidence", "level": "none", "reason": "Unclear."}
    decided = {"outcome": "hold", "reason": "We wait for a reference."}
    for part, form in (("consensus", agreed), ("decision", decided)):
        path = f"/interviews/{interview}/ratings/{part}"
        answer = await board.client.post(path, data={**form, "_csrf_token": token})
        assert answer.status_code == 303, answer.text
    page = (await board.client.get(f"/interviews/{interview}/ratings")).text
    assert "Unclear." in page
    assert "We wait for a reference." in page
