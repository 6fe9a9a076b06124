"""An interview that is over, and what people do to rate it over the API."""

from __future__ import annotations

import httpx
from sqlalchemy import select, update

from central.storage import users
from central.storage.tables import Interview, InterviewQuestion
from central.storage.users import NewUser
from tests.fakes.board import Board, ask


async def over(board: Board, asked: int = 1) -> tuple[str, list[str]]:
    """An interview that is over, of whose two questions `asked` were asked; its questions' ids."""
    interview = await board.interview(questions=2)
    async with board.maker.begin() as session:
        query = select(InterviewQuestion.id).order_by(InterviewQuestion.ordinal)
        questions = list((await session.scalars(query)).all())
        for question in questions[:asked]:
            await ask(session, int(interview), question)
        await session.execute(update(Interview).values(status="completed"))
    return interview, [str(one) for one in questions]


async def second_interviewer(board: Board) -> str:
    async with board.maker.begin() as session:
        known = await users.by_login(session, "interviewer")
        assert known is not None
        new = NewUser("2@example.org", "second", "interviewer", known.password_hash, "Second")
        board.people["second"] = await users.create(session, new, actor_id=None)
    return "second"


async def rate(
    board: Board, who: str, interview: str, question: str, level: int | None, *, seq: int = 1
) -> httpx.Response:
    body = {"question_id": question, "criterion": "evidence", "level": level, "seq": seq}
    return await board.call(who, "PUT", f"/interviews/{interview}/ratings", json=body)


async def lock(board: Board, who: str, interview: str) -> httpx.Response:
    return await board.call(who, "POST", f"/interviews/{interview}/ratings/lock")
