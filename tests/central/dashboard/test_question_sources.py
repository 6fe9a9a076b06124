"""The report says where a question came from: one that a person typed is no answer in writing."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from central.storage.tables import InterviewQuestion
from tests.central.dashboard.rated import over
from tests.fakes.board import Board, session_cookie

pytestmark = pytest.mark.integration


@pytest.mark.parametrize(
    ("source", "korean", "english"),
    [
        ("bank", "질문 은행", "bank"),
        ("typed", "사람이 작성", "typed by a person"),
        ("llama.cpp/some", "llama.cpp/some", "llama.cpp/some"),
    ],
)
async def test_the_report_says_where_a_question_came_from(
    board: Board, source: str, korean: str, english: str
) -> None:
    interview, _ = await over(board)
    async with board.maker.begin() as session:
        await session.execute(update(InterviewQuestion).values(source=source))
    session_of = session_cookie(board.config, board.people["candidate"])
    for language, words in (("ko", korean), ("en", english)):
        cookie = {"cookie": f"{session_of}; language={language}"}
        page = (await board.client.get(f"/interviews/{interview}/report", headers=cookie)).text
        assert f'<span class="engine">{words}</span>' in page
        assert "written by the candidate" not in page
        assert "지원자가 직접 씀" not in page
