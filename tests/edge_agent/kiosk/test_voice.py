"""The room's voice: what is said is told, also where it cannot be heard."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from edge_agent.flow import DeviceEvent, DeviceState, RoomSpeech
from edge_agent.interview.steps import Say
from edge_agent.kiosk.speaker import Played
from edge_agent.kiosk.voice import Voice
from tests.fakes.speakers import SlowSpeaker

pytestmark = pytest.mark.unit


class Heard:
    """A voice and what was told about it."""

    def __init__(self) -> None:
        self.speaker = SlowSpeaker()
        self.playing: list[bool] = []
        self.played: list[int] = []
        self.events: list[DeviceEvent] = []
        self.speech: list[RoomSpeech] = []
        self.voice = Voice(
            self.speaker,
            on_playing=self.playing.append,
            on_played=self.played.append,
            on_event=self.events.append,
            on_speech=self.speech.append,
        )


@pytest.fixture
async def heard() -> AsyncIterator[Heard]:
    heard = Heard()
    running = asyncio.create_task(heard.voice.run())
    await asyncio.sleep(0)
    yield heard
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_the_room_sounds_until_the_text_is_said(heard: Heard) -> None:
    heard.voice.say(Say("hello", "en", 7))
    await settled()
    assert (heard.speaker.said, heard.playing, heard.played) == (["en: hello"], [True], [])
    heard.speaker.done.set()
    await settled()
    assert (heard.playing, heard.played) == ([True, False], [7])


async def test_a_hushed_text_counts_as_said(heard: Heard) -> None:
    heard.voice.say(Say("hello", "en", 7))
    await settled()
    heard.voice.hush()
    await settled()
    assert heard.played == [7]


async def test_a_room_without_a_voice_goes_on_and_says_so_until_it_is_back(heard: Heard) -> None:
    heard.speaker.broken = True
    heard.voice.say(Say("hello", "en", 1))
    await settled()
    assert heard.played == [1]
    assert heard.events == [DeviceEvent("speaker", DeviceState.LOST, "is unplugged.")]
    heard.speaker.broken = False
    heard.speaker.done.set()
    heard.voice.say(Say("hello", "en", 2))
    await settled()
    assert heard.events[-1] == DeviceEvent("speaker", DeviceState.READY, "slow")


async def test_when_the_room_spoke_is_told_and_a_text_that_did_not_sound_is_not(
    heard: Heard,
) -> None:
    heard.speaker.played = Played(5, 9, complete=False)
    heard.voice.say(Say("hello", "en", 7))
    heard.speaker.done.set()
    await settled()
    assert heard.speech == [RoomSpeech("hello", "en", "slow", 5, 9, False)]
    heard.speaker.played = None
    heard.voice.say(Say("again", "en", 8))
    await settled()
    assert heard.played == [7, 8]
    assert len(heard.speech) == 1
