"""A practice answer has captions: while it is open, of the candidate alone, and kept by nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from edge_agent.errors import CentralAway
from edge_agent.flow import (
    AudioChunk,
    Caption,
    Codec,
    Feedback,
    FinalText,
    Phase,
    VoiceFrame,
)
from edge_agent.hearing.codec import decode
from edge_agent.hearing.vad import FRAME_SAMPLES
from edge_agent.interview import RunnerView
from edge_agent.interview.trying import TryingView
from edge_agent.kiosk.words import PRACTICE, Words
from edge_agent.practice import Practice
from edge_agent.uplink.reading import Read
from tests.edge_agent.kiosk.test_state import VIEW

pytestmark = pytest.mark.unit
OPEN = replace(
    VIEW, phase=Phase.PRACTISING, language_chosen="ko", trying=TryingView("왜요?", listening_ms=10)
)


class Worker:
    """Reads everything as what it was told to say; away where that is None."""

    def __init__(self, says: str | None = "버스로 왔습니다") -> None:
        self.says = says
        self.begins: Callable[[], None] = lambda: None
        self.heard: list[tuple[str, int]] = []
        self.has_read = asyncio.Semaphore(0)

    async def read(
        self,
        language: str,
        codec: Codec,
        sample_rate_hz: int,
        extradata: bytes,
        packets: tuple[bytes, ...],
    ) -> Read | None:
        assert sample_rate_hz == 16_000
        self.begins()
        samples = sum(len(decode(codec, extradata, one)) for one in packets)
        self.heard.append((language, samples))
        self.has_read.release()
        if self.says is None:
            raise CentralAway("nobody is there")
        return Read(self.says, "fake engine")


class Room:
    """Sound of a room, and what its page was told."""

    def __init__(self, worker: Worker, view: RunnerView = OPEN) -> None:
        self.view, self.playing = view, False
        self.told: list[Feedback] = []
        self.practice = Practice(worker, self, view=lambda: self.view, show=self.told.append)
        self._at = 0

    def says(self, length_ms: int, probability: float = 0.9, channel: int = 0) -> None:
        for _ in range(length_ms // 32):
            pcm = np.full(FRAME_SAMPLES, 100, dtype=np.int16)
            self.practice.hear(AudioChunk(channel, self._at, 0, pcm))
            if channel == 0:
                self.practice.voice(VoiceFrame(self._at, probability, -20.0))
            self._at += FRAME_SAMPLES

    async def reads(self, worker: Worker, times: int) -> None:
        async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
            task = tasks.create_task(self.practice.run())
            for _ in range(times):
                await worker.has_read.acquire()
            await asyncio.sleep(0)
            task.cancel()


async def test_a_guess_is_shown_and_then_the_sentence() -> None:
    worker = Worker()
    room = Room(worker)
    room.says(1_280)
    await room.reads(worker, 1)
    room.says(640, probability=0.1)
    await room.reads(worker, 1)
    assert room.told == [
        Caption(PRACTICE, "", "버스로 왔습니다", "fake engine"),
        FinalText(PRACTICE, "1", "버스로 왔습니다", "fake engine"),
    ]
    assert worker.heard == [("ko", 1_280 * 16), ("ko", 1_920 * 16)]
    words = Words()
    words.turn(PRACTICE)
    for one in room.told:
        words.take(one, 0)
    assert words.said() == ("버스로 왔습니다",)
    words.turn("")
    assert words.said() == ()


@pytest.mark.parametrize(
    "view",
    [
        pytest.param(replace(OPEN, phase=Phase.CHECKING), id="while camera and sound are tried"),
        pytest.param(replace(OPEN, trying=TryingView("왜요?")), id="while the question is asked"),
        pytest.param(replace(OPEN, phase=Phase.CALIBRATING, trying=None), id="when it is over"),
    ],
)
async def test_nothing_is_sent_outside_the_answer(view: RunnerView) -> None:
    worker = Worker()
    room = Room(worker, view)
    room.says(3_200)
    room.says(640, probability=0.1)
    task = asyncio.create_task(room.practice.run())
    await asyncio.sleep(0.3)
    task.cancel()
    assert (worker.heard, room.told) == ([], [])


async def test_the_rooms_own_voice_and_other_microphones_are_not_sent() -> None:
    worker = Worker()
    room = Room(worker)
    room.playing = True
    room.says(3_200)
    room.playing = False
    room.says(3_200, channel=1)
    room.says(1_280)
    await room.reads(worker, 1)
    assert worker.heard == [("ko", 1_280 * 16)]


async def test_without_central_the_practice_goes_on_without_words() -> None:
    worker = Worker(says=None)
    room = Room(worker)
    room.says(1_280)
    await room.reads(worker, 1)
    assert room.told == []


async def test_what_is_read_after_the_answer_is_not_shown() -> None:
    worker = Worker()
    room = Room(worker)
    room.says(1_280)
    worker.begins = lambda: setattr(room, "view", replace(VIEW, phase=Phase.CALIBRATING))
    await room.reads(worker, 1)
    assert room.told == []
