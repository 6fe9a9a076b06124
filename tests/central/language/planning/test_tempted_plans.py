"""A thousand questions of a model that is scripted to ask what nobody may: none reaches a room."""

from __future__ import annotations

from collections.abc import AsyncIterator
from itertools import count

import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from central.errors import Prohibited
from central.jobs.kinds import PLAN
from central.language import bank
from central.language.model import Choice, Prompt, Slot
from central.language.planning import following, gates
from central.language.planning.plan_job import Planning
from central.language.planning.prompts import Heard
from central.language.planning.sources import Piece
from central.language.planning.writing import Writer
from central.policy import load
from central.storage import (
    commands_out,
    follow_ups,
    interviews,
    jobs,
    planning,
    postings,
    questions,
    structured,
)
from central.storage.engine import create_engine, sessions
from central.storage.follow_ups import OpenAnswer
from central.storage.interviews import NewInterview
from central.storage.pool import Pool
from central.storage.postings import NewPosting, PostingView
from central.storage.tables import Room, RoomCommand, User
from tests.fakes.generators import PROHIBITED, TemptedGenerator
from tests.fakes.papers import Papers
from tests.fakes.scripted_model import ScriptedModel

pytestmark = pytest.mark.integration

FOLLOW_UPS = 100


def tempted(engine: TemptedGenerator, language: str) -> Writer:
    def write(_: Prompt, slot: Slot) -> str:
        if isinstance(slot, Choice):
            return slot.options[0]
        return "the index" if slot.key == "span" else engine.write(language)

    return Writer(ScriptedModel(write))


@pytest.fixture
async def session(database_url: str) -> AsyncIterator[AsyncSession]:
    engine = create_engine(database_url)
    async with sessions(engine)() as session:
        yield session
    await engine.dispose()


async def scheduled(session: AsyncSession, posting: PostingView, language: str) -> int:
    candidate = await session.scalar(select(User.id).limit(1))
    assert candidate is not None
    new = NewInterview(candidate, posting.position, language=language, posting_id=posting.id)
    interview_id = await interviews.create(session, new, actor_id=None)
    await structured.add(session, interview_id, posting, language=language)
    await session.commit()
    return interview_id


async def reached(session: AsyncSession, interview_id: int) -> list[str]:
    """What the room is told; then it is free again."""
    await commands_out.start(session, interview_id, "r1", policies=load("kr"), actor_id=None)
    newest = select(RoomCommand.body).order_by(RoomCommand.id.desc()).limit(1)
    body = await session.scalar(newest)
    await session.execute(update(RoomCommand).values(state="done"))
    await session.commit()
    assert body is not None
    return [question["text"] for question in body["plan"]["questions"]]


@pytest.mark.parametrize("wanted", [200, pytest.param(1_000, marks=pytest.mark.soak)])
async def test_of_so_many_questions_none_that_is_prohibited_reaches_a_room(
    pool: Pool, session: AsyncSession, wanted: int
) -> None:
    async with pool.connection() as conn:
        await questions.upsert(conn, bank.load())
    session.add(Room(code="r1", name="Room"))
    session.add(User(email="a@b", username="a", role="candidate", password_hash="x"))
    new = NewPosting("백엔드 개발자", None, "")
    posting = await postings.get(session, await postings.create(session, new, actor_id=None))
    await session.commit()
    engine = TemptedGenerator(seed=11)
    told: list[str] = []
    held = {language: await scheduled(session, posting, language) for language in ("ko", "en")}
    async with pool.connection() as conn:
        first = await jobs.claim(conn, [PLAN], "w", 4, 30)
    await Planning(pool, None, Papers()).handle(first)
    for number in count():
        if engine.written >= wanted:
            break
        language = ("ko", "en")[number % 2]
        async with pool.connection() as conn:
            await planning.again(conn, held[language], str(number))
            claimed = await jobs.claim(conn, [PLAN], "w", 4, 30)
        await Planning(pool, tempted(engine, language), Papers()).handle(claimed)
        texts = await reached(session, held[language])
        assert len(texts) == len(posting.slots)
        told += texts
    assert len(engine.prohibited) >= wanted // 2
    assert not set(told) & engine.prohibited
    for text in set(told):
        language = "ko" if any("가" <= letter <= "힣" for letter in text) else "en"
        assert gates.refusals(gates.Draft(text, language), gates.Around()) == ()
    shown = {question.content for question in bank.load()}
    assert set(told) - shown, "whatever was fine was worded"


async def test_no_tempted_follow_up_passes_and_the_last_door_is_shut(pool: Pool) -> None:
    engine = TemptedGenerator(seed=12)
    for language in ("ko", "en"):
        heard = Heard(language, "?", "I built the index.", "result")
        for _ in range(FOLLOW_UPS):
            writer = tempted(engine, language)
            piece = Piece("answer", "1", "", heard.answer)
            found = await following.question(writer, heard, piece, ())
            assert found.text not in engine.prohibited
    answer = OpenAnswer(1, 1, 1, 1, 1, "", "ko", "", 2, "", 1, (), (), None)
    async with pool.connection() as conn:
        for text in (*PROHIBITED["ko"], *PROHIBITED["en"]):
            with pytest.raises(Prohibited):
                await follow_ups.hold(conn, answer, question_id=1, text=text)
        cursor = await conn.execute("select count(*) from room_commands")
        assert await cursor.fetchone() == (0,)
