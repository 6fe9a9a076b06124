"""Speech and language on real PostgreSQL and NATS: an utterance becomes a report."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from central.bus import subjects
from central.bus.bus import Bus
from central.bus.events import Event, MarksAdded, ReportReady
from central.config import Config, Database, Language, Nats
from central.errors import ConfigError, EngineError
from central.interview.rubric import Criterion, Rubric
from central.jobs.kinds import EVALUATE
from central.jobs.queue import ClaimedJob
from central.language import serve as language
from central.language.marking import Marking
from central.speech import serve as speech
from central.storage import jobs, questions
from central.storage.pool import Pool
from central.supervisor.notify import Notify
from tests.fakes.evaluators import InventingEvaluator
from tests.fakes.told import Told, told
from tests.fakes.voices import speak

pytestmark = pytest.mark.integration

RUBRIC = Rubric(
    "v1",
    (
        Criterion(
            "people", "People", "cultural_fit", 1.0, ("1", "2", "3", "4", "5"),
            (("people", "person"), ("see", "saw"), ("spaceship",)),
        ),
    ),
    (("room",), ("spaceship",)),
)  # fmt: skip
SENTENCE = "we can see the people in the room and they can see us"


@pytest.fixture
def config(database_url: str, nats_url: str, tmp_path: Path) -> Config:
    return Config(data_dir=tmp_path, database=Database(url=database_url), nats=Nats(url=nats_url))


@asynccontextmanager
async def roles(config: Config) -> AsyncIterator[None]:
    """Speech and language, in this process."""
    tasks = [asyncio.create_task(role.serve(config, Notify())) for role in (speech, language)]
    try:
        yield
        assert not any(task.done() for task in tasks)
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def report_of(interview: Told) -> tuple[object, ...]:
    (row,) = await interview.wait_for(
        "select cultural_fit_score, technical_score, summary_text, evaluator_model, details,"
        " versions, overall_score from evaluation_reports e join interviews i"
        " on i.id = e.interview_id where i.id = %s",
        interview.interview_id,
    )
    return row


async def test_an_answer_becomes_a_report_with_quotes_that_were_said(
    config: Config, pool: Pool, nats_url: str, tmp_path: Path
) -> None:
    interview = await told(pool)
    turn_id = await interview.ask("Whom can you see?", RUBRIC)
    events: list[Event] = []
    async with AsyncExitStack() as stack:
        bus = await stack.enter_async_context(await Bus.connect(nats_url, "test"))
        live = await stack.enter_async_context(bus.subscribe_live(subjects.live_of(interview.room)))
        await stack.enter_async_context(roles(config))
        await interview.say(turn_id, speak(SENTENCE, tmp_path))
        await interview.end_answer(turn_id, 1)
        await interview.finish()
        cultural, technical, text, model, details, versions, overall = await report_of(interview)
        async with asyncio.timeout(10):
            async for event in live:
                events.append(event)
                if isinstance(event, ReportReady):
                    break
    assert [type(event).__name__ for event in events] == [
        "TranscriptAdded",
        "MarksAdded",
        "ReportReady",
    ]
    assert model == "rubric-baseline"
    assert technical is None
    assert cultural == overall
    assert isinstance(cultural, float)
    assert 0 < cultural < 100
    assert "rubric-baseline" in str(text)
    assert isinstance(details, dict)
    (question,) = details["questions"]
    marked = events[1]
    assert isinstance(marked, MarksAdded)
    assert marked.marks[0].quotes
    assert all(quote in question["answer"] for quote in marked.marks[0].quotes)
    assert isinstance(versions, dict)
    assert versions["rubrics"] == ["v1"]


async def test_without_consent_to_scoring_the_report_has_words_and_no_marks(
    config: Config, pool: Pool, tmp_path: Path
) -> None:
    interview = await told(pool, scoring=False)
    turn_id = await interview.ask("Whom can you see?", RUBRIC)
    async with roles(config):
        await interview.say(turn_id, speak(SENTENCE, tmp_path))
        await interview.end_answer(turn_id, 1)
        await interview.finish()
        *scores, text, _, details, _, overall = await report_of(interview)
    assert scores == [None, None]
    assert overall is None
    assert "declined" in str(text)
    assert isinstance(details, dict)
    assert details["questions"][0]["not_marked"] == "scoring_declined"
    assert await interview.rows("select 1 from question_scores") == []


async def test_korean_that_nobody_can_read_is_reported_as_not_assessed(
    config: Config, pool: Pool, tmp_path: Path
) -> None:
    interview = await told(pool, language="ko")
    turn_id = await interview.ask("무엇을 하셨나요?", RUBRIC)
    async with roles(config):
        await interview.say(turn_id, speak("안녕하세요", tmp_path, voice="ko"))
        await interview.end_answer(turn_id, 1)
        await interview.finish()
        *scores, text, _, details, _, overall = await report_of(interview)
    assert scores == [None, None]
    assert overall is None
    assert "1개" in str(text)
    assert isinstance(details, dict)
    (question,) = details["questions"]
    assert question["refused"] == ["no engine for Korean is configured"]
    assert question["marks"][0]["abstained_reason"] == "no answer was recognised"
    assert question["not_marked"] == "refused_recognition"


async def test_a_typed_question_without_a_rubric_is_not_marked_and_does_not_hold_the_report(
    config: Config, pool: Pool
) -> None:
    interview = await told(pool)
    turn_id = await interview.ask("Anything else?", None)
    async with roles(config):
        await interview.end_answer(turn_id, 0)
        await interview.finish()
        details = (await report_of(interview))[4]
    assert isinstance(details, dict)
    assert details["questions"][0]["not_marked"] == "no_answer"


async def test_the_bank_is_written_once_and_chosen_from(
    config: Config, pool: Pool, database_url: str
) -> None:
    interview = await told(pool)
    query = "select id, content_hash from questions order by id"
    async with roles(config):
        await interview.wait_for("select 1 from questions")
    first = await interview.rows(query)
    assert len(first) >= 80
    async with roles(config):
        await asyncio.sleep(1)
    assert await interview.rows(query) == first
    engine = create_async_engine(database_url.replace("postgresql://", "postgresql+psycopg://"))
    async with AsyncSession(engine) as session:
        chosen = await questions.choose(
            session, position="backend", language="ko", count=4, seed=interview.interview_id
        )
    await engine.dispose()
    assert len({question.category for question in chosen}) == 4
    assert all(question.language == "ko" for question in chosen)


async def test_an_engine_that_is_not_there_is_a_clear_error(config: Config, tmp_path: Path) -> None:
    wanted = Config(data_dir=tmp_path, language=Language(engine="oracle"))
    with pytest.raises(ConfigError, match="rubric-baseline"):
        await language.serve(wanted, Notify())


async def test_marks_that_quote_what_nobody_said_are_never_stored(
    pool: Pool, nats_url: str
) -> None:
    """The job is tried again; the last attempt abstains, so that the report does not wait for ever."""
    interview = await told(pool)
    turn_id = await interview.ask("Whom can you see?", RUBRIC)
    await interview.end_answer(turn_id, 0)
    async with await Bus.connect(nats_url, "test") as bus:
        marking = Marking(pool, bus, InventingEvaluator())
        async with pool.connection() as conn:
            (first,) = await jobs.claim(conn, [EVALUATE], "w", 1, 30)
        with pytest.raises(EngineError, match="nobody said"):
            await marking.handle([first])
        assert await interview.rows("select 1 from question_scores") == []
        await marking.handle([await _last_attempt(interview, pool)])
    ((level, quotes, reason),) = await interview.rows(
        "select level, quotes, abstained_reason from question_scores"
    )
    assert (level, quotes) == (None, [])
    assert str(reason).startswith("marking failed")


async def _last_attempt(interview: Told, pool: Pool) -> ClaimedJob:
    await interview.rows("update jobs set attempt = 4, lease_until = now() returning 1")
    async with pool.connection() as conn:
        (job,) = await jobs.claim(conn, [EVALUATE], "w", 1, 30)
    return job
