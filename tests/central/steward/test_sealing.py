"""Finished interviews are sealed, proven, and only then dropped: whatever happens in between."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg
import pytest

from central.steward.sealing import HELD_ALARM, KEY_ALARM, SEAL_ALARM
from central.storage import jobs
from central.storage.partitions import name
from central.vault.sealer import Sealer
from tests.fakes.landed import AUDIO, AUDIO_FORMAT, Landing, ring, transcribe_job

pytestmark = pytest.mark.integration

STEPS = (
    "key made",
    "part begun",
    "file written",
    "file proven",
    "part marked",
    "day looked at",
)


class Killed(BaseException):
    """As good as SIGKILL: nothing that cleans up on errors may catch it."""


def killed_after(step: str, times: int = 1) -> Any:
    left = [times]

    def after(done: str) -> None:
        if done == step and left[0]:
            left[0] -= 1
            raise Killed(step)

    return after


def told(interview: int, seqs: list[int]) -> list[tuple[int, int, bytes]]:
    kinds = (AUDIO_FORMAT, 1, AUDIO, 1, AUDIO, AUDIO)
    return [
        (kind, seq, f"{interview}:{seq}".encode()) for kind, seq in zip(kinds, seqs, strict=True)
    ]


async def test_a_finished_interview_is_sealed_and_its_day_dropped(past: Landing) -> None:
    interview = await past.interview()
    seqs = await past.land(interview)
    done = await past.round()
    day = past.today - timedelta(days=3)
    assert done.sealed == {interview: 6}
    assert done.dropped == [day]
    assert name(day) not in await past.partitions()
    assert await past.landed(interview) == 0
    assert await past.sealed(interview) == told(interview, seqs)
    assert await past.alarms() == {}
    stored = next(iter(past.media.files.values()))
    assert f"{interview}:{seqs[0]}".encode() not in stored


async def test_a_second_round_has_nothing_to_do(past: Landing) -> None:
    await past.land(await past.interview())
    await past.round()
    again = await past.round()
    assert (again.sealed, again.dropped, len(past.media.files)) == ({}, [], 1)


@pytest.mark.parametrize(
    ("status", "ended_days_ago", "days_ago", "job_state", "sealed"),
    [
        ("completed", 3, 3, "done", True),
        ("completed", 3, 3, "dead", True),
        ("cancelled", 3, 3, None, True),
        ("completed", 3, 3, "queued", False),
        ("completed", 3, 3, "running", False),
        ("live", 3, 3, None, False),
        ("scheduled", 3, 3, None, False),
        ("completed", 0.5, 3, None, False),
        ("completed", -400, 3, None, True),
        ("completed", -400, 0, None, False),
        ("completed", 3, 0, None, False),
    ],
)
async def test_only_what_is_finished_and_quiet_is_sealed(  # noqa: PLR0917
    past: Landing,
    status: str,
    ended_days_ago: float,
    days_ago: int,
    job_state: str | None,
    sealed: bool,
) -> None:
    interview = await past.interview(status, ended_days_ago)
    seqs = await past.land(interview, days_ago=days_ago)
    if job_state:
        work = transcribe_job(interview, seqs, past.spool)
        await jobs.insert(past.conn, "transcribe", "u", work, interview)
        await past.fetch("update jobs set state = %s", job_state)
    done = await past.round()
    assert bool(done.sealed) is sealed
    assert await past.landed(interview) == (0 if sealed else 6)


@pytest.mark.parametrize("step", STEPS)
async def test_killed_after_any_step_it_goes_on_and_loses_nothing(past: Landing, step: str) -> None:
    interviews = [await past.interview() for _ in range(2)]
    seqs = {one: await past.land(one) for one in interviews}
    await past.land(None, kinds=(AUDIO_FORMAT, 11))
    with pytest.raises(Killed):
        await past.round(Sealer(past.vault, killed_after(step)))
    await past.round()
    for one in interviews:
        assert await past.sealed(one) == told(one, seqs[one])
        assert await past.landed(one) == 0
    assert len(past.media.files) == 2
    assert await past.fetch("select count(*) from sealed_parts") == [(2,)]
    assert await past.fetch("select seq, kind from room_records where interview_id is null") == [
        (13, AUDIO_FORMAT),
        (14, 11),
    ]


async def test_killed_while_a_left_file_is_deleted_it_goes_on(past: Landing) -> None:
    interview = await past.interview()
    seqs = await past.land(interview)
    for step in ("file written", "left file deleted"):
        with pytest.raises(Killed):
            await past.round(Sealer(past.vault, killed_after(step)))
    await past.round()
    assert await past.sealed(interview) == told(interview, seqs)
    assert len(past.media.files) == 1


async def test_late_records_of_a_sealed_interview_become_another_part(past: Landing) -> None:
    interview = await past.interview()
    first = await past.land(interview)
    await past.round()
    late = await past.land(interview, days_ago=0)
    assert (await past.round()).sealed == {}, "not quiet yet"
    past.today += timedelta(days=5)
    past.settings = type(past.settings)(seal_after_hours=0)
    assert (await past.round()).sealed == {interview: 6}
    assert await past.sealed(interview) == told(interview, first) + told(interview, late)
    assert await past.landed(interview) == 0


async def test_an_interview_over_midnight_is_one_part_and_both_days_go(past: Landing) -> None:
    interview = await past.interview()
    seqs = await past.land(interview, days_ago=4) + await past.land(interview, days_ago=3)
    done = await past.round()
    assert done.sealed == {interview: 12}
    assert len(done.dropped) == 2
    assert [seq for _, seq, _ in await past.sealed(interview)] == seqs


async def test_records_of_two_spools_are_all_sealed(past: Landing) -> None:
    interview = await past.interview()
    rows = await past.fetch(
        "insert into ingest_watermark (spool_id, agent_id) select 'spool-b', agent_id"
        " from ingest_watermark limit 1 returning id"
    )
    one = await past.land(interview)
    two = await past.land(interview, spool=rows[0][0])
    await past.round()
    assert [seq for _, seq, _ in await past.sealed(interview)] == one + two
    assert await past.landed(interview) == 0


async def test_a_day_waits_for_all_of_its_interviews_and_then_says_so(past: Landing) -> None:
    done, stuck = await past.interview(), await past.interview("live")
    await past.land(done, days_ago=9)
    await past.land(stuck, days_ago=9)
    assert (await past.round()).dropped == []
    assert await past.landed(done) == 6
    day = str(past.today - timedelta(days=9))
    assert (await past.alarms())[HELD_ALARM] == {day: [stuck]}
    await past.fetch("update interviews set status = 'completed' where id = %s", stuck)
    await past.round()
    assert await past.alarms() == {}
    assert await past.landed(stuck) == 0


async def test_a_record_that_came_into_a_sealed_span_from_elsewhere_keeps_its_day(
    past: Landing,
) -> None:
    """Nothing does that today; whoever writes it one day must not lose a record by it."""
    interview, stuck = await past.interview(), await past.interview("live")
    seqs = await past.land(interview)
    await past.land(stuck)
    await past.round()
    await past.fetch(
        "insert into records select committed_on, watermark_id, seq, interview_id, kind, wall_ns,"
        " mono_ns, 'released' from records where seq = %s",
        seqs[2],
    )
    await past.fetch("update interviews set status = 'cancelled' where id = %s", stuck)
    done = await past.round()
    assert done.dropped == []
    assert [held.interviews for held in done.held] == [(interview,)]


async def test_a_young_day_stays_whatever_the_settings_say(past: Landing) -> None:
    past.settings = type(past.settings)(seal_after_hours=0, drop_after_days=0)
    interview = await past.interview(ended_days_ago=1)
    await past.land(interview, days_ago=1)
    done = await past.round()
    assert (done.sealed, done.dropped) == ({interview: 6}, [])
    assert await past.landed(interview) == 6


async def test_the_default_partition_is_emptied_of_what_is_sealed_and_stays(
    past: Landing,
) -> None:
    sealed, live = await past.interview(), await past.interview("live")
    seqs = await past.land(sealed, partition=False)
    await past.land(live, partition=False)
    await past.land(None, kinds=(11,), partition=False)
    await past.round()
    assert "records_default" in await past.partitions()
    assert (await past.landed(sealed), await past.landed(live), await past.landed(None)) == (
        0,
        6,
        0,
    )
    assert await past.sealed(sealed) == told(sealed, seqs)
    assert len(await past.fetch("select 1 from room_records where interview_id is null")) == 1


async def test_a_file_that_reads_back_otherwise_drops_nothing(past: Landing) -> None:
    interview = await past.interview()
    seqs = await past.land(interview)

    async def rot(stored: str) -> None:
        data = bytearray(past.media.files[stored])
        data[len(data) // 2] ^= 1
        past.media.files[stored] = bytes(data)

    past.media.stored = rot
    done = await past.round()
    assert (list(done.failed), done.dropped) == ([interview], [])
    assert await past.landed(interview) == 6
    assert str(interview) in (await past.alarms())[SEAL_ALARM]
    past.media.stored = None
    await past.round()
    assert await past.alarms() == {}
    assert await past.sealed(interview) == told(interview, seqs)


async def test_a_record_that_changed_under_the_seal_is_seen(past: Landing) -> None:
    interview = await past.interview()
    await past.land(interview)

    async def change(_stored: str) -> None:
        async with await psycopg.AsyncConnection.connect(past.url, autocommit=True) as other:
            await other.execute("update records set payload = 'other' where kind = 4")

    past.media.stored = change
    done = await past.round()
    assert list(done.failed) == [interview]
    assert await past.landed(interview) == 6


async def test_a_sealed_file_that_is_gone_keeps_its_day(past: Landing) -> None:
    interview, stuck = await past.interview(), await past.interview("live")
    await past.land(interview)
    await past.land(stuck)
    await past.round()
    past.media.files.clear()
    await past.fetch("update interviews set status = 'cancelled' where id = %s", stuck)
    done = await past.round()
    assert done.dropped == []
    assert await past.landed(interview) == 6
    assert "is gone" in (await past.alarms())[SEAL_ALARM][str(interview)]


async def test_without_the_right_site_key_nothing_is_sealed_or_dropped_and_no_key_is_made(
    past: Landing,
) -> None:
    sealed = await past.interview()
    await past.land(sealed)
    await past.round()
    waiting = await past.interview()
    await past.land(waiting)
    right, past.site_keys = past.site_keys, ring(bytes(32))
    done = await past.round()
    assert (done.sealed, done.dropped) == ({}, [])
    assert right.current in (await past.alarms())[KEY_ALARM]["problem"]
    assert await past.fetch("select count(*) from interview_keys") == [(1,)]
    past.site_keys = right
    assert (await past.round()).sealed == {waiting: 6}
    assert await past.alarms() == {}


async def test_keys_of_an_earlier_site_key_are_wrapped_anew(past: Landing) -> None:
    interview = await past.interview()
    seqs = await past.land(interview)
    await past.round()
    past.site_keys = ring(bytes(32), bytes(range(32)))
    await past.round()
    past.site_keys = ring(bytes(32))
    assert await past.sealed(interview) == told(interview, seqs)


async def test_a_day_whose_table_is_in_use_is_dropped_later(past: Landing) -> None:
    interview = await past.interview()
    await past.land(interview)
    async with await psycopg.AsyncConnection.connect(past.url) as reader:
        await reader.execute("select count(*) from records")
        done = await past.round()
        assert (done.sealed, done.dropped) == ({interview: 6}, [])
        await reader.rollback()
    assert len((await past.round()).dropped) == 1
    assert await past.alarms() == {}
