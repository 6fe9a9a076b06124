"""A receipt is read without a login by who has its address; surveys are read together only."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import insert, select, update

from central.storage.surveys import FEWEST
from central.storage.tables import Interview, RoomCommand, SurveyRow
from tests.fakes.board import Board, config_in

pytestmark = pytest.mark.integration


async def started(board: Board) -> tuple[str, str]:
    """An interview that begins; its id and its token."""
    number = await board.interview(questions=1)
    path = f"/interviews/{number}/start"
    assert (
        await board.call("recruiter", "POST", path, json={"room": "seoul-1"})
    ).status_code == 202
    async with board.maker.begin() as session:
        token = await session.scalar(
            select(Interview.receipt_token).where(Interview.id == int(number))
        )
    return number, str(token)


async def test_the_page_says_what_was_recorded_in_both_languages_and_nothing_of_the_person(
    board: Board,
) -> None:
    number, token = await started(board)
    async with board.maker.begin() as session:
        await session.execute(
            update(Interview).values(
                recording_consent=True, scoring_consent=False, overall_score=71.5
            )
        )
    for language, words in (
        ("en", ("Your receipt", "No AI marks your answers", "ask for deletion earlier")),
        ("ko", ("확인증", "AI는 채점하지 않습니다", "더 일찍 삭제해 달라고 요청하실 수 있습니다")),
    ):
        page = await board.client.get(f"/receipt/{token}", headers={"accept-language": language})
        assert page.status_code == 200
        assert page.headers["cache-control"] == "no-store"
        assert "noindex" in page.headers["x-robots-tag"]
        assert number in page.text
        for one in words:
            assert one in page.text, one
        for one in ("candidate person", "71.5", "Backend Engineer", "What did you do"):
            assert one not in page.text, one


@pytest.mark.parametrize("token", ["x", "0" * 32, "None"])
async def test_who_guesses_finds_nothing(board: Board, token: str) -> None:
    await board.interview()
    assert (await board.client.get(f"/receipt/{token}")).status_code == 404


@pytest.mark.parametrize("public_url", ["", "https://board.example/"])
async def test_the_room_gets_an_address_where_the_site_has_one(
    board: Board, public_url: str
) -> None:
    config = config_in(board.config.data_dir)
    board.serve(
        type(config)(
            data_dir=config.data_dir,
            dashboard=type(config.dashboard)(public_url=public_url),
        )
    )
    _, token = await started(board)
    async with board.maker.begin() as session:
        body = (await session.scalars(select(RoomCommand.body))).one()
    url = body["plan"]["receipt"]["url"]
    assert url == (f"https://board.example/receipt/{token}" if public_url else "")
    assert len(token) >= 32


async def test_surveys_are_means_of_five_or_more(board: Board) -> None:
    async with board.maker.begin() as session:
        for number in range(FEWEST - 1):
            await session.execute(
                insert(SurveyRow).values(
                    answer_key=str(number), answered_on=date(2026, 11, 1), ease=4, fairness=5
                )
            )
    told = (await board.call("recruiter", "GET", "/survey")).json()
    assert told == {"count": FEWEST - 1, "ease": None, "fairness": None}
    async with board.maker.begin() as session:
        await session.execute(
            insert(SurveyRow).values(
                answer_key="last", answered_on=date(2026, 11, 2), ease=1, fairness=5
            )
        )
    told = (await board.call("recruiter", "GET", "/survey")).json()
    assert told == {"count": FEWEST, "ease": 3.4, "fairness": 5.0}
    since = (await board.call("recruiter", "GET", "/survey?since=2026-11-02")).json()
    assert since == {"count": 1, "ease": None, "fairness": None}
    assert (await board.call("candidate", "GET", "/survey")).status_code == 403
