"""A posting's plan: the same for every candidate, there at once, and changed by people only."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select, update

from central.language import bank
from central.language.planning.scheme import ROOMS
from central.storage import questions
from central.storage.pool import open_pool
from central.storage.tables import BankQuestion, Job
from tests.fakes.board import Board, session_cookie

pytestmark = pytest.mark.integration

ABOUT = "고객의 불편을 관찰하고 우선순위를 정해 서버를 운영합니다."


@pytest.fixture
async def board(board: Board) -> Board:
    """With the bank that ships."""
    url = board.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    pool = await open_pool(url, 1)
    async with pool.connection() as conn:
        await questions.upsert(conn, bank.load())
    await pool.close()
    return board


async def posting(board: Board, **given: str) -> dict[str, Any]:
    body = {"position": "백엔드 개발자", "company": "한빛", "about": ABOUT} | given
    answer = await board.call("recruiter", "POST", "/postings", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def scheduled(board: Board, posting_id: str, candidate: str, language: str = "ko") -> str:
    body = {
        "candidate_id": str(board.people[candidate].id),
        "posting_id": posting_id,
        "language": language,
    }
    answer = await board.call("recruiter", "POST", "/interviews", json=body)
    assert answer.status_code == 201, answer.text
    assert answer.json()["position"] == "백엔드 개발자"
    return str(answer.json()["id"])


async def plan(board: Board, interview: str) -> dict[str, Any]:
    answer = await board.call("interviewer", "GET", f"/interviews/{interview}/plan")
    found: dict[str, Any] = answer.json()
    return found


async def test_every_candidate_of_a_posting_is_asked_for_the_same(board: Board) -> None:
    made = await posting(board)
    assert [slot["kind"] for slot in made["slots"]] == [room.kind for room in ROOMS]
    plans = [
        await plan(board, await scheduled(board, made["id"], candidate, language))
        for candidate, language in (("candidate", "ko"), ("other", "ko"), ("other", "en"))
    ]
    shapes = [
        [(one["slot"], one["competency"], one["sources"][0]["ref"]) for one in found["questions"]]
        for found in plans
    ]
    assert shapes[0] == shapes[1] == shapes[2]
    assert shapes[0] == [
        (slot["key"], slot["competency"], slot["bank_key"]) for slot in made["slots"]
    ]
    texts = [[one["question"]["content"] for one in found["questions"]] for found in plans]
    assert texts[0] == texts[1] != texts[2]
    assert {one["question"]["source"] for found in plans for one in found["questions"]} == {"bank"}


async def test_a_posting_keeps_its_plan_when_the_bank_changes(board: Board) -> None:
    made = await posting(board)
    async with board.maker.begin() as session:
        await session.execute(
            update(BankQuestion)
            .where(BankQuestion.key == made["slots"][1]["bank_key"])
            .values(is_active=False)
        )
    found = await plan(board, await scheduled(board, made["id"], "candidate"))
    again = await board.call("recruiter", "GET", f"/postings/{made['id']}")
    assert again.json()["slots"] == made["slots"]
    assert [one["slot"] for one in found["questions"]] == [slot["key"] for slot in made["slots"]]
    assert found["questions"][1]["sources"][0]["ref"] != made["slots"][1]["bank_key"]
    assert found["questions"][1]["competency"] == made["slots"][1]["competency"]


async def test_a_plan_is_whole_at_once_and_asks_a_worker_to_word_it(board: Board) -> None:
    made = await posting(board)
    interview = await scheduled(board, made["id"], "candidate")
    assert (await plan(board, interview))["being_worded"] is True
    async with board.maker() as session:
        job = (await session.scalars(select(Job).where(Job.kind == "plan"))).one()
    assert (job.key, job.body) == (interview, {"interview_id": int(interview)})
    started = await board.call(
        "interviewer", "POST", f"/interviews/{interview}/start", json={"room": "seoul-1"}
    )
    assert started.status_code == 202


async def test_people_replace_and_remove_while_no_room_has_the_plan(board: Board) -> None:
    made = await posting(board)
    interview = await scheduled(board, made["id"], "candidate")
    first, second, *_ = (await plan(board, interview))["questions"]
    path = f"/interviews/{interview}/questions"

    async def put(which: dict[str, Any], **body: str) -> Any:
        number = which["question"]["question_id"]
        return await board.call("recruiter", "PUT", f"{path}/{number}", json=body)

    typed = await put(first, content="지원하신 일에서  가장 해 보고 싶은 것은 무엇인가요?")
    asked = typed.json()["questions"][0]
    assert asked["question"]["source"] == "typed"
    assert (asked["sources"], asked["made"]["why"]) == ([], "chosen")
    refused = await put(first, content="결혼은 하셨나요?")
    assert (refused.status_code, refused.json()["code"]) == (422, "question_prohibited")
    async with board.maker() as session:
        other = await session.scalar(
            select(BankQuestion.id).where(
                BankQuestion.key == "learn_new_tool", BankQuestion.language == "ko"
            )
        )
    taken = await put(second, bank_question_id=str(other))
    assert taken.json()["questions"][1]["sources"][0]["ref"] == "learn_new_tool"
    twice = await put(first, bank_question_id=str(other))
    assert twice.json()["code"] == "question_repeated"
    gone = await board.call("recruiter", "DELETE", f"{path}/{second['question']['question_id']}")
    assert gone.status_code == 204
    assert len((await plan(board, interview))["questions"]) == len(ROOMS) - 1
    await board.call(
        "interviewer", "POST", f"/interviews/{interview}/start", json={"room": "seoul-1"}
    )
    late = await put(first, content="무엇을 가장 해 보고 싶으신가요, 이 일에서?")
    assert (late.status_code, late.json()["code"]) == (409, "interview_not_scheduled")


async def test_an_interview_has_a_posting_or_a_position(board: Board) -> None:
    candidate = {"candidate_id": str(board.people["candidate"].id)}
    made = await posting(board)
    for body in (candidate, candidate | {"posting_id": made["id"], "position": "x"}):
        answer = await board.call("recruiter", "POST", "/interviews", json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "posting_or_position")
    answer = await board.call(
        "recruiter", "POST", "/interviews", json=candidate | {"posting_id": "999"}
    )
    assert answer.json()["code"] == "posting_unknown"


async def test_candidates_see_no_plan(board: Board) -> None:
    made = await posting(board)
    interview = await scheduled(board, made["id"], "candidate")
    answer = await board.call("candidate", "GET", f"/interviews/{interview}/plan")
    assert answer.status_code == 403
    seen = await board.call("candidate", "GET", f"/interviews/{interview}/questions")
    assert seen.json() == []


async def _form(board: Board, path: str, form: dict[str, str], language: str = "ko") -> Any:
    cookie = session_cookie(board.config, board.people["recruiter"])
    page = await board.client.get("/postings", headers={"cookie": cookie})
    token = page.cookies["csrftoken"]
    return await board.client.post(
        path,
        data=form | {"_csrf_token": token},
        headers={"cookie": f"{cookie}; language={language}; csrftoken={token}"},
    )


async def test_the_pages_make_a_posting_choose_it_and_show_where_questions_are_from(
    board: Board,
) -> None:
    answer = await _form(board, "/postings", {"position": "백엔드 개발자", "about": ABOUT})
    assert answer.status_code == 303
    (made,) = (await board.call("recruiter", "GET", "/postings")).json()
    form = {
        "candidate": str(board.people["candidate"].id), "posting": made["id"], "policy": "eu",
        "language": "ko", "questions": "4", "silence": "3",
    }  # fmt: skip
    assert (await _form(board, "/interviews", form)).status_code == 303
    (interview,) = (await board.call("recruiter", "GET", "/interviews")).json()
    assert (interview["question_count"], interview["policy"]) == (len(ROOMS), "eu")
    wrong = await _form(board, "/interviews", form | {"policy": "nowhere"})
    assert wrong.status_code == 422
    cookie = session_cookie(board.config, board.people["recruiter"])
    page = await board.client.get(
        f"/interviews/{interview['id']}/plan", headers={"cookie": f"{cookie}; language=ko"}
    )
    assert "질문 은행" in page.text
    assert "introduction" in page.text
    question = (await plan(board, interview["id"]))["questions"][0]["question"]["question_id"]
    path = f"/interviews/{interview['id']}/plan/{question}"
    refused = await _form(board, path, {"text": "나이가 어떻게 되세요?"})
    assert refused.status_code == 422
    assert "나이" in refused.text
    assert (await _form(board, f"{path}/remove", {})).status_code == 303
    closed = await _form(board, f"/postings/{made['id']}/close", {})
    assert closed.status_code == 303
