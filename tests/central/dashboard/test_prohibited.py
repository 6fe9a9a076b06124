"""What no candidate may be asked does not leave for a room, whoever writes it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select, update

from central.errors import Prohibited
from central.language import bank
from central.language.generator import BankGenerator, ScreenedGenerator, Wanted
from central.storage import commands_out, interview_questions
from central.storage.tables import Interview, InterviewQuestion, RoomCommand
from tests.fakes.board import Board, session_cookie
from tests.fakes.generators import TemptedGenerator

pytestmark = pytest.mark.integration

ROUNDS = 60
A_ROUND = 10


async def live(board: Board) -> str:
    """As the gateway leaves it when the room has begun."""
    interview = await board.interview()
    path = f"/interviews/{interview}/start"
    await board.call("interviewer", "POST", path, json={"room": "seoul-1"})
    async with board.maker.begin() as session:
        await session.execute(update(RoomCommand).values(state="done"))
        await session.execute(update(Interview).values(status="live"))
    return interview


async def bodies(board: Board) -> list[dict[str, Any]]:
    async with board.maker() as session:
        return list((await session.scalars(select(RoomCommand.body))).all())


async def test_of_1000_questions_of_a_tempted_engine_none_that_is_prohibited_reaches_a_room(
    board: Board,
) -> None:
    interview = int(await board.interview(questions=0))
    engine = TemptedGenerator(seed=7)
    guarded = ScreenedGenerator(engine, BankGenerator(bank.load()))
    async with board.maker.begin() as session:
        for number in range(ROUNDS):
            language = ("ko", "en")[number % 2]
            drafts = await guarded.questions(Wanted("backend", language, A_ROUND, str(number)))
            assert len(drafts) == A_ROUND
            await interview_questions.add_drafted(session, interview, drafts)
    answer = await board.call(
        "interviewer", "POST", f"/interviews/{interview}/start", json={"room": "seoul-1"}
    )
    assert answer.status_code == 202, answer.text
    (body,) = await bodies(board)
    reached = {question["text"] for question in body["plan"]["questions"]}
    assert engine.written >= 1000
    assert len(engine.prohibited) >= 400
    assert reached
    assert not reached & engine.prohibited


async def test_a_follow_up_that_passed_no_guard_is_stopped_at_the_last_door(board: Board) -> None:
    interview = int(await live(board))
    engine = TemptedGenerator(seed=8)
    drafts = [
        draft
        for language in ("ko", "en")
        for draft in await engine.questions(Wanted("backend", language, 100, ""))
        if draft.text in engine.prohibited
    ]
    before = len(await bodies(board))
    async with board.maker.begin() as session:
        for draft in drafts:
            row = InterviewQuestion(
                interview_id=interview, ordinal=9, text=draft.text, category="behavioral",
                difficulty="medium", source="generated", rubric={},
                answer_limit_ms=60_000, think_ms=0,
            )  # fmt: skip
            with pytest.raises(Prohibited):
                await commands_out.push(session, interview, row, actor_id=None)
            with pytest.raises(Prohibited):
                await interview_questions.add_drafted(session, interview, [draft])
    assert len(await bodies(board)) == before


async def test_a_plan_that_holds_a_prohibited_question_does_not_start(board: Board) -> None:
    interview = await board.interview()
    async with board.maker.begin() as session:
        await session.execute(update(InterviewQuestion).values(text="종교가 있으신가요?"))
    answer = await board.call(
        "interviewer", "POST", f"/interviews/{interview}/start", json={"room": "seoul-1"}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "question_prohibited")
    assert await bodies(board) == []


@pytest.mark.parametrize("who", ["interviewer", "recruiter", "admin"])
async def test_no_role_pushes_it_and_the_refusal_says_topic_and_law(board: Board, who: str) -> None:
    interview = await live(board)
    before = len(await bodies(board))
    path = f"/interviews/{interview}/push"
    answer = await board.call(who, "POST", path, json={"content": "결혼은 하셨나요?"})
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (422, "question_prohibited")
    assert "marriage and family plans" in problem["detail"]
    assert "Fair Hiring Procedure Act, Art. 4-3" in problem["detail"]
    assert {"key": "topic", "message": "marriage"} in problem["errors"]
    assert len(await bodies(board)) == before
    questions = await board.call(who, "GET", f"/interviews/{interview}/questions")
    assert len(questions.json()) == 2


async def test_a_refusal_leaves_an_entry_that_administrators_read(board: Board) -> None:
    interview = await board.interview()
    path = f"/interviews/{interview}/questions"
    await board.call("recruiter", "POST", path, json={"content": "How old are you?"})
    answer = await board.call("admin", "GET", "/audit?action=question.refused")
    (entry,) = answer.json()
    assert (entry["actor"], entry["subject"]) == ("recruiter", f"interview:{interview}")
    assert entry["detail"]["topic"] == "age"
    assert entry["detail"]["question"] == "How old are you?"
    denied = await board.call("interviewer", "GET", "/audit")
    assert denied.status_code == 403


@pytest.mark.parametrize(
    ("notice", "status"),
    [
        ("결혼하셨나요", 422),
        ("Are you married", 422),
        ("몸이 불편하시면 말씀해 주세요.", 202),
        ("If you feel ill, please tell us.", 202),
    ],
)
async def test_a_notice_is_no_way_around(board: Board, notice: str, status: int) -> None:
    answer = await board.call("interviewer", "POST", "/rooms/seoul-1/notice", json={"text": notice})
    assert answer.status_code == status
    assert len(board.bus.published) == (status == 202)


@pytest.mark.parametrize(
    ("language", "said"),
    [("ko", "지원자에게 물을 수 없는 질문입니다: 나이"), ("en", "This asks about age")],
)
async def test_the_rooms_page_refuses_in_the_readers_language(
    board: Board, language: str, said: str
) -> None:
    await live(board)
    cookie = session_cookie(board.config, board.people["interviewer"])
    page = await board.client.get("/rooms/seoul-1", headers={"cookie": cookie})
    token = page.cookies["csrftoken"]
    answer = await board.client.post(
        "/rooms/seoul-1/push",
        data={"text": "나이가 어떻게 되세요?", "_csrf_token": token},
        headers={"cookie": f"{cookie}; language={language}; csrftoken={token}"},
    )
    assert answer.status_code == 422, answer.text
    assert said in answer.text
    async with board.maker() as session:
        pushed = select(func.count()).where(RoomCommand.kind == "push_question")
        assert await session.scalar(pushed) == 0
