"""When marking and the report begin: not before everything is there, and exactly once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from central.jobs.kinds import EvaluateJob, TranscribeJob
from central.storage import jobs
from central.storage.turns import UNMARKED, settle_interview, settle_turn
from tests.fakes.site import Site, running_site

pytestmark = pytest.mark.integration


@pytest.fixture
async def site(database_url: str, nats_url: str, tmp_path: Path) -> AsyncIterator[Site]:
    async with running_site(database_url, nats_url, tmp_path) as site:
        yield site


async def interview(site: Site, *, scoring: bool | None = True, status: str = "live") -> int:
    interview = await site.interview()
    await site.fetch(
        "update interviews set scoring_consent = %s, status = %s where id = %s",
        scoring,
        status,
        interview,
    )
    return interview


async def said(site: Site, interview: int, turn: int, *, accepted: bool = True) -> None:
    await site.fetch(
        "insert into transcripts (interview_id, turn_id, speaker, text, language, ordinal,"
        " started_at, ended_at, engine, accepted)"
        " values (%s, %s, 'User', 'x', 'en', 0, now(), now(), 'e', %s)",
        interview,
        turn,
        accepted,
    )


async def settled_turn(site: Site, turn: int) -> bool:
    async with site.pool.connection() as conn:
        return await settle_turn(conn, turn)


async def settled(site: Site, interview: int) -> bool:
    async with site.pool.connection() as conn:
        return await settle_interview(conn, interview)


@pytest.mark.parametrize(
    ("utterances", "transcripts", "scoring", "expected"),
    [
        (2, 2, True, True),
        (0, 0, True, True),
        (2, 1, True, False),
        (None, 2, True, False),
        (1, 1, False, False),
        (1, 1, None, False),
    ],
    ids=["all there", "nothing said", "one missing", "not ended", "declined", "not asked yet"],
)
async def test_an_answer_is_marked_when_it_is_whole_and_may_be(
    site: Site, utterances: int | None, transcripts: int, scoring: bool | None, expected: bool
) -> None:
    number = await interview(site, scoring=scoring)
    turn = await site.turn(number, "t0", utterances=utterances)
    for _ in range(transcripts):
        await said(site, number, turn, accepted=False)
    assert await settled_turn(site, turn) is expected
    assert await settled_turn(site, turn) is False
    rows = await site.fetch("select body from jobs where kind = 'evaluate'")
    if expected:
        job = EvaluateJob(interview_id=number, room=site.room, turn_id=turn)
        assert rows == [({"interview_id": number, "room": site.room, "turn_id": job.turn_id},)]
    else:
        assert rows == []


@pytest.mark.parametrize("reason", UNMARKED)
async def test_an_answer_that_ended_so_is_not_marked_and_holds_no_report(
    site: Site, reason: str
) -> None:
    number = await interview(site, status="completed")
    turn = await site.turn(number, "t0", utterances=1)
    await said(site, number, turn)
    await site.fetch("update turns set end_reason = %s where id = %s", reason, turn)
    assert await settled_turn(site, turn) is False
    assert await settled(site, number) is True


@pytest.mark.parametrize(
    ("status", "scoring", "evaluated", "expected"),
    [
        ("completed", True, True, True),
        ("completed", True, False, False),
        ("completed", False, False, True),
        ("completed", None, False, True),
        ("live", True, True, False),
        ("cancelled", True, True, False),
    ],
)
async def test_a_report_follows_when_nothing_is_outstanding(
    site: Site, status: str, scoring: bool | None, evaluated: bool, expected: bool
) -> None:
    number = await interview(site, scoring=scoring, status=status)
    turn = await site.turn(number, "t0", utterances=0)
    await site.turn(number, "never ended")
    if evaluated:
        await site.fetch("update turns set evaluated_at = now() where id = %s", turn)
    assert await settled(site, number) is expected
    assert await settled(site, number) is False


@pytest.mark.parametrize(
    ("state", "expected"), [("queued", False), ("running", False), ("done", True), ("dead", True)]
)
async def test_a_report_waits_for_what_is_being_transcribed_and_not_for_what_died(
    site: Site, state: str, expected: bool
) -> None:
    number = await interview(site, status="completed")
    turn = await site.turn(number, "t0", utterances=1)
    job = TranscribeJob(number, site.room, "t0", "u", 1, 1, 1, 1, 0, 1, 0, 1, "en", 0, 0)
    async with site.pool.connection() as conn:
        await jobs.insert(conn, "transcribe", "u", job, number)
    await site.fetch("update jobs set state = %s", state)
    if state == "done":
        await site.fetch("update turns set evaluated_at = now() where id = %s", turn)
    assert await settled(site, number) is expected


async def test_two_workers_that_finish_the_last_two_answers_at_once_cause_one_report(
    site: Site,
) -> None:
    number = await interview(site, status="completed")
    turns = [await site.turn(number, key, utterances=0) for key in ("a", "b")]

    async def mark(turn: int) -> bool:
        async with site.pool.connection() as conn:
            await conn.execute("update turns set evaluated_at = now() where id = %s", (turn,))
            await asyncio.sleep(0.1)
            return await settle_interview(conn, number)

    assert sorted(await asyncio.gather(*(mark(turn) for turn in turns))) == [False, True]
