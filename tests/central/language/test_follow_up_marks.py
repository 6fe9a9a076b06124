"""What is said to a follow-up is evidence for the question that it follows: one mark for the pair."""

from __future__ import annotations

import pytest

from central.bus.bus import Bus
from central.interview.following import Asked, main_turns
from central.interview.rubric import Criterion, Rubric
from central.jobs.kinds import EVALUATE, REPORT, SHADOW
from central.jobs.queue import ClaimedJob
from central.language.evaluation import reasons
from central.language.evaluator import Evaluator
from central.language.marking import Marking, Trial
from central.language.rubric_baseline import RubricBaseline
from central.storage import jobs
from central.storage.pool import Pool
from tests.fakes.evaluators import InventingEvaluator
from tests.fakes.told import Told, told

RUBRIC = Rubric(
    "v7",
    (
        Criterion(
            "solving", "Problem solving", "technical", 1.0, ("1", "2", "3", "4", "5"),
            (("cause",), ("fix",), ("faster",), ("measure",)),
        ),
    ),
)  # fmt: skip
FIRST = "we found the cause in the order service"
SECOND = "after the fix we measured it and it was faster by half"
MARKS = "select level, quotes, turns, needs_person, abstained_reason from question_scores"


async def say(interview: Told, turn_id: int, *texts: str, ordinal: int = 0) -> None:
    """As the speech worker writes it."""
    for number, text in enumerate(texts, start=ordinal):
        await interview.rows(
            "insert into transcripts (interview_id, turn_id, utterance_key, speaker, text, language,"
            " ordinal, started_at, ended_at, engine) values (%s, %s, %s, 'User', %s, 'en', %s, now(),"
            " now(), 'e') returning id",
            interview.interview_id, turn_id, f"u{turn_id}.{number}", text, number,
        )  # fmt: skip


async def answer(interview: Told, turn_id: int, *texts: str) -> None:
    await say(interview, turn_id, *texts)
    await interview.end_answer(turn_id, len(texts))


async def mark(pool: Pool, bus: Bus, evaluator: Evaluator, *, at_once: int = 1) -> None:
    """All that waits to be marked, so many at once."""
    marking = Marking(pool, bus, evaluator)
    while claimed := await _claimed(pool, EVALUATE, at_once):
        await marking.handle(claimed)


async def _claimed(pool: Pool, kind: str, limit: int = 4) -> list[ClaimedJob]:
    async with pool.connection() as conn:
        return await jobs.claim(conn, [kind], "w", limit, 30)


@pytest.mark.integration
async def test_both_answers_make_one_mark_with_quotes_of_both(pool: Pool, bus: Bus) -> None:
    interview = await told(pool)
    main = await interview.ask("What went wrong?", RUBRIC)
    await answer(interview, main, FIRST)
    await mark(pool, bus, RubricBaseline())
    ((alone, _, turns, _, _),) = await interview.rows(MARKS)
    assert turns == [main]
    follow_up = await interview.follow_up(main, "What came of it?")
    await answer(interview, follow_up, SECOND)
    await mark(pool, bus, RubricBaseline())
    ((together, quotes, turns, _, _),) = await interview.rows(MARKS)
    assert turns == [main, follow_up]
    assert isinstance(quotes, list)
    assert {quote["text"] for quote in quotes} == {FIRST, SECOND}
    assert isinstance(together, float)
    assert isinstance(alone, float)
    assert together > alone
    await interview.finish()
    await Marking(pool, bus, RubricBaseline()).handle(await _claimed(pool, REPORT))
    ((details,),) = await interview.rows("select details from evaluation_reports")
    assert isinstance(details, dict)
    first, second = details["questions"]
    assert first["marks"][0]["level"] == together
    assert (second["follows_turn_id"], second["marks"]) == (str(main), [])
    assert second["not_marked"] == "marked_with_main"


@pytest.mark.integration
@pytest.mark.parametrize("at_once", [1, 2])
@pytest.mark.parametrize("late", ["main", "follow-up"])
async def test_whichever_is_read_last_the_mark_is_of_both(
    pool: Pool, bus: Bus, late: str, at_once: int
) -> None:
    interview = await told(pool)
    main = await interview.ask("What went wrong?", RUBRIC)
    follow_up = await interview.follow_up(main, "What came of it?")
    said = [(main, FIRST), (follow_up, SECOND)]
    for turn_id, text in said if late == "follow-up" else said[::-1]:
        await answer(interview, turn_id, text)
        if at_once == 1:
            await mark(pool, bus, RubricBaseline())
    await mark(pool, bus, RubricBaseline(), at_once=at_once)
    assert [row[2] for row in await interview.rows(MARKS)] == [[main, follow_up]]
    waiting = "select 1 from turns where evaluated_at is null"
    assert await interview.rows(waiting) == [], "the report would wait"


@pytest.mark.integration
async def test_a_follow_up_that_cannot_be_marked_takes_nothing_away(pool: Pool, bus: Bus) -> None:
    interview = await told(pool)
    main = await interview.ask("What went wrong?", RUBRIC)
    await answer(interview, main, FIRST)
    await mark(pool, bus, RubricBaseline())
    (before,) = await interview.rows(MARKS)
    follow_up = await interview.follow_up(main, "What came of it?")
    await answer(interview, follow_up, SECOND)
    await interview.rows("update jobs set attempt = 4 where state = 'queued' returning 1")
    await Marking(pool, bus, InventingEvaluator()).handle(await _claimed(pool, EVALUATE))
    ((level, _, turns, needs_person, _),) = await interview.rows(MARKS)
    assert (level, turns) == (before[0], [main])
    assert isinstance(needs_person, list)
    assert reasons.FOLLOW_UP_UNREAD in needs_person


@pytest.mark.integration
async def test_what_could_not_be_marked_alone_may_be_with_what_followed(
    pool: Pool, bus: Bus
) -> None:
    interview = await told(pool)
    main = await interview.ask("What went wrong?", RUBRIC)
    await answer(interview, main, FIRST)
    await interview.rows("update jobs set attempt = 4 returning 1")
    await Marking(pool, bus, InventingEvaluator()).handle(await _claimed(pool, EVALUATE))
    ((level, *_, reason),) = await interview.rows(MARKS)
    assert (level, str(reason)[:14]) == (None, "marking failed")
    follow_up = await interview.follow_up(main, "What came of it?")
    await answer(interview, follow_up, SECOND)
    await mark(pool, bus, RubricBaseline())
    ((level, _, turns, _, reason),) = await interview.rows(MARKS)
    assert (turns, reason) == ([main, follow_up], None)
    assert level is not None


@pytest.mark.integration
async def test_silence_after_a_follow_up_marks_nothing_anew(pool: Pool, bus: Bus) -> None:
    interview = await told(pool)
    main = await interview.ask("What went wrong?", RUBRIC)
    await answer(interview, main, FIRST)
    await mark(pool, bus, RubricBaseline())
    before = await interview.rows("select id from question_scores")
    await answer(interview, await interview.follow_up(main, "What came of it?"))
    await mark(pool, bus, RubricBaseline())
    assert await interview.rows("select id from question_scores") == before


@pytest.mark.integration
@pytest.mark.parametrize("end", ["interrupted", "disturbed"])
async def test_a_follow_up_belongs_to_the_whole_answer_before_it(
    pool: Pool, bus: Bus, end: str
) -> None:
    """The first one was cut off or spoiled, and given again."""
    interview = await told(pool)
    broken = await interview.ask("What went wrong?", RUBRIC)
    await say(interview, broken, "we found")
    await interview.rows(
        "update turns set ended_at = now(), end_reason = %s, expected_utterances = 1"
        " where id = %s returning 1",
        end,
        broken,
    )
    again = await interview.ask_again(broken)
    follow_up = await interview.follow_up(again, "What came of it?")
    await answer(interview, again, FIRST)
    await answer(interview, follow_up, SECOND)
    await mark(pool, bus, RubricBaseline())
    found = await interview.rows("select turn_id, turns from question_scores")
    assert found == [(again, [again, follow_up])]


@pytest.mark.integration
async def test_an_evaluator_on_trial_hears_both_as_well(pool: Pool, bus: Bus) -> None:
    interview = await told(pool)
    main = await interview.ask("What went wrong?", RUBRIC)
    follow_up = await interview.follow_up(main, "What came of it?")
    marking = Marking(pool, bus, RubricBaseline(), trial=Trial("other", RubricBaseline()))
    for turn_id, text in ((main, FIRST), (follow_up, SECOND)):
        await answer(interview, turn_id, text)
        await marking.handle(await _claimed(pool, EVALUATE))
        await marking.handle(await _claimed(pool, SHADOW))
    found = await interview.rows("select turn_id, turns from shadow_scores")
    assert found == [(main, [main, follow_up])]


@pytest.mark.unit
def test_a_follow_up_follows_the_last_whole_asking_of_its_question() -> None:
    asked = [
        Asked(1, 10, None, counts=False),
        Asked(2, 10, None, counts=True),
        Asked(3, 11, 10, counts=True),
        Asked(4, 12, 10, counts=True),
        Asked(5, 20, None, counts=True),
        Asked(6, 21, 99, counts=True),
        Asked(7, None, None, counts=True),
    ]
    assert main_turns(asked) == {3: 2, 4: 2}
