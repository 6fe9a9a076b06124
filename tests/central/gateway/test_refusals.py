"""Bad input hits itself: quarantined and shown, while everything around it is committed."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

import grpc
import pytest

from central.fleet.rooms import AgentFiles
from central.fleet.root import create_authority
from daedam.v1 import interview_pb2, measuring_pb2, record_pb2
from tests.fakes.room_client import event, gap, record, room, stream
from tests.fakes.site import Site

pytestmark = pytest.mark.integration

ASKED = interview_pb2.TURN_EVENT_KIND_QUESTION_ASKED


def corrupt(seq: int, _: int) -> record_pb2.Record:
    damaged = gap(seq)
    damaged.crc32c ^= 1
    return damaged


def oversize(seq: int, _: int) -> record_pb2.Record:
    return record(seq, record_pb2.RECORD_KIND_AUDIO, b"x" * (128 * 1024 + 1))


def no_message(seq: int, _: int) -> record_pb2.Record:
    return record(seq, record_pb2.RECORD_KIND_UTTERANCE, b"\xff\xff\xff", 1)


def unknown_kind(seq: int, _: int) -> record_pb2.Record:
    return record(seq, 99, b"")


def nul(seq: int, interview: int) -> record_pb2.Record:
    return event(seq, interview, ASKED, turn_id="t", text="a\0b")


def unknown_step(seq: int, interview: int) -> record_pb2.Record:
    unknown: Any = 77
    return event(seq, interview, unknown)


def sample_beyond_the_column(seq: int, interview: int) -> record_pb2.Record:
    message = interview_pb2.AnswerEnded(
        turn_id="t", reason=interview_pb2.ANSWER_END_REASON_DONE, end_sample=2**64 - 1
    )
    return record(seq, record_pb2.RECORD_KIND_ANSWER_ENDED, message, interview)


def infinite_measure(seq: int, interview: int) -> record_pb2.Record:
    measure = measuring_pb2.Measure(channel=measuring_pb2.CHANNEL_LEVEL_DBFS, value=float("-inf"))
    window = measuring_pb2.ScoreWindow(measures=[measure])
    return record(seq, record_pb2.RECORD_KIND_SCORE_WINDOW, window, interview)


def interview_nowhere(seq: int, _: int) -> record_pb2.Record:
    return event(seq, 999_999_999, ASKED, turn_id="t")


def interview_without_a_number(seq: int, _: int) -> record_pb2.Record:
    return event(seq, "'; drop table records", ASKED, turn_id="t")


def position_beyond_the_column(seq: int, interview: int) -> record_pb2.Record:
    """Passes every check of ours; only PostgreSQL refuses it."""
    return event(seq, interview, ASKED, turn_id="poison", position=4_000_000_000)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (corrupt, "corrupt"),
        (oversize, "oversize"),
        (no_message, "malformed"),
        (unknown_kind, "malformed"),
        (nul, "malformed"),
        (unknown_step, "malformed"),
        (sample_beyond_the_column, "malformed"),
        (infinite_measure, "malformed"),
        (interview_nowhere, "not_assigned"),
        (interview_without_a_number, "not_assigned"),
        (position_beyond_the_column, "refused"),
    ],
)
async def test_a_record_that_cannot_be_believed_goes_to_quarantine_alone(
    site: Site, make: Any, reason: str
) -> None:
    interview = await site.interview()
    bad = make(2, interview)
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records([gap(1), bad, gap(3)])
        rejects = await client.acked(3)
        assert [one.seq for one in rejects] == [2]
        assert rejects[0].detail
        assert await site.fetch("select seq from records order by seq") == [(1,), (3,)]
        rows = await site.fetch("select room_id, seq, kind, reason, payload from quarantine")
        assert rows == [(site.room_id, 2, bad.kind, reason, bad.payload)]
        await client.records([gap(4)])
        assert await client.acked(4) == []


async def test_a_room_cannot_write_into_another_rooms_interview(site: Site) -> None:
    await site.add_agent(f"{site.room}-b", site.config.data_dir / "other")
    rows = await site.fetch("select id from rooms where code = %s", f"{site.room}-b")
    theirs = await site.interview(room_id=rows[0][0])
    async with site.gateway() as address, room(address, site.agent) as (client, _):
        await client.records([event(1, theirs, ASKED, turn_id="t", text="x")])
        (reject,) = await client.acked(1)
        assert "not assigned" in reject.detail
        assert await site.fetch("select * from turns") == []


async def test_poison_hits_one_room_while_the_others_commit(site: Site) -> None:
    """Both batches are in one group: the gateway takes what waits behind a lock."""
    other = await site.add_agent(f"{site.room}-b", site.config.data_dir / "other")
    interview = await site.interview()
    async with (
        site.gateway() as address,
        room(address, site.agent) as (poisoned, _),
        room(address, other) as (healthy, _),
    ):
        async with site.pool.connection() as conn:
            await conn.execute("lock table records in access exclusive mode")
            await healthy.records([gap(1)])
            await asyncio.sleep(0.2)
            await poisoned.records([gap(1), position_beyond_the_column(2, interview), gap(3)])
            await healthy.records([gap(2)])
            await asyncio.sleep(0.2)
        assert [one.seq for one in await poisoned.acked(3)] == [2]
        assert await healthy.acked(2) == []
        rows = await site.fetch("select count(*) from records")
        assert rows == [(4,)]


async def test_without_a_certificate_there_is_no_stream(site: Site) -> None:
    bare = AgentFiles("", site.agent.certificate, site.agent.private_key, site.agent.authority)
    async with site.gateway() as address:
        credentials = grpc.ssl_channel_credentials(bare.authority.read_bytes())
        async with grpc.aio.secure_channel(address, credentials) as channel:
            opened: Any = channel
            call = opened.stream_stream("/daedam.v1.RoomService/Session")()
            with pytest.raises(grpc.aio.AioRpcError) as raised:
                await call.read()
            assert raised.value.code() is grpc.StatusCode.UNAVAILABLE


async def test_a_certificate_of_another_authority_opens_nothing(site: Site) -> None:
    foreign = create_authority(site.config.data_dir / "foreign")
    issued = foreign.issue_room(site.room, site.agent.agent_uuid)
    assert issued.private_key is not None
    forged = AgentFiles(
        site.agent.agent_uuid,
        site.config.data_dir / "forged.crt",
        site.config.data_dir / "forged.key",
        site.agent.authority,
    )
    forged.certificate.write_bytes(issued.certificate)
    forged.private_key.write_bytes(issued.private_key)
    async with site.gateway() as address, stream(address, forged) as client:
        code, _ = await client.ended()
        assert code is grpc.StatusCode.UNAVAILABLE


async def test_an_agent_that_was_never_admitted_is_refused(site: Site) -> None:
    authority = create_authority(site.config.data_dir / "authority")
    issued = authority.issue_room(site.room, str(uuid.uuid4()))
    assert issued.private_key is not None
    site.agent.certificate.write_bytes(issued.certificate)
    site.agent.private_key.write_bytes(issued.private_key)
    async with site.gateway() as address, stream(address, site.agent) as client:
        code, detail = await client.ended()
        assert code is grpc.StatusCode.PERMISSION_DENIED
        assert "is not admitted" in detail
