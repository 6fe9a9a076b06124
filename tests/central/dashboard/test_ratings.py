"""Ratings over the API: kept in the order of the clicks, locked, and seen by nobody early."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from central.config import Dashboard
from central.storage import audit
from central.storage.tables import Interview
from tests.central.dashboard.rated import lock, over, rate, second_interviewer
from tests.fakes.board import Board, session_cookie

pytestmark = pytest.mark.integration


async def seen(board: Board, who: str, interview: str) -> dict[str, Any]:
    found: dict[str, Any] = (
        await board.call(who, "GET", f"/interviews/{interview}/ratings")
    ).json()
    return found


@pytest.mark.parametrize("writes", [[(3, 1), (5, 2)], [(5, 2), (3, 1)], [(5, 2), (5, 2), (3, 1)]])
async def test_the_newest_click_stands_in_whichever_order_they_come(
    board: Board, writes: list[tuple[int, int]]
) -> None:
    interview, (question, _) = await over(board)
    for level, seq in writes:
        answer = await rate(board, "interviewer", interview, question, level, seq=seq)
        assert answer.status_code == 200
    assert answer.json()["level"] == 5, "the answer says what stands"
    own = (await seen(board, "interviewer", interview))["own"]
    assert [(one["level"], one["seq"]) for one in own["ratings"]] == [(5, 2)]


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"level": 6}, 400, "invalid"),
        ({"level": 0}, 400, "invalid"),
        ({"seq": 0}, 400, "invalid"),
        ({"criterion": "looks"}, 404, "criterion_unknown"),
        ({"question_id": "999"}, 404, "criterion_unknown"),
    ],
)
async def test_what_is_no_rating_is_refused(
    board: Board, change: dict[str, Any], status: int, code: str
) -> None:
    interview, (question, _) = await over(board)
    body = {"question_id": question, "criterion": "evidence", "level": 3, "seq": 1, **change}
    path = f"/interviews/{interview}/ratings"
    answer = await board.call("interviewer", "PUT", path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_locked_rating_changes_no_more(board: Board) -> None:
    interview, (question, _) = await over(board)
    await rate(board, "interviewer", interview, question, None)
    assert (await lock(board, "interviewer", interview)).status_code == 200
    for late in (
        await rate(board, "interviewer", interview, question, 5, seq=9),
        await lock(board, "interviewer", interview),
    ):
        assert (late.status_code, late.json()["code"]) == (409, "ratings_locked")
    own = (await seen(board, "interviewer", interview))["own"]
    assert [one["level"] for one in own["ratings"]] == [None]


async def test_all_that_was_asked_is_rated_before_the_lock_and_what_was_not_need_not(
    board: Board,
) -> None:
    interview, (one, other) = await over(board, asked=2)
    await rate(board, "interviewer", interview, one, 4)
    refused = await lock(board, "interviewer", interview)
    assert (refused.status_code, refused.json()["code"]) == (409, "ratings_missing")
    await rate(board, "interviewer", interview, other, 4)
    assert (await lock(board, "interviewer", interview)).status_code == 200


async def test_ratings_of_an_interview_that_goes_on_are_not_locked(board: Board) -> None:
    interview, (question, _) = await over(board)
    await rate(board, "interviewer", interview, question, 4)
    async with board.maker.begin() as session:
        await session.execute(update(Interview).values(status="live"))
    refused = await lock(board, "interviewer", interview)
    assert (refused.status_code, refused.json()["code"]) == (409, "interview_not_over")


async def test_nobody_sees_anothers_ratings_before_their_own_lock(board: Board) -> None:
    interview, (question, _) = await over(board)
    second = await second_interviewer(board)
    await rate(board, "interviewer", interview, question, 2)
    await lock(board, "interviewer", interview)
    await rate(board, second, interview, question, 5)
    await rate(board, "recruiter", interview, question, 1)
    for who in (second, "recruiter"):
        early = await seen(board, who, interview)
        assert (early["others"], early["others_sealed"]) == ([], True), who
    await lock(board, second, interview)
    late = await seen(board, second, interview)
    given = {one["interviewer"]: one["independent"] for one in late["others"]}
    assert given == {"interviewer person": True, "recruiter person": False}


async def test_only_an_admin_unlocks_for_a_reason_and_it_is_written_down(board: Board) -> None:
    interview, (question, _) = await over(board)
    await rate(board, "interviewer", interview, question, 4)
    await lock(board, "interviewer", interview)
    whose = board.people["interviewer"].id
    path = f"/interviews/{interview}/ratings/{whose}/unlock"
    given = {"reason": "Rated the wrong candidate."}
    for who in ("interviewer", "recruiter"):
        assert (await board.call(who, "POST", path, json=given)).status_code == 403
    empty = await board.call("admin", "POST", path, json={"reason": " "})
    assert (empty.status_code, empty.json()["code"]) == (422, "unlock_reason")
    assert (await board.call("admin", "POST", path, json=given)).status_code == 204
    again = await board.call("admin", "POST", path, json=given)
    assert (again.status_code, again.json()["code"]) == (409, "sheet_not_locked")
    assert (await rate(board, "interviewer", interview, question, 5, seq=2)).json()["level"] == 5
    own = (await seen(board, "interviewer", interview))["own"]
    assert (own["locked_at"], own["independent"]) == (None, False)
    async with board.maker() as session:
        lines = [line for line in await audit.latest(session) if line.action.startswith("ratings.")]
    assert [(line.action, line.actor) for line in lines] == [
        ("ratings.unlock", "admin"),
        ("ratings.lock", "interviewer"),
    ]
    assert all(line.detail == {"interviewer": str(whose)} for line in lines), "no level, no reason"


async def test_the_pages_script_needs_its_session_and_its_token(board: Board) -> None:
    interview, (question, _) = await over(board)
    await board.client.get("/login")
    token = board.client.cookies["csrftoken"]
    session = session_cookie(board.config, board.people["interviewer"]).partition("=")[2]
    body = {"question_id": question, "criterion": "evidence", "level": 3, "seq": 1}
    path = f"/desk/interviews/{interview}/ratings"
    stranger = await board.client.put(path, json=body, headers={"x-csrftoken": token})
    assert (stranger.status_code, stranger.json()["code"]) == (401, "not_signed_in")
    board.client.cookies.set("daedam_session", session)
    forged = await board.client.put(path, json=body)
    assert (forged.status_code, forged.json()["code"]) == (403, "csrf")
    saved = await board.client.put(path, json=body, headers={"x-csrftoken": token})
    assert (saved.status_code, saved.json()["level"]) == (200, 3)


@pytest.mark.parametrize("reveal", ["after_lock", "always"])
async def test_the_rule_of_the_site_says_whose_ratings_are_independent(
    board: Board, reveal: Any
) -> None:
    board.serve(
        type(board.config)(data_dir=board.config.data_dir, dashboard=Dashboard(reveal=reveal))
    )
    interview, (question, _) = await over(board)
    await rate(board, "interviewer", interview, question, 4)
    own = (await seen(board, "interviewer", interview))["own"]
    assert own["independent"] is (reveal == "after_lock")
