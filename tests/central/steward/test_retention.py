"""Interviews are erased when their day has come: those, all of them, and no others."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from central.config import Config, Database
from central.steward.keeping import keep_sealing
from central.steward.retention import CLOCK_ALARM, ERASE_ALARM, Erasing, believe, erase_due
from central.storage.engine import one_session
from central.storage.retention import hold, release
from central.telemetry.registry import REGISTRY
from central.vault.first_key import make_site_key
from tests.fakes.landed import Landing, landing

pytestmark = pytest.mark.integration


async def kept(past: Landing, days_left: int, status: str = "completed") -> int:
    """An interview whose day is so many days ahead."""
    interview = await past.interview(status)
    until = past.today + timedelta(days=days_left)
    await past.fetch("update interviews set kept_until = %s where id = %s", until, interview)
    return interview


async def held(past: Landing, interview: int) -> None:
    async with one_session(past.url) as session:
        await hold(session, interview, "case 7", actor_id=None)
        await session.commit()


async def due_now(past: Landing, most: int = 20) -> Erasing:
    return await erase_due(past.conn, past.url, past.today, most)


async def left(past: Landing) -> list[int]:
    return [row[0] for row in await past.fetch("select id from interviews order by id")]


@pytest.mark.parametrize(
    ("status", "days_left", "erased"),
    [
        ("completed", 0, True),
        ("completed", -400, True),
        ("cancelled", 0, True),
        ("completed", 1, False),
        ("live", -1, False),
        ("scheduled", -1, False),
    ],
)
async def test_only_what_is_finished_and_whose_day_has_come_is_erased(
    past: Landing, status: str, days_left: int, erased: bool
) -> None:
    interview = await kept(past, days_left, status)
    done = await due_now(past)
    assert (done.erased, done.failed) == ([interview] if erased else [], {})
    assert await left(past) == ([] if erased else [interview])


async def test_without_a_day_it_stays(past: Landing) -> None:
    interview = await past.interview(ended_days_ago=4_000)
    assert (await due_now(past)).erased == []
    assert await left(past) == [interview]


@pytest.mark.parametrize("is_sealed", [False, True])
async def test_its_records_its_files_and_its_key_go_sealed_or_not(
    past: Landing, is_sealed: bool
) -> None:
    interview, other = await kept(past, 0), await kept(past, 1)
    await past.land(interview)
    await past.land(other)
    if is_sealed:
        await past.round()
        assert len(past.media.files) == 2
    assert (await due_now(past)).erased == [interview]
    assert await past.landed(interview) == 0
    await past.round()
    assert len(past.media.files) == 1, "the other one's"
    assert await past.sealed(other) != []
    assert await past.fetch("select wrapped from interview_keys where interview_id = %s", interview) == [
        (None,)
    ]  # fmt: skip


async def test_the_trail_says_that_nobody_but_its_day_asked_for_it(past: Landing) -> None:
    interview = await kept(past, 0)
    await due_now(past)
    day = past.today.isoformat()
    assert await past.fetch(
        "select erased_by, what ->> 'kept_until' from erasures where interview_id = %s", interview
    ) == [(None, day)]
    assert await past.fetch(
        "select actor_id, detail ->> 'kept_until' from audit_log"
        " where action = 'interview.erase' and subject = 'interview:' || %s",
        interview,
    ) == [(None, day)]


async def test_a_held_one_waits_for_its_release(past: Landing) -> None:
    interview = await kept(past, -1)
    await held(past, interview)
    assert (await due_now(past)).erased == []
    async with one_session(past.url) as session:
        await release(session, interview, actor_id=None)
        await session.commit()
    assert (await due_now(past)).erased == [interview]


async def test_a_round_erases_so_many_and_the_oldest_first(past: Landing) -> None:
    later, first, last = await kept(past, -1), await kept(past, -3), await kept(past, 0)
    assert (await due_now(past, most=2)).erased == [first, later]
    assert (await due_now(past, most=2)).erased == [last]


async def test_one_that_cannot_be_erased_is_an_alarm_and_keeps_no_other_waiting(
    past: Landing,
) -> None:
    stuck, other = await kept(past, -1), await kept(past, 0)
    await past.fetch("create table clamp (interview bigint references interviews (id))")
    await past.fetch("insert into clamp values (%s)", stuck)
    done = await due_now(past)
    assert (done.erased, list(done.failed)) == ([other], [stuck])
    assert list((await past.alarms())[ERASE_ALARM]) == [str(stuck)]
    assert await left(past) == [stuck]
    await past.fetch("drop table clamp")
    assert (await due_now(past)).erased == [stuck]
    assert await past.alarms() == {}


async def test_after_a_jump_of_the_clock_nothing_is_believed_for_a_day_and_an_alarm_says_so(
    past: Landing,
) -> None:
    now = datetime(2026, 11, 29, 12, tzinfo=UTC)
    later = now + timedelta(days=30)
    assert await believe(past.conn, now)
    assert await believe(past.conn, now + timedelta(minutes=1))
    assert not await believe(past.conn, later)
    assert not await believe(past.conn, later + timedelta(hours=23))
    told = (await past.alarms())[CLOCK_ALARM]
    assert told == {"nothing_erased_before": "2026-12-30T12:00:00+00:00"}
    assert await believe(past.conn, later + timedelta(hours=24))
    assert await past.alarms() == {}


async def test_figures_say_how_many_are_gone_and_why_others_are_not(past: Landing) -> None:
    def figure(name: str, state: str | None = None) -> float:
        return REGISTRY.get_sample_value(name, {"state": state} if state else {}) or 0.0

    before = figure("daedam_interviews_erased_total")
    await kept(past, 0)
    await held(past, await kept(past, 0))
    await kept(past, -1, "live")
    await kept(past, 5)
    await due_now(past)
    assert figure("daedam_interviews_erased_total") - before == 1
    names = ("held", "unfinished", "due")
    found = {name: figure("daedam_interviews_overdue", name) for name in names}
    assert found == {"held": 1, "unfinished": 1, "due": 0}


async def test_the_steward_does_it_by_itself(database_url: str, tmp_path: Path) -> None:
    config = Config(data_dir=tmp_path, database=Database(url=database_url))
    make_site_key(config)
    async with landing(database_url) as past:
        due, other = await kept(past, -1), await kept(past, 2)
        sealing = asyncio.create_task(keep_sealing(config, every_s=0.05))
        try:
            while due in await left(past):  # noqa: ASYNC110 - another connection's work
                await asyncio.sleep(0.02)
        finally:
            sealing.cancel()
            await asyncio.gather(sealing, return_exceptions=True)
        assert await left(past) == [other]
