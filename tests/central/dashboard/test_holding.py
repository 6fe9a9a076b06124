"""How long an interview is kept is said when it begins; a hold keeps it longer, and is said too."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from central.config import Policy as Settings
from central.interview.policy import FEWEST_DAYS, MOST_DAYS
from central.policy import load
from central.storage import audit
from central.storage.retention import LONGEST_REASON, site_day
from central.storage.tables import Interview, RoomCommand
from tests.fakes.board import Board, config_in, session_cookie

pytestmark = pytest.mark.integration
DAY = date(2027, 5, 28)


async def finished(board: Board, *, recorded: bool = True) -> str:
    interview = await board.interview()
    async with board.maker.begin() as session:
        await session.execute(
            update(Interview)
            .where(Interview.id == int(interview))
            .values(status="completed", recording_consent=recorded, kept_until=DAY)
        )
    return interview


async def begin(board: Board) -> tuple[str, dict[str, Any]]:
    """An interview that is given to a room, and the plan that the room gets."""
    interview = await board.interview()
    answer = await board.call(
        "recruiter", "POST", f"/interviews/{interview}/start", json={"room": "seoul-1"}
    )
    assert answer.status_code == 202
    async with board.maker() as session:
        body = (await session.scalars(select(RoomCommand.body))).one()
    return interview, body["plan"]


async def test_the_day_is_counted_from_the_beginning_and_told_to_the_room(board: Board) -> None:
    days = load("kr").profiles["kr"].kept_days
    assert days is not None
    before = site_day(datetime.now(UTC)) + timedelta(days=days)
    interview, plan = await begin(board)
    after = site_day(datetime.now(UTC)) + timedelta(days=days)
    told = plan["receipt"]["kept_until"]
    assert before.isoformat() <= told <= after.isoformat()
    view = (await board.call("candidate", "GET", f"/interviews/{interview}")).json()
    assert (view["kept_until"], view["held"]) == (told, False)


OWN = """
version = "1"
check_devices = false
practice = false
{days}
title = {{ ko = "본사", en = "Head office" }}
reason = {{ ko = "노사 합의", en = "Works agreement" }}
[channels]
gaze = "on"
expression = "off"
posture = "off"
hands = "off"
people = "off"
emotion = "off"
"""


@pytest.mark.parametrize("days", [None, FEWEST_DAYS, MOST_DAYS])
async def test_a_sites_own_profile_says_how_long_and_what_is_tried(
    board: Board, tmp_path: Path, days: int | None
) -> None:
    line = "" if days is None else f"kept_days = {days}"
    (tmp_path / "own.toml").write_text(OWN.format(days=line), encoding="utf-8")
    board.serve(config_in(board.config.data_dir, policy=Settings(profile="own", folder=tmp_path)))
    interview, plan = await begin(board)
    day = None if days is None else site_day(datetime.now(UTC)) + timedelta(days=days)
    assert plan["receipt"]["kept_until"] == ("" if day is None else day.isoformat())
    assert (plan["check_devices"], plan["practice"]) == (False, False)
    (tmp_path / "own.toml").write_text(OWN.format(days="kept_days = 9"), encoding="utf-8")
    board.serve(board.config)
    view = (await board.call("admin", "GET", f"/interviews/{interview}")).json()
    assert (view["kept_until"] or "") == plan["receipt"]["kept_until"], "what was told stays so"


@pytest.mark.parametrize(
    ("language", "day", "held"),
    [
        ("en", "Everything is deleted on May 28, 2027", "is kept longer at present"),
        ("ko", "2027. 5. 28.에 이 페이지와 함께 모두 삭제합니다", "지금은 더 보관하고 있습니다"),
    ],
)
async def test_the_receipt_names_the_day_and_does_not_hide_a_hold(
    board: Board, language: str, day: str, held: str
) -> None:
    interview = await finished(board)
    async with board.maker.begin() as session:
        await session.execute(update(Interview).values(receipt_token="t" * 32))

    async def page() -> str:
        headers = {"accept-language": language}
        return (await board.client.get(f"/receipt/{'t' * 32}", headers=headers)).text

    assert day in await page()
    await board.call("admin", "PUT", f"/interviews/{interview}/hold", json={"reason": "case 7"})
    told = await page()
    assert held in told
    assert day not in told
    assert "case 7" not in told


async def test_a_hold_says_why_by_whom_and_since_when(board: Board) -> None:
    interview = await finished(board)
    path = f"/interviews/{interview}/hold"
    assert (await board.call("interviewer", "GET", path)).status_code == 404
    put = await board.call("recruiter", "PUT", path, json={"reason": "  a review is\nopen "})
    assert put.status_code == 200
    told = (await board.call("interviewer", "GET", path)).json()
    assert told == put.json()
    assert (told["reason"], told["held_by"]) == ("a review is open", "recruiter")
    assert (await board.call("candidate", "GET", f"/interviews/{interview}")).json()["held"] is True
    assert (await board.call("admin", "DELETE", path)).status_code == 204
    assert (await board.call("admin", "DELETE", path)).json()["code"] == "interview_not_held"
    async with board.maker() as session:
        (first,) = await audit.latest(session, action="interview.hold")
        (last,) = await audit.latest(session, action="interview.release")
    assert (first.actor, first.detail) == ("recruiter", {"reason": "a review is open"})
    assert (last.actor, last.subject) == ("admin", f"interview:{interview}")
    assert last.detail["reason"] == "a review is open"


@pytest.mark.parametrize(
    ("role", "reason", "status", "code"),
    [
        ("candidate", "x", 403, "role_not_allowed"),
        ("interviewer", "x", 403, "role_not_allowed"),
        ("it", "x", 403, "role_not_allowed"),
        ("recruiter", " ", 422, "hold_reason"),
        ("recruiter", "x" * (LONGEST_REASON + 1), 422, "hold_reason"),
    ],
)
async def test_who_may_not_hold_it_or_says_no_reason_is_refused(
    board: Board, role: str, reason: str, status: int, code: str
) -> None:
    interview = await finished(board)
    answer = await board.call(role, "PUT", f"/interviews/{interview}/hold", json={"reason": reason})
    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_held_interview_is_not_erased_by_hand_either(board: Board) -> None:
    interview = await finished(board)
    await board.call("recruiter", "PUT", f"/interviews/{interview}/hold", json={"reason": "x"})
    erase = f"/interviews/{interview}/data?confirm={interview}"
    answer = await board.call("admin", "DELETE", erase)
    assert (answer.status_code, answer.json()["code"]) == (409, "interview_held")
    await board.call("admin", "DELETE", f"/interviews/{interview}/hold")
    assert (await board.call("admin", "DELETE", erase)).status_code == 200


@pytest.mark.parametrize(
    ("role", "may"), [("admin", True), ("recruiter", True), ("interviewer", False)]
)
async def test_the_report_says_the_day_and_holds_and_releases(
    board: Board, role: str, may: bool
) -> None:
    interview = await finished(board)
    cookie = {"cookie": session_cookie(board.config, board.people[role])}

    async def report() -> str:
        return (await board.client.get(f"/interviews/{interview}/report", headers=cookie)).text

    page = await report()
    assert "Erased on May 28, 2027" in page
    assert (f'action="/interviews/{interview}/hold"' in page) is may
    await board.call("admin", "PUT", f"/interviews/{interview}/hold", json={"reason": "case 7"})
    page = await report()
    assert "by admin: case 7" in page
    assert (f'action="/interviews/{interview}/release"' in page) is may
    assert f'action="/interviews/{interview}/erase"' not in page


async def test_a_candidate_sees_the_day_on_their_report_and_no_reason(board: Board) -> None:
    interview = await finished(board)
    await board.call("admin", "PUT", f"/interviews/{interview}/hold", json={"reason": "case 7"})
    cookie = {"cookie": session_cookie(board.config, board.people["candidate"])}
    page = (await board.client.get(f"/interviews/{interview}/report", headers=cookie)).text
    assert "May 28, 2027" in page
    assert "case 7" not in page
