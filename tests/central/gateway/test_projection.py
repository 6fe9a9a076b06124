"""Central's picture follows the room's records."""

from __future__ import annotations

import asyncio
import time
import uuid

import pytest

from central.bus import subjects
from central.bus.events import (
    CalibrationChanged,
    HelpChanged,
    InterviewChanged,
    TurnChanged,
)
from central.jobs.kinds import TranscribeJob
from central.storage import jobs
from central.storage.sound import of_utterance
from daedam.v1 import interview_pb2, measuring_pb2, record_pb2
from tests.fakes.room_client import event, record, room
from tests.fakes.site import Site

pytestmark = pytest.mark.integration

STARTED = interview_pb2.TURN_EVENT_KIND_INTERVIEW_STARTED
ASKED = interview_pb2.TURN_EVENT_KIND_QUESTION_ASKED
OPENED = interview_pb2.TURN_EVENT_KIND_ANSWER_OPENED
BEGUN = interview_pb2.TURN_EVENT_KIND_ANSWER_BEGUN
FINISHED = interview_pb2.TURN_EVENT_KIND_INTERVIEW_FINISHED


def whole(interview: int, question: int, *, scoring: bool = True) -> list[record_pb2.Record]:
    """One interview of one answer with one utterance."""
    consent = record_pb2.Consent(
        recording=True, ai_scoring=scoring, notice_version="2026-11", language="en"
    )
    audio_format = measuring_pb2.AudioFormat(
        codec=measuring_pb2.AUDIO_CODEC_PCM,
        sample_rate_hz=16_000,
        extradata=b"x",
        sample_zero_mono_ns=time.monotonic_ns() - 10 * 10**9,
    )
    block = measuring_pb2.Audio(
        first_sample=16_000, sample_count=3_200, packets=[b"sound"], voice=b"\xff" * 6
    )
    said = measuring_pb2.Utterance(
        utterance_id=f"u-{interview}",
        turn_id="t0",
        first_sample=16_000,
        end_sample=19_200,
        first_seq=7,
        last_seq=7,
        format_seq=6,
        voiced_ms=180,
        cut=measuring_pb2.UTTERANCE_CUT_SILENCE,
        language="en",
    )
    ended = interview_pb2.AnswerEnded(
        turn_id="t0",
        question_id=str(question),
        reason=interview_pb2.ANSWER_END_REASON_SILENCE,
        utterances=1,
        first_sample=10,
        end_sample=20_000,
    )
    window = measuring_pb2.ScoreWindow(
        start_mono_ns=5,
        length_ms=1000,
        frames_captured=30,
        frames_analysed=29,
        turn_id="t0",
        measures=[
            measuring_pb2.Measure(
                channel=measuring_pb2.CHANNEL_PRESENCE_RATIO, value=0.5, coverage=1
            )
        ],
    )
    return [
        event(1, interview, STARTED),
        record(2, record_pb2.RECORD_KIND_CONSENT, consent, interview),
        event(3, interview, ASKED, turn_id="t0", question_id=str(question), text="Why?"),
        event(4, interview, OPENED, turn_id="t0"),
        event(5, interview, BEGUN, turn_id="t0"),
        record(6, record_pb2.RECORD_KIND_AUDIO_FORMAT, audio_format, interview),
        record(7, record_pb2.RECORD_KIND_AUDIO, block, interview),
        record(8, record_pb2.RECORD_KIND_SCORE_WINDOW, window, interview),
        record(9, record_pb2.RECORD_KIND_UTTERANCE, said, interview),
        record(10, record_pb2.RECORD_KIND_ANSWER_ENDED, ended, interview),
        event(11, interview, FINISHED, text="all asked"),
    ]


async def test_how_a_candidate_checked_in_is_kept_and_told_once(site: Site) -> None:
    interview = await site.interview()
    checked_in = interview_pb2.TURN_EVENT_KIND_CHECKED_IN
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records(
            [
                event(1, interview, STARTED),
                event(2, interview, checked_in, text="qr"),
                event(3, interview, checked_in, text="staff"),
            ]
        )
        await client.acked(3)
    asked = "select checked_in_by, checked_in_at is not null from interviews where id = %s"
    async with site.pool.connection() as conn:
        row = await (await conn.execute(asked, (interview,))).fetchone()
    assert row == ("qr", True)


async def test_a_whole_interview_becomes_rows_jobs_and_events(site: Site) -> None:
    interview = await site.interview()
    question = await site.question(interview)
    async with (
        site.bus.subscribe_live(subjects.live_of(site.room)) as live,
        site.gateway() as address,
        room(address, site.agent) as (client, _),
    ):
        for one in whole(interview, question):
            await client.records([one])
        await client.acked(11)
        heard = []
        async with asyncio.timeout(3):
            while InterviewChanged(site.room, str(interview), "completed") not in heard:
                heard.append(await anext(live))
    steps = [one.step for one in heard if isinstance(one, TurnChanged)]
    assert steps == ["asked", "opened", "begun", "ended"]
    assert InterviewChanged(site.room, str(interview), "live") in heard

    rows = await site.fetch(
        "select status, end_reason, recording_consent, scoring_consent, start_time is not null"
        " from interviews"
    )
    assert rows == [("completed", "all asked", True, True, True)]
    rows = await site.fetch(
        "select turn_key, question_id, asked_text, end_reason, expected_utterances, end_sample"
        " from turns where answer_opened_at is not null and answer_begun_at is not null"
    )
    assert rows == [("t0", question, "Why?", "silence", 1, 20_000)]
    rows = await site.fetch("select speaker, text, engine, language from transcripts")
    assert rows == [("AI", "Why?", "", "en")]
    rows = await site.fetch("select turn_key, frames_analysed, measures from score_windows")
    assert rows == [("t0", 29, {"presence_ratio": [0.5, 1.0]})]
    assert await site.fetch("select notice_version from consents") == [("2026-11",)]


async def test_an_utterance_becomes_a_job_that_names_its_sound(site: Site) -> None:
    interview = await site.interview()
    records = whole(interview, 0)
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records(records)
        await client.acked(11)
    async with site.pool.connection() as conn:
        (claimed,) = await jobs.claim(conn, ["transcribe"], "w", 8, 10)
        job = claimed.read(TranscribeJob)
        sound = await of_utterance(conn, job)
    assert (sound.audio_format, sound.audio) == (records[5].payload, (records[6].payload,))
    assert (job.utterance_key, job.turn_key) == (f"u-{interview}", "t0")
    assert job.ended_wall_ns - job.started_wall_ns == 200_000_000
    # sample 16,000 was said 1 s after sample 0, which was 10 s before the records were made
    assert abs(records[8].wall_ns - job.started_wall_ns - 9 * 10**9) < 10**9


async def test_everything_sent_again_from_a_restored_disk_changes_nothing(site: Site) -> None:
    """A new spool_id with the same facts: the watermark cannot know them, the projection does."""
    interview = await site.interview()
    async with site.gateway() as address:
        for _ in range(2):
            async with room(address, site.agent, str(uuid.uuid4())) as (client, _):
                await client.records(whole(interview, 0)[:10])
                await client.acked(10)
    assert await site.fetch("select count(*) from turns") == [(1,)]
    assert await site.fetch("select count(*) from transcripts") == [(1,)]
    assert await site.fetch("select count(*) from jobs") == [(1,)]


async def test_a_cancelled_interview_is_not_revived_by_its_room(site: Site) -> None:
    interview = await site.interview()
    await site.fetch("update interviews set status = 'cancelled'")
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records([event(1, interview, STARTED), event(2, interview, FINISHED)])
        await client.acked(2)
    assert await site.fetch("select status from interviews") == [("cancelled",)]


async def test_an_interview_without_scoring_and_without_answers_gets_its_report(
    site: Site,
) -> None:
    interview = await site.interview()
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records([event(1, interview, STARTED), event(2, interview, FINISHED)])
        await client.acked(2)
    assert await site.fetch("select kind, key from jobs") == [("report", str(interview))]


async def test_a_question_of_another_interview_is_not_linked(site: Site) -> None:
    interview, other = await site.interview(), await site.interview()
    foreign = await site.question(other)
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records(
            [event(1, interview, ASKED, turn_id="t0", question_id=str(foreign), text="x")]
        )
        await client.acked(1)
    assert await site.fetch("select question_id from turns") == [(None,)]


async def test_a_calibration_becomes_a_row_once_for_each_offer(site: Site) -> None:
    interview = await site.interview()
    (command,) = await site.fetch(
        "insert into room_commands (room_id, interview_id, kind, body, expires_at)"
        " values (%s, %s, 'calibrate_gaze', '{}', now()) returning id",
        site.room_id,
        interview,
    )
    skipped = record_pb2.Calibration(outcome=record_pb2.CALIBRATION_OUTCOME_SKIPPED)
    made = record_pb2.Calibration(
        outcome=record_pb2.CALIBRATION_OUTCOME_CALIBRATED,
        gaze_error_deg=1.5,
        points=[record_pb2.PointQuality(name="center", frames=40, kept=30, error_deg=1.0)],
        attempts=2,
        offered_by=str(command[0]),
    )
    stranger = record_pb2.Calibration(
        outcome=record_pb2.CALIBRATION_OUTCOME_FAILED, offered_by="999999"
    )
    said = [skipped, made, skipped, made, stranger]
    kind = record_pb2.RECORD_KIND_CALIBRATION
    async with (
        site.bus.subscribe_live(subjects.live(site.room, "calibration")) as live,
        site.gateway() as address,
        room(address, site.agent) as (client, _),
    ):
        await client.records([record(seq, kind, one, interview) for seq, one in enumerate(said, 1)])
        await client.acked(5)
        async with asyncio.timeout(3):
            heard = [await anext(live) for _ in range(2)]
    assert heard == [
        CalibrationChanged(site.room, str(interview), "skipped"),
        CalibrationChanged(site.room, str(interview), "calibrated"),
    ]
    rows = await site.fetch(
        "select outcome, offered_by, error_deg, attempts, points->0->>'name' from calibrations"
        " order by id"
    )
    assert rows == [
        ("skipped", None, None, 0, None),
        ("calibrated", command[0], 1.5, 2, "center"),
    ]


async def test_a_call_for_a_person_is_kept_with_its_times_inside_and_outside_an_interview(
    site: Site,
) -> None:
    interview = await site.interview()
    step = interview_pb2.HelpStep
    said = [
        (step.HELP_STEP_CALLED, "a"), (step.HELP_STEP_CALLED, "a"), (step.HELP_STEP_TOLD, "a"),
        (step.HELP_STEP_CALLED, "b"), (step.HELP_STEP_WITHDRAWN, "b"),
    ]  # fmt: skip
    kind = record_pb2.RECORD_KIND_HELP_CALL
    async with (
        site.bus.subscribe_live(subjects.live(site.room, "help")) as live,
        site.gateway() as address,
        room(address, site.agent) as (client, _),
    ):
        calls = [(interview_pb2.HelpCall(call_id=key, step=one), key) for one, key in said]
        await client.records(
            [
                record(seq, kind, call, interview if key == "a" else "")
                for seq, (call, key) in enumerate(calls, 1)
            ]
        )
        await client.acked(len(said))
        async with asyncio.timeout(3):
            heard = [await anext(live) for _ in range(4)]
    steps = ["called", "told", "called", "withdrawn"]
    assert heard == [HelpChanged(site.room, one) for one in steps]
    rows = await site.fetch(
        "select call_key, interview_id, withdrawn_at is not null, told_at is not null"
        " from help_calls order by id"
    )
    assert rows == [("a", interview, False, True), ("b", None, True, False)]
