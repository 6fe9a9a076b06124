"""What a candidate writes instead of saying it, and what they answer to the survey."""

from __future__ import annotations

import asyncio

import pytest

from central.bus import subjects
from central.bus.events import (
    TranscriptAdded,
)
from daedam.v1 import interview_pb2, record_pb2
from tests.fakes.room_client import record, room
from tests.fakes.site import Site

pytestmark = pytest.mark.integration


async def test_an_answer_in_writing_is_a_transcript_once_and_is_marked_like_any_other(
    site: Site,
) -> None:
    interview = await site.interview()
    await site.fetch("update interviews set scoring_consent = true where id = %s", interview)
    turn = await site.turn(interview, "t0")
    typed = interview_pb2.AnswerTyped(
        answer_id="t0-typed", turn_id="t0", text="I asked them.", language="en"
    )
    ended = interview_pb2.AnswerEnded(
        turn_id="t0", reason=interview_pb2.ANSWER_END_REASON_DONE, utterances=1
    )
    kind = record_pb2.RECORD_KIND_ANSWER_TYPED
    said = [(kind, typed), (kind, typed), (record_pb2.RECORD_KIND_ANSWER_ENDED, ended)]
    async with (
        site.bus.subscribe_live(subjects.live(site.room, "transcript")) as live,
        site.gateway() as address,
        room(address, site.agent) as (client, _),
    ):
        await client.records(
            [record(seq, one, message, interview) for seq, (one, message) in enumerate(said, 1)]
        )
        await client.acked(len(said))
        async with asyncio.timeout(3):
            heard = await anext(live)
    assert isinstance(heard, TranscriptAdded)
    assert (heard.turn_id, heard.text, heard.engine) == (str(turn), "I asked them.", "typed")
    rows = await site.fetch(
        "select speaker, text, engine, accepted from transcripts where interview_id = %s", interview
    )
    assert rows == [("User", "I asked them.", "typed", True)]
    assert await site.fetch("select key from jobs where kind = 'evaluate'") == [(str(turn),)]


async def test_a_survey_is_kept_once_and_apart_from_everything(site: Site) -> None:
    survey = interview_pb2.SurveyAnswered(answer_id="s", ease=4, fairness=5)
    kind = record_pb2.RECORD_KIND_SURVEY_ANSWERED
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records([record(1, kind, survey), record(2, kind, survey)])
        await client.acked(2)
    rows = await site.fetch("select ease, fairness from survey_answers")
    assert rows == [(4, 5)]


async def test_the_record_of_a_survey_is_counted_and_not_stored(site: Site) -> None:
    """By its room and time one could guess whose it is."""
    survey = interview_pb2.SurveyAnswered(answer_id="s", ease=4, fairness=5)
    other = record_pb2.Gap(first_seq=1, last_seq=1, reason="lost")
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records(
            [
                record(1, record_pb2.RECORD_KIND_GAP, other),
                record(2, record_pb2.RECORD_KIND_SURVEY_ANSWERED, survey),
                record(3, record_pb2.RECORD_KIND_GAP, other),
            ]
        )
        await client.acked(3)
    assert await site.fetch("select seq from records order by seq") == [(1,), (3,)]
    assert await site.fetch("select seq from ingest_watermark") == [(3,)]
    assert await site.fetch("select count(*) from survey_answers") == [(1,)]
