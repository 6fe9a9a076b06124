"""What an admitted room may say: the contract of the stream, its sizes, its order, and what is in it."""

from __future__ import annotations

import asyncio
import math
import time
import uuid
from collections.abc import Sequence
from typing import Any

import grpc

from central.bus.events import NoticeSent
from daedam.v1 import interview_pb2, live_pb2, measuring_pb2, record_pb2, room_pb2
from tests.fakes.room_client import RoomClient, event, gap, record, room, stream
from tests.security.scene import Answer, Attempt, Mallory, Row, Scene, after_hello, ended

Request = room_pb2.SessionRequest
STREAM_REFUSED = frozenset({"stream_refused"})
QUARANTINED = frozenset({"record_quarantined"})
CLOCK = frozenset({"clock_skew"})


# --- how a stream begins -----------------------------------------------------------------------


def first(message: Request | None) -> Attempt:
    """This instead of a Hello; None says nothing at all."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        async with stream(scene.address, mallory.agent) as client:
            if message is not None:
                await client.call.write(message)
            else:
                await client.call.wait_for_connection()
            return await ended(client)

    return attempt


def hello(**fields: Any) -> Attempt:
    """A Hello with these fields."""
    return first(Request(hello=room_pb2.Hello(**{"spool_id": str(uuid.uuid4()), **fields})))


async def hello_twice(scene: Scene, mallory: Mallory) -> Answer:
    again = Request(hello=room_pb2.Hello(spool_id=str(uuid.uuid4())))
    return await after_hello(scene, mallory, again)


async def no_message(scene: Scene, mallory: Mallory) -> Answer:
    """Bytes that are none of the contract's."""
    async with stream(scene.address, mallory.agent) as typed:
        typed.call.cancel()
    credentials = grpc.ssl_channel_credentials(
        mallory.agent.authority.read_bytes(),
        mallory.agent.private_key.read_bytes(),
        mallory.agent.certificate.read_bytes(),
    )
    async with grpc.aio.secure_channel(scene.address, credentials) as channel:
        opened: Any = channel
        call = opened.stream_stream("/daedam.v1.RoomService/Session")()
        await call.write(b"\xff\xff\xff\xff")
        return await ended(RoomClient(call))


async def bounded_words(scene: Scene, mallory: Mallory) -> Answer:
    """Overlong and broken words in Hello are cut: they open no door and break none."""
    capabilities = room_pb2.Capabilities(camera="../" * 9_000, microphone="a\0b")
    message = room_pb2.Hello(
        spool_id=str(uuid.uuid4()),
        agent_version="'; drop table agents; --\0" * 5_000,
        boot_id="x" * 9_000,
        oldest_seq=2**64 - 1,
        next_seq=2**64 - 1,
        capabilities=capabilities,
    )
    async with stream(scene.address, mallory.agent) as client:
        await client.send(hello=message)
        answer = await client.read()
        query = "select version, capabilities from agents where uuid = %s and version <> ''"
        for _ in range(40):
            rows = await scene.site.fetch(query, mallory.agent.agent_uuid)
            if rows:
                break
            await asyncio.sleep(0.05)
    version, kept = rows[0]
    assert len(version) <= 100
    assert len(kept["camera"]) <= 200
    assert "\0" not in version + kept["microphone"]
    return Answer("OK", answer.WhichOneof("message") or "")


async def anothers_spool(scene: Scene, mallory: Mallory) -> Answer:
    """Believed, it would write into the other room's series."""
    rows = await scene.site.fetch(
        "select w.spool_id from ingest_watermark w join agents a on a.id = w.agent_id"
        " where a.uuid = %s",
        scene.site.agent.agent_uuid,
    )
    return await hello(spool_id=rows[0][0])(scene, mallory)


# --- batches -----------------------------------------------------------------------------------


def batch(*records: record_pb2.Record) -> Request:
    return Request(batch=room_pb2.Batch(records=records))


def sends(*records: record_pb2.Record) -> Attempt:
    """One batch, and how the stream ends."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        return await after_hello(scene, mallory, batch(*records))

    return attempt


async def duplicate(scene: Scene, mallory: Mallory) -> Answer:
    """The same records twice in one stream, and again in the next."""
    spool, both = str(uuid.uuid4()), [gap(1), gap(2)]
    for _ in range(2):
        async with room(scene.address, mallory.agent, spool) as (client, _):
            for _ in range(2):
                await client.records(both)
                assert await client.acked(2) == []
    return Answer("OK", "acknowledged, stored once")


async def reordered_batches(scene: Scene, mallory: Mallory) -> Answer:
    return await after_hello(scene, mallory, batch(gap(1)), batch(gap(3)), batch(gap(2)))


async def oversize_batch(scene: Scene, mallory: Mallory) -> Answer:
    block = record(1, record_pb2.RECORD_KIND_AUDIO, b"x" * 100_000)
    return await after_hello(scene, mallory, batch(*([block] * 8)))


# --- records -----------------------------------------------------------------------------------


async def rejected(scene: Scene, mallory: Mallory, bad: record_pb2.Record) -> Answer:
    """A good record, this one, and a good one: the stream goes on."""
    async with room(scene.address, mallory.agent) as (client, _):
        await client.records([gap(1), bad, gap(3)])
        (reject,) = await client.acked(3)
        assert reject.seq == bad.seq
    kept = await scene.site.fetch(
        "select payload from quarantine where room_id = %s", mallory.room_id
    )
    assert kept == [(bad.payload,)]
    return Answer(room_pb2.RejectReason.Name(reject.reason), reject.detail)


def poison(bad: record_pb2.Record) -> Attempt:
    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        return await rejected(scene, mallory, bad)

    return attempt


def of_an_interview(kind: int, message: Any) -> Attempt:
    """The same in an interview of the room's own."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        interview = await scene.site.interview(room_id=mallory.room_id)
        return await rejected(scene, mallory, record(2, kind, message, interview))

    return attempt


async def anothers_interview(scene: Scene, mallory: Mallory) -> Answer:
    theirs = await scene.site.interview()
    asked = interview_pb2.TURN_EVENT_KIND_QUESTION_ASKED
    answer = await rejected(scene, mallory, event(2, theirs, asked, turn_id="t", text="x"))
    assert await scene.site.fetch("select * from turns where interview_id = %s", theirs) == []
    return answer


def corrupt() -> record_pb2.Record:
    damaged = gap(2)
    damaged.crc32c ^= 1
    return damaged


# --- floods and slowness -----------------------------------------------------------------------


async def slow_reader(scene: Scene, mallory: Mallory) -> Answer:
    """Reads nothing of what it is told; what waits for it is bounded, and then it is cut off."""
    async with room(scene.address, mallory.agent) as (client, _):
        word = "x" * 100_000
        for _ in range(60):
            await scene.site.bus.publish(NoticeSent(mallory.code, word))
            await asyncio.sleep(0.02)
        deadline_s = time.monotonic() + 25
        while time.monotonic() < deadline_s:
            rows = await scene.site.fetch(
                "select connected from agents where uuid = %s", mallory.agent.agent_uuid
            )
            if rows == [(False,)]:
                break
            await asyncio.sleep(0.2)
        assert rows == [(False,)]
        return await ended(client)


async def streams_without_end(scene: Scene, mallory: Mallory) -> Answer:
    credentials = grpc.ssl_channel_credentials(
        mallory.agent.authority.read_bytes(),
        mallory.agent.private_key.read_bytes(),
        mallory.agent.certificate.read_bytes(),
    )
    async with grpc.aio.secure_channel(scene.address, credentials) as channel:
        opened: Any = channel
        for _ in range(120):
            call = opened.stream_stream("/daedam.v1.RoomService/Session")()
            await call.write(b"")
            answer = await ended(RoomClient(call))
            if answer.status == "RESOURCE_EXHAUSTED":
                return answer
    return answer


async def records_without_end(scene: Scene, mallory: Mallory) -> Answer:
    """As fast as the window lets it; the honest room is acknowledged meanwhile."""
    async with room(scene.address, mallory.agent) as (client, _):
        flood = asyncio.create_task(_flood(client, 40_000))
        listening = asyncio.create_task(client.acked(40_000))
        rounds = 0
        while not listening.done():
            await scene.honest_goes_on()
            rounds += 1
        await flood
        await listening
    assert rounds >= 5
    return Answer("OK", "both rooms were served")


async def poison_without_end(scene: Scene, mallory: Mallory) -> Answer:
    """Whole batches of it: all in quarantine, hardly any told, and the stream goes on."""
    async with room(scene.address, mallory.agent) as (client, _):
        bad = [record(seq, 99, b"x") for seq in range(1, 4_001)]
        for start in range(0, 4_000, 2_000):
            await client.records(bad[start : start + 2_000])
        rejects = await client.acked(4_000)
        await client.records([gap(4_001)])
        assert await client.acked(4_001) == []
    rows = await scene.site.fetch(
        "select count(*) from quarantine where room_id = %s", mallory.room_id
    )
    assert rows == [(4_000,)]
    assert len(rejects) <= 200
    return Answer("OK", "all of it is in quarantine")


async def _flood(client: RoomClient, count: int) -> None:
    for start in range(1, count, 1_000):
        await client.records([gap(seq) for seq in range(start, start + 1_000)])


async def live_without_end(scene: Scene, mallory: Mallory) -> Answer:
    """Of a thousand readings at once hardly any is passed on."""
    heard = 0
    subject = f"live.room.{mallory.code}.readings"
    async with (
        room(scene.address, mallory.agent) as (client, _),
        scene.site.bus.subscribe_live(subject, limit=2_000) as events,
    ):
        for _ in range(1_000):
            await client.send(live=live_pb2.Live(interview_id="1"))
        await client.records([gap(1)])
        await client.acked(1)
        try:
            async with asyncio.timeout(1):
                async for _ in events:
                    heard += 1
        except TimeoutError:
            pass
    assert 1 <= heard < 500
    return Answer("OK", "the rest was lost, as live may be")


# --- clocks and series -------------------------------------------------------------------------


def clock(off_s: float) -> Attempt:
    """Hello with a wrong clock: the room is let in, its records are kept, and an admin is told."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        wrong_ns = time.time_ns() + int(off_s * 1e9)
        async with stream(scene.address, mallory.agent) as client:
            await client.send(hello=room_pb2.Hello(spool_id=str(uuid.uuid4()), wall_ns=wrong_ns))
            welcome = await client.read_until("welcome")
            assert abs(welcome.central_wall_ns - time.time_ns()) < 60e9
            late = gap(1)
            late.wall_ns = wrong_ns
            await client.records([late])
            assert await client.acked(1) == []
        return Answer("OK", "welcomed")

    return attempt


async def clock_set_right(scene: Scene, mallory: Mallory) -> Answer:
    """The alarm ends by itself with a heartbeat that tells the right time, and begins with a wrong."""
    async with stream(scene.address, mallory.agent) as client:
        hello = room_pb2.Hello(spool_id=str(uuid.uuid4()), wall_ns=1)
        await client.send(hello=hello)
        await client.read_until("welcome")
        assert await scene.alarms(mallory) == CLOCK
        for off_ns, wanted in ((0, frozenset()), (-(10**12), CLOCK), (0, frozenset())):
            await client.send(heartbeat=room_pb2.Heartbeat(wall_ns=time.time_ns() + off_ns))
            for _ in range(40):
                if await scene.alarms(mallory) == wanted:
                    break
                await asyncio.sleep(0.05)
            assert await scene.alarms(mallory) == wanted
    return Answer("OK", "told and forgotten")


def new_series(replaces: room_pb2.Replacement | None) -> Attempt:
    """A second series of the same agent, with or without a reason; said again it is told once."""

    async def attempt(scene: Scene, mallory: Mallory) -> Answer:
        async with room(scene.address, mallory.agent):
            pass
        message = room_pb2.Hello(spool_id=str(uuid.uuid4()), replaces=replaces)
        for _ in range(2):
            async with stream(scene.address, mallory.agent) as client:
                await client.send(hello=message)
                await client.read_until("welcome")
        rows = await scene.site.fetch(
            "select times, detail->>'reason' from alarms where room_id = %s", mallory.room_id
        )
        assert [row[0] for row in rows] == [1]
        return Answer("OK", str(rows[0][1]))

    return attempt


AUDIO = record_pb2.RECORD_KIND_AUDIO
ASKED = interview_pb2.TURN_EVENT_KIND_QUESTION_ASKED
INVALID = "INVALID_ARGUMENT"
SPOOL_ID = "^spool_id: 1 to 64 letters, digits and hyphens$"
DIFFERS = room_pb2.REPLACEMENT_REASON_RECORD_DIFFERS
BEFORE: Sequence[record_pb2.Record] = (gap(1),)

ROWS = [
    Row(
        "no Hello",
        "a batch first",
        first(batch(gap(1))),
        INVALID,
        "^a stream begins with Hello$",
        alarms=STREAM_REFUSED,
    ),
    Row(
        "no Hello",
        "an empty message",
        first(Request()),
        INVALID,
        "^a stream begins with Hello$",
        alarms=STREAM_REFUSED,
    ),
    Row(
        "no Hello",
        "silence",
        first(None),
        "DEADLINE_EXCEEDED",
        "^no Hello came$",
        alarms=STREAM_REFUSED,
    ),
    Row(
        "no Hello",
        "bytes that are no message",
        no_message,
        INVALID,
        "^what came is no message of this service$",
        alarms=STREAM_REFUSED,
    ),
    Row("Hello", "twice", hello_twice, INVALID, "^Hello comes once$", alarms=STREAM_REFUSED),
    Row(
        "Hello", "without a spool_id", hello(spool_id=""), INVALID, SPOOL_ID, alarms=STREAM_REFUSED
    ),
    Row(
        "Hello",
        "a spool_id that is too long",
        hello(spool_id="a" * 65),
        INVALID,
        SPOOL_ID,
        alarms=STREAM_REFUSED,
    ),
    Row(
        "Hello",
        "a NUL in the spool_id",
        hello(spool_id="a\0b"),
        INVALID,
        SPOOL_ID,
        alarms=STREAM_REFUSED,
    ),
    Row(
        "Hello",
        "a path as spool_id",
        hello(spool_id="../../etc"),
        INVALID,
        SPOOL_ID,
        alarms=STREAM_REFUSED,
    ),
    Row(
        "Hello",
        "other digits in the spool_id",
        hello(spool_id="١٢٣"),
        INVALID,
        SPOOL_ID,
        alarms=STREAM_REFUSED,
    ),
    Row(
        "Hello",
        "a path as the replaced series",
        hello(replaces=room_pb2.Replacement(spool_id="../x")),
        INVALID,
        "^replaces.spool_id: 1 to 64",
        alarms=STREAM_REFUSED,
    ),
    Row("Hello", "overlong and broken words", bounded_words, "OK", "welcome"),
    Row(
        "another room's identity",
        "its spool_id",
        anothers_spool,
        "PERMISSION_DENIED",
        "^this spool_id belongs to another agent$",
        alarms=STREAM_REFUSED,
    ),
    Row(
        "another room's identity",
        "its interview",
        anothers_interview,
        "REJECT_REASON_NOT_ASSIGNED",
        "is not assigned to room",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "another room's identity",
        "no interview",
        poison(event(2, "'; drop table records", ASKED, turn_id="t")),
        "REJECT_REASON_NOT_ASSIGNED",
        "there is no such interview",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row("duplicate", "records and batches", duplicate, "OK", "stored once", stored=2),
    Row(
        "reordered",
        "records of a batch",
        sends(gap(2), gap(1)),
        "FAILED_PRECONDITION",
        "^record 1 is missing: 2 came instead$",
        alarms=STREAM_REFUSED,
    ),
    Row(
        "reordered",
        "batches",
        reordered_batches,
        "FAILED_PRECONDITION",
        "^record 2 is missing: 3 came instead$",
        stored=1,
        alarms=STREAM_REFUSED,
    ),
    Row(
        "reordered",
        "a hole",
        sends(gap(1), gap(3)),
        "FAILED_PRECONDITION",
        "^record 2 is missing: 3 came instead$",
        alarms=STREAM_REFUSED,
    ),
    Row(
        "reordered",
        "the largest number",
        sends(gap(2**64 - 1)),
        "FAILED_PRECONDITION",
        "^record 1 is missing: 18446744073709551615 came instead$",
        alarms=STREAM_REFUSED,
    ),
    Row("oversize", "a batch", oversize_batch, "RESOURCE_EXHAUSTED", "larger than max"),
    Row(
        "oversize",
        "a batch of too many records",
        sends(*[gap(seq) for seq in range(1, 4_098)]),
        INVALID,
        "^a batch holds at most 4096 records$",
        alarms=STREAM_REFUSED,
    ),
    Row(
        "oversize",
        "a record",
        poison(record(2, AUDIO, b"x" * (128 * 1024 + 1))),
        "REJECT_REASON_OVERSIZE",
        "the payload has 131073 bytes",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "poison",
        "a checksum that is wrong",
        poison(corrupt()),
        "REJECT_REASON_CORRUPT",
        "checksum",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "poison",
        "a payload that is no message",
        poison(record(2, record_pb2.RECORD_KIND_UTTERANCE, b"\xff\xff\xff", 1)),
        "REJECT_REASON_MALFORMED",
        "is no Utterance",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "poison",
        "an unknown kind",
        poison(record(2, 99, b"")),
        "REJECT_REASON_MALFORMED",
        "kind 99 is not known",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "poison",
        "a NUL",
        of_an_interview(
            record_pb2.RECORD_KIND_TURN_EVENT,
            interview_pb2.TurnEvent(kind=ASKED, turn_id="t", text="a\0b"),
        ),
        "REJECT_REASON_MALFORMED",
        "text holds a NUL",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "poison",
        "a number that is none",
        of_an_interview(
            record_pb2.RECORD_KIND_SCORE_WINDOW,
            measuring_pb2.ScoreWindow(
                measures=[
                    measuring_pb2.Measure(channel=measuring_pb2.CHANNEL_LEVEL_DBFS, value=math.inf)
                ]
            ),
        ),
        "REJECT_REASON_MALFORMED",
        "not a number",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row(
        "poison",
        "what only PostgreSQL refuses",
        of_an_interview(
            record_pb2.RECORD_KIND_TURN_EVENT,
            interview_pb2.TurnEvent(kind=ASKED, turn_id="t", position=4_000_000_000),
        ),
        "REJECT_REASON_REFUSED",
        "integer",
        stored=2,
        alarms=QUARANTINED,
    ),
    Row("slow reader", "reads nothing", slow_reader, "ABORTED|RESOURCE_EXHAUSTED", "the room"),
    Row(
        "flood",
        "streams",
        streams_without_end,
        "RESOURCE_EXHAUSTED",
        "^at most 5 streams a second; wait between attempts$",
        alarms=STREAM_REFUSED,
    ),
    Row("flood", "records", records_without_end, "OK", "both", stored=40_000),
    Row(
        "flood",
        "poison",
        poison_without_end,
        "OK",
        "quarantine",
        stored=1,
        alarms=QUARANTINED,
    ),
    Row("flood", "live readings", live_without_end, "OK", "lost", stored=1),
    Row("clock skew", "thirty years behind", clock(-1e9), "OK", "welcomed", stored=1, alarms=CLOCK),
    Row(
        "clock skew", "a hundred years ahead", clock(3e9), "OK", "welcomed", stored=1, alarms=CLOCK
    ),
    Row("clock skew", "20 s are nobody's business", clock(20), "OK", "welcomed", stored=1),
    Row("clock skew", "set right in mid-stream", clock_set_right, "OK", "told"),
    Row(
        "rollback",
        "a restored disk says so",
        new_series(room_pb2.Replacement(spool_id="old", reason=DIFFERS, central_seq=2**64 - 1)),
        "OK",
        "^record_differs$",
        alarms=frozenset({"spool_rolled_back"}),
    ),
    Row(
        "rollback",
        "a reason that nobody knows",
        new_series(room_pb2.Replacement(spool_id="old", reason=77)),  # type: ignore[arg-type]
        "OK",
        "^unspecified$",
        alarms=frozenset({"spool_rolled_back"}),
    ),
    Row(
        "rollback",
        "a series that is lost",
        new_series(None),
        "OK",
        "^None$",
        alarms=frozenset({"spool_began_anew"}),
    ),
]
