"""A question that is pressed or sent twice is asked once."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest
from sqlalchemy import select, update

from central.interview.commands import CommandBody, PushQuestion
from central.storage.tables import BankQuestion, Interview, RoomCommand
from tests.fakes.board import Board, ask

pytestmark = pytest.mark.integration


async def live(board: Board) -> str:
    """As the gateway leaves it when the room has begun."""
    interview = await board.interview()
    path = f"/interviews/{interview}/start"
    await board.call("interviewer", "POST", path, json={"room": "seoul-1"})
    async with board.maker.begin() as session:
        await session.execute(update(RoomCommand).values(state="done"))
        await session.execute(update(Interview).values(status="live"))
    return interview


async def push(board: Board, interview: str, **question: str) -> str:
    """The command's id."""
    path = f"/interviews/{interview}/push"
    answer = await board.call("interviewer", "POST", path, json=question)
    assert answer.status_code == 202, answer.text
    return str(answer.json()["command_id"])


async def pushed(board: Board) -> list[str]:
    """The questions that rooms were told to ask, by their ids."""
    async with board.maker() as session:
        query = select(RoomCommand.body).where(RoomCommand.kind == "push_question")
        bodies: list[Any] = [
            msgspec.convert(body, CommandBody)
            for body in (await session.scalars(query.order_by(RoomCommand.id))).all()
        ]
    assert all(isinstance(body, PushQuestion) for body in bodies)
    return [body.question.question_id for body in bodies]


async def answered(board: Board, interview: str, question: str) -> None:
    async with board.maker.begin() as session:
        await ask(session, int(interview), int(question))
        await session.execute(update(RoomCommand).values(state="done"))


async def test_the_same_press_is_the_same_command_even_after_it_was_asked(board: Board) -> None:
    interview = await live(board)
    first = await push(board, interview, content="And then?", key="form-1")
    await answered(board, interview, (await pushed(board))[0])
    assert await push(board, interview, content=" And  then?", key="form-1") == first
    assert len(await pushed(board)) == 1


async def test_two_presses_at_once_are_one(board: Board) -> None:
    interview = await live(board)
    await board.call("interviewer", "GET", "/rooms")  # signs in: two at once would do it twice
    both = await asyncio.gather(
        push(board, interview, content="And then?", key="form-1"),
        push(board, interview, content="And then?", key="form-1"),
    )
    assert len(set(both)) == len(await pushed(board)) == 1


@pytest.mark.parametrize("keys", [("", ""), ("form-1", "form-2")], ids=["no key", "two forms"])
async def test_words_that_wait_to_be_asked_are_not_added_again(
    board: Board, keys: tuple[str, str]
) -> None:
    interview = await live(board)
    for key in keys:
        await push(board, interview, content="And then?", key=key)
    first, second = await pushed(board)
    assert first == second


async def test_words_that_were_asked_may_be_asked_again_on_purpose(board: Board) -> None:
    interview = await live(board)
    await push(board, interview, content="Can you say more?", key="form-1")
    await answered(board, interview, (await pushed(board))[0])
    await push(board, interview, content="Can you say more?", key="form-2")
    first, second = await pushed(board)
    assert first != second


async def test_other_words_in_the_same_form_are_another_question(board: Board) -> None:
    interview = await live(board)
    await push(board, interview, content="And then?", key="form-1")
    await push(board, interview, content="And before?", key="form-1")
    first, second = await pushed(board)
    assert first != second


async def test_a_question_of_the_bank_is_in_an_interview_once(board: Board) -> None:
    interview = await live(board)
    async with board.maker() as session:
        bank = (await session.scalars(select(BankQuestion.id).order_by(BankQuestion.id))).all()
    path = f"/interviews/{interview}/questions"
    before = (await board.call("interviewer", "GET", path)).json()
    for each in bank:
        await push(board, interview, bank_question_id=str(each))
        await push(board, interview, bank_question_id=str(each))
    after = (await board.call("interviewer", "GET", path)).json()
    assert len(after) == len(bank) == 4
    assert [one["question_id"] for one in after[:2]] == [one["question_id"] for one in before]
    assert sorted(await pushed(board)) == sorted(2 * [one["question_id"] for one in after])
