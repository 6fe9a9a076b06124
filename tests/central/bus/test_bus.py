"""What may be lost, and how little else: doorbells, live events, captions over a real NATS."""

from __future__ import annotations

import asyncio
import functools
import uuid
from collections.abc import AsyncIterator

import pytest

from central.bus import subjects
from central.bus.bus import Bus
from central.bus.captions import CaptionReply, CaptionRequest
from central.bus.events import InterviewChanged, NoticeSent, Readings
from central.errors import StartError

pytestmark = pytest.mark.integration

REQUEST = CaptionRequest("en", 1, 16_000, b"streaminfo", (b"one", b"two"))


@pytest.fixture
def room() -> str:
    return f"r{uuid.uuid4().hex[:12]}"


def readings(room: str, wall_ns: int) -> Readings:
    return Readings(
        room=room, interview_id="1", wall_ns=wall_ns, phase="idle", turn_id="", question_id="",
        position=0, question_count=0, phase_elapsed_ms=0, speaking=False,
        measures={"level_dbfs": (-30.0, 1.0), "head_yaw_deg": (None, 0.0)},
    )  # fmt: skip


async def test_an_event_arrives_as_it_was_published(bus: Bus, room: str) -> None:
    async with bus.subscribe_live(subjects.live_of(room)) as events:
        for event in (readings(room, 1), NoticeSent(room, "곧 시작합니다")):
            await bus.publish(event)
            async with asyncio.timeout(2):
                assert await anext(events) == event


async def test_a_watcher_that_falls_behind_loses_the_oldest(bus: Bus, room: str) -> None:
    async with bus.subscribe_live(subjects.live_of(room), limit=2) as events:
        for number in range(5):
            await bus.publish(InterviewChanged(room, str(number), "live"))
        await asyncio.sleep(0.2)
        seen = [await anext(events), await anext(events)]
        assert [getattr(event, "interview_id", "") for event in seen] == ["3", "4"]
        assert events.dropped == 3


async def test_closing_ends_an_iteration_that_waits(bus: Bus, room: str) -> None:
    events = bus.subscribe_live(subjects.live_of(room))
    waiting = asyncio.create_task(_all(events))
    await asyncio.sleep(0.1)
    await events.aclose()
    async with asyncio.timeout(1):
        assert await waiting == 0


async def _all(events: AsyncIterator[object]) -> int:
    return len([event async for event in events])


async def test_one_of_a_queue_hears_a_ring_and_everyone_outside_it(bus: Bus, room: str) -> None:
    heard: list[str] = []
    for name, queue in (("a", "q"), ("b", "q"), ("c", "")):
        await bus.on_doorbell(f"job.{room}", queue, functools.partial(heard.append, name))
    await bus.ring(f"job.{room}")
    await asyncio.sleep(0.2)
    assert len(heard) == 2
    assert "c" in heard


async def test_a_speech_worker_reads_a_caption(bus: Bus, room: str) -> None:
    async def read(request: CaptionRequest) -> CaptionReply:
        assert request == REQUEST
        return CaptionReply("hello", "engine")

    await bus.serve_captions(room, read)
    assert await bus.request_caption(room, REQUEST, 1.5) == CaptionReply("hello", "engine")


async def test_a_worker_that_is_busy_says_so_at_once(bus: Bus, room: str) -> None:
    async def slowly(_: CaptionRequest) -> CaptionReply:
        await asyncio.sleep(0.5)
        return CaptionReply("late", "engine")

    await bus.serve_captions(room, slowly)
    first = asyncio.create_task(bus.request_caption(room, REQUEST, 1.5))
    await asyncio.sleep(0.1)
    second = await bus.request_caption(room, REQUEST, 0.3)
    assert second is not None
    assert second.busy
    assert await first == CaptionReply("late", "engine")


async def test_a_caption_that_nobody_reads_is_none(bus: Bus, room: str) -> None:
    assert await bus.request_caption(room, REQUEST, 0.2) is None


async def test_a_handler_that_fails_answers_busy(bus: Bus, room: str) -> None:
    async def fail(_: CaptionRequest) -> CaptionReply:
        raise ValueError

    await bus.serve_captions(room, fail)
    reply = await bus.request_caption(room, REQUEST, 1)
    assert reply is not None
    assert reply.busy


async def test_a_cancelled_task_does_not_go_on_because_nats_was_flushing(
    bus: Bus, room: str
) -> None:
    """nats-py swallows a cancellation that hits its flush; the room's task would live for ever."""

    async def chatter() -> None:
        while True:
            await bus.publish(NoticeSent(room, "x" * 1000))

    for _ in range(20):
        task = asyncio.create_task(chatter())
        await asyncio.sleep(0.002)
        task.cancel()
        async with asyncio.timeout(2):
            await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()


async def test_whoever_leaves_while_subscribing_deafens_nobody(bus: Bus, room: str) -> None:
    """nats-py ends its read loop where the future of a ping was cancelled: a room that connects and
    goes at once would cut its gateway off from NATS for a quarter of a minute.
    """

    async def listen() -> None:
        async with bus.subscribe_live(subjects.live(room, "notice")) as events:
            await anext(events)

    for delay_s in (0, 0, 0.0001, 0.0005, 0.001) * 10:
        task = asyncio.create_task(listen())
        await asyncio.sleep(delay_s)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    async with bus.subscribe_live(subjects.live(room, "notice")) as events, asyncio.timeout(2):
        await bus.publish(NoticeSent(room, "still here"))
        assert await anext(events) == NoticeSent(room, "still here")


async def test_a_word_is_heard_with_its_subject(bus: Bus, room: str) -> None:
    heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
    doorbell = await bus.on_announcement(
        subjects.revoked("*"), lambda subject, word: heard.put_nowait((subject, word))
    )
    await bus.announce(subjects.revoked(room), "agent")
    async with asyncio.timeout(2):
        while (told := await heard.get())[0] != subjects.revoked(room):
            pass
    assert told == (subjects.revoked(room), "agent")
    await doorbell.close()


async def test_no_nats_is_said_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("central.bus.bus.CONNECT_TIMEOUT_S", 0.3)
    with pytest.raises(StartError, match=r"no answer at 127\.0\.0\.1:1") as raised:
        await Bus.connect("nats://secret@127.0.0.1:1", "test")
    assert "secret" not in str(raised.value)
