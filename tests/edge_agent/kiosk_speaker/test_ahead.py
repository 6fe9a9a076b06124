"""Questions' sound from central: fetched ahead, checked, bounded, and never waited for."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import numpy as np
import pytest

from edge_agent.errors import CentralAway
from edge_agent.flow import (
    Command,
    EndInterview,
    InterviewPlan,
    Pcm,
    PlannedQuestion,
    PushQuestion,
    StartInterview,
)
from edge_agent.kiosk.ahead import CentralVoice, SpeechAhead
from edge_agent.kiosk.sounds import content_hash

pytestmark = pytest.mark.unit


def wav(value: int, samples: int = 400) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes(np.full(samples, value, dtype="<i2").tobytes())
    return file.getvalue()


class Central:
    """Has the sounds of `has`, by question; what it raises, it raises always."""

    def __init__(self, has: dict[str, bytes], fails: CentralAway | None = None) -> None:
        self.has, self.fails = has, fails
        self.asked: list[str] = []
        self.hashes: list[bytes] = []

    async def fetch(self, interview_id: str, question_id: str, text_sha256: bytes) -> bytes | None:
        assert interview_id == "7"
        self.asked.append(question_id)
        self.hashes.append(text_sha256)
        await asyncio.sleep(0)
        if self.fails:
            raise self.fails
        return self.has.get(question_id)


class Own:
    name = "own"

    async def render(self, text: str, language: str) -> tuple[Pcm, int]:
        return np.full(7, 1, dtype=np.int16), 22_050


def question(number: int) -> PlannedQuestion:
    return PlannedQuestion(str(number), f"Question {number}?", 0, 0, "")


def begin(*numbers: int) -> Command:
    plan = InterviewPlan(
        "7", "", "en", tuple(map(question, numbers)), 3_000, 10_000, "", calibrate=False
    )
    return Command("1", 2**62, StartInterview(plan))


@asynccontextmanager
async def fetching(ahead: SpeechAhead) -> AsyncIterator[None]:
    task = asyncio.create_task(ahead.run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def settled() -> None:
    for _ in range(50):
        await asyncio.sleep(0)


async def test_a_plan_is_fetched_in_order_and_spoken_with_centrals_voice() -> None:
    central = Central({"1": wav(5), "2": wav(6)})
    passed: list[Command] = []
    ahead = SpeechAhead(central, pass_on=passed.append)
    voice = CentralVoice(ahead, Own())
    async with fetching(ahead):
        ahead.command(begin(1, 2))
        assert len((await voice.render("Question 1?", "en"))[0]) == 7  # not there in time
        await settled()
    assert central.asked == ["1", "2"]
    assert central.hashes[0].hex() == content_hash("Question 1?", "en-US")
    pcm, rate_hz = await voice.render("Question 2?", "en")
    assert (set(pcm.tolist()), rate_hz) == ({6}, 16_000)
    assert len((await voice.render("Another text", "en"))[0]) == 7
    assert len(passed) == 1


async def test_a_pushed_question_comes_before_the_rest_of_the_plan() -> None:
    central = Central({})
    central.has = {str(n): wav(n) for n in range(1, 5)}
    ahead = SpeechAhead(central)
    ahead.command(begin(1, 2, 3))
    ahead.command(Command("2", 2**62, PushQuestion(question(4))))
    ahead.command(Command("3", 2**62, EndInterview("")))
    async with fetching(ahead):
        await settled()
    assert central.asked == ["4", "1", "2", "3"]


async def test_a_central_that_does_not_speak_is_asked_once_an_interview() -> None:
    central = Central({})
    ahead = SpeechAhead(central)
    async with fetching(ahead):
        ahead.command(begin(1, 2, 3))
        await settled()
    assert central.asked == ["1"]


async def test_a_central_that_is_away_costs_nothing_but_its_voice() -> None:
    central = Central({}, CentralAway("cut"))
    ahead = SpeechAhead(central)
    async with fetching(ahead):
        ahead.command(begin(1, 2))
        await settled()
    assert central.asked == ["1", "2"]
    assert len((await CentralVoice(ahead, Own()).render("Question 1?", "en"))[0]) == 7


async def test_what_is_no_sound_is_spoken_by_the_room() -> None:
    ahead = SpeechAhead(Central({"1": b"RIFFnothing"}))
    async with fetching(ahead):
        ahead.command(begin(1))
        await settled()
    assert len((await CentralVoice(ahead, Own()).render("Question 1?", "en"))[0]) == 7


async def test_memory_is_bounded_and_the_oldest_goes() -> None:
    sound = wav(1)
    central = Central({str(n): sound for n in range(1, 4)})
    ahead = SpeechAhead(central, kept_bytes=2 * len(sound))
    async with fetching(ahead):
        ahead.command(begin(1, 2, 3))
        await settled()
    assert [ahead.sound(f"Question {n}?", "en") is not None for n in (1, 2, 3)] == [
        False, True, True,
    ]  # fmt: skip
