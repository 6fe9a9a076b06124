"""The open utterance is read while it is spoken: not too early, not too often, never stale."""

from __future__ import annotations

import asyncio

import pytest

from central.bus.captions import CaptionReply, CaptionRequest
from central.bus.events import CaptionChanged
from central.gateway.captions import Captioner
from central.gateway.open_utterance import OpenUtterance
from central.interview.facts import (
    AnswerEnded,
    AudioBlock,
    AudioFormat,
    Fact,
    Record,
    TurnEvent,
    Utterance,
)

pytestmark = pytest.mark.unit

FORMAT = AudioFormat(0, 1, 16_000, b"", 0)
BLOCK = 3_200  # 200 ms


def block(number: int, *, voice: int = 255, playing: bool = False) -> AudioBlock:
    packets = (str(number).encode(),)
    return AudioBlock(0, number * BLOCK, BLOCK, packets, bytes([voice] * 6), playing, gap=False)


def listening() -> OpenUtterance:
    utterance = OpenUtterance()
    utterance.use(FORMAT)
    utterance.listen(on=True)
    return utterance


def readings_of(utterance: OpenUtterance, blocks: range, voice: int = 255) -> list[int]:
    """After which blocks something is to be read."""
    due = []
    for number in blocks:
        utterance.hear(block(number, voice=voice))
        if utterance.due() is not None:
            due.append(number)
    return due


def test_the_first_reading_comes_after_1_2_s_of_voice_and_then_every_0_8_s() -> None:
    # 6 frames of 32 ms each block: 192 ms of voice in 200 ms of sound
    assert readings_of(listening(), range(20)) == [6, 10, 14, 18]


def test_silence_is_not_read() -> None:
    assert readings_of(listening(), range(50), voice=0) == []


def test_sound_without_new_voice_is_not_read_again() -> None:
    utterance = listening()
    assert readings_of(utterance, range(8)) == [6]
    assert readings_of(utterance, range(8, 9)) == []
    assert readings_of(utterance, range(9, 30), voice=0) == [10]


def test_a_slow_engine_is_asked_less_often_and_a_quick_one_as_before() -> None:
    utterance = listening()
    utterance.answered(in_time=False)
    assert readings_of(utterance, range(20)) == [6, 14]
    utterance.answered(in_time=True)
    assert readings_of(utterance, range(20, 24)) == [20]


def test_before_an_answer_and_while_the_room_speaks_nothing_is_voice() -> None:
    utterance = OpenUtterance()
    utterance.use(FORMAT)
    assert readings_of(utterance, range(20)) == []
    utterance.listen(on=True)
    for number in range(20, 40):
        utterance.hear(block(number, playing=True))
    assert utterance.due() is None


def test_an_utterance_that_ended_leaves_what_came_after_it() -> None:
    utterance = listening()
    readings_of(utterance, range(10))
    utterance.ended(8 * BLOCK)
    assert readings_of(utterance, range(10, 20)) == [14, 18]
    sound = _all_due(utterance)
    assert sound[0] == b"8"


def _all_due(utterance: OpenUtterance) -> tuple[bytes, ...]:
    for number in range(20, 30):
        utterance.hear(block(number))
    sound = utterance.due()
    assert sound is not None
    return sound.packets


class Reader:
    """A speech worker that reads what it is told to."""

    def __init__(self, *texts: str) -> None:
        self.texts = list(texts)
        self.requests: list[CaptionRequest] = []
        self.go_on = asyncio.Event()
        self.go_on.set()

    async def request_caption(
        self, language: str, request: CaptionRequest, timeout_s: float
    ) -> CaptionReply | None:
        self.requests.append(request)
        await self.go_on.wait()
        return CaptionReply(self.texts.pop(0), "fake") if self.texts else None


def record(fact: Fact, interview_id: int = 7) -> Record:
    return Record(1, 0, 0, interview_id, 0, 0, b"", fact)


async def language_of(interview_id: int) -> str | None:
    assert interview_id == 7
    return "ko"


async def follow(captioner: Captioner, blocks: range) -> None:
    for number in blocks:
        captioner.follow(record(block(number)))
        await asyncio.sleep(0.001)


async def test_captions_settle_as_readings_agree_and_start_anew_with_the_next_utterance() -> None:
    shown: list[CaptionChanged] = []

    async def publish(caption: CaptionChanged) -> None:
        shown.append(caption)

    reader = Reader("I have", "I have worked", "So")
    captioner = Captioner("r101", reader, language_of, publish)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(captioner.run())
        captioner.follow(record(FORMAT))
        captioner.follow(record(TurnEvent("answer_opened", "t0", "1", 0, "")))
        await follow(captioner, range(12))
        said = Utterance("u", "t0", 0, 0, 12 * BLOCK, 1, 2, 0, 900, "silence", "ko", 0)
        captioner.follow(record(said))
        await follow(captioner, range(12, 20))
        task.cancel()
    assert [(one.stable, one.tail.strip()) for one in shown[:2]] == [
        ("", "I have"),
        ("I have", "worked"),
    ]
    assert (shown[2].stable, shown[2].tail) == ("", "So")
    assert {one.turn_id for one in shown} == {"t0"}
    assert reader.requests[0].language == "ko"


async def test_a_reading_that_comes_after_its_utterance_ended_is_not_shown() -> None:
    shown: list[CaptionChanged] = []

    async def publish(caption: CaptionChanged) -> None:
        shown.append(caption)

    reader = Reader("late")
    reader.go_on.clear()
    captioner = Captioner("r101", reader, language_of, publish)
    async with asyncio.TaskGroup() as group:
        task = group.create_task(captioner.run())
        captioner.follow(record(FORMAT))
        captioner.follow(record(TurnEvent("answer_opened", "t0", "1", 0, "")))
        await follow(captioner, range(8))
        captioner.follow(record(AnswerEnded("t0", "1", "done", 1, 0, 1)))
        reader.go_on.set()
        await asyncio.sleep(0.02)
        task.cancel()
    assert len(reader.requests) == 1
    assert shown == []
