"""Commands are rows: sent at Welcome and at the bell, on every stream, until the room answers."""

from __future__ import annotations

import asyncio
import uuid

import pytest

from central.bus import subjects
from central.bus.events import CommandChanged, NoticeSent, TranscriptAdded
from daedam.v1 import interview_pb2, record_pb2
from tests.fakes.room_client import RoomClient, record, room
from tests.fakes.site import Site

pytestmark = pytest.mark.integration

END = '{"type": "end_interview", "reason": "by Kim"}'
START = (
    '{"type": "start_interview", "plan": {"interview_id": "5", "candidate_name": "Lee",'
    ' "language": "ko", "questions": [{"question_id": "9", "text": "왜?", "category":'
    ' "technical"}]}}'
)


async def answer(client: RoomClient, seq: int, command_id: int) -> None:
    result = interview_pb2.CommandResult(
        command_id=str(command_id), outcome=interview_pb2.COMMAND_OUTCOME_DONE, detail="ok"
    )
    await client.records([record(seq, record_pb2.RECORD_KIND_COMMAND_RESULT, result)])
    await client.acked(seq)


async def test_a_command_waits_for_its_room_and_goes_out_at_welcome(site: Site) -> None:
    command_id = await site.command(START, "start_interview")
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        command = await client.read_until("command")
        assert command.command_id == str(command_id)
        plan = command.start_interview.plan
        assert (plan.interview_id, plan.candidate_name, plan.language) == ("5", "Lee", "ko")
        assert [question.text for question in plan.questions] == ["왜?"]
        assert plan.answer_end_silence_ms == 3_000


async def test_a_command_is_sent_on_every_stream_until_it_is_answered(site: Site) -> None:
    spool = str(uuid.uuid4())
    command_id = await site.command(END, "end_interview")
    async with site.gateway() as address:
        for _ in range(2):
            async with room(address, site.agent, spool) as (client, _):
                command = await client.read_until("command")
                assert command.end_interview.reason == "by Kim"
        async with (
            site.bus.subscribe_live(subjects.live(site.room, "command")) as events,
            room(address, site.agent, spool) as (client, _),
        ):
            await client.read_until("command")
            await answer(client, 1, command_id)
            async with asyncio.timeout(2):
                event = await anext(events)
            expected = CommandChanged(site.room, str(command_id), "end_interview", "done", "ok")
            assert event == expected
        async with room(address, site.agent, spool) as (client, _):
            with pytest.raises(TimeoutError):
                await client.read_until("command", timeout_s=0.5)
    assert await site.fetch("select state, detail from room_commands") == [("done", "ok")]


async def test_the_bell_brings_a_command_at_once(site: Site) -> None:
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await asyncio.sleep(0.3)
        await site.command(END, "end_interview")
        await site.bus.ring(subjects.command(site.room))
        assert await client.read_until("command", timeout_s=1)


async def test_a_missed_bell_costs_two_seconds(site: Site) -> None:
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await site.command(END, "end_interview")
        assert await client.read_until("command", timeout_s=4)


async def test_an_expired_command_is_closed_and_never_sent(site: Site) -> None:
    await site.command(END, "end_interview", lasts_s=-60)
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        with pytest.raises(TimeoutError):
            await client.read_until("command", timeout_s=0.5)
    assert await site.fetch("select state from room_commands") == [("expired",)]


async def test_a_room_cannot_answer_another_rooms_command(site: Site) -> None:
    other = await site.add_agent(f"{site.room}-b", site.config.data_dir / "other")
    command_id = await site.command(END, "end_interview")
    async with site.gateway() as address, room(address, other) as (client, _):
        await answer(client, 1, command_id)
    assert await site.fetch("select state from room_commands") == [("open",)]


async def test_what_a_room_heard_of_itself_is_kept_and_no_number_is_made_up(site: Site) -> None:
    command_id = await site.command('{"type": "check_room"}', "check_room")
    heard = interview_pb2.SentenceHeard(
        language="ko", match=0.9, level_dbfs=-30, snr_db=float("nan"), latency_ms=120, engine="e\0"
    )
    result = interview_pb2.CommandResult(
        command_id=str(command_id), outcome=interview_pb2.COMMAND_OUTCOME_DONE, sentences=[heard]
    )
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        command = await client.read_until("command")
        assert command.WhichOneof("body") == "check_room"
        await client.records([record(1, record_pb2.RECORD_KIND_COMMAND_RESULT, result)])
        await client.acked(1)
    ((state, found),) = await site.fetch(
        "select state, found from room_commands where id = %s", command_id
    )
    assert state == "done"
    assert found == [
        {
            "language": "ko", "match": 0.9, "level_dbfs": -30.0, "snr_db": None,
            "latency_ms": 120, "error_ratio": None, "engine": "e", "unread": "",
        }
    ]  # fmt: skip


async def test_final_texts_and_notices_reach_the_kiosk_and_refused_ones_do_not(
    site: Site,
) -> None:
    interview = await site.interview()
    turn = await site.turn(interview, "t0")

    def text(utterance: str, *, accepted: bool) -> TranscriptAdded:
        return TranscriptAdded(
            room=site.room,
            interview_id="1",
            turn_id=str(turn),
            transcript_id="3",
            utterance_id=utterance,
            speaker="User",
            text="hello",
            engine="e",
            accepted=accepted,
            wall_ns=0,
        )

    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await asyncio.sleep(0.3)
        await site.bus.publish(text("refused", accepted=False))
        await site.bus.publish(text("good", accepted=True))
        first = await client.read_until("feedback")
        assert (first.final_text.utterance_id, first.final_text.turn_id) == ("good", "t0")
        await site.bus.publish(NoticeSent(site.room, "one minute"))
        second = await client.read_until("feedback")
        assert second.notice.text == "one minute"
