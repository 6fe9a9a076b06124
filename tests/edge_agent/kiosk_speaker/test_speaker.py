"""The room's voice: espeak-ng is real here, loudspeakers are not."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from edge_agent.errors import DeviceError
from edge_agent.flow import Pcm
from edge_agent.kiosk.espeak import EspeakVoice, render
from edge_agent.kiosk.playback import DevicePlayer, SilentPlayer, choose_player
from edge_agent.kiosk.speaker import Speaker
from edge_agent.kiosk.speaking import RoomSpeaker
from tests.fakes.portaudio import FakeAudio

pytestmark = pytest.mark.integration


class Tape:
    """A player that notes what it played, in no time unless held."""

    name = "tape"

    def __init__(self) -> None:
        self.lengths: list[int] = []
        self.playing = 0
        self.started = asyncio.Event()
        self.release = asyncio.Event()
        self.release.set()

    async def play(self, pcm: Pcm, rate_hz: int, stop: Event) -> None:
        self.playing += 1
        assert self.playing == 1
        self.started.set()
        for _ in range(500):
            if stop.is_set() or self.release.is_set():
                break
            await asyncio.sleep(0.01)
        self.lengths.append(0 if stop.is_set() else len(pcm))
        self.playing -= 1


@pytest.mark.parametrize(
    ("text", "language"),
    [("Tell me about yourself.", "en"), ("자기소개를 해 주세요.", "ko"), ("Hi", "fr-CA")],
)
async def test_a_text_becomes_sound(text: str, language: str) -> None:
    pcm, rate_hz = await render(text, language)
    assert 0.2 < len(pcm) / rate_hz < 6
    assert np.abs(pcm).max() > 1_000


async def test_a_text_that_looks_like_options_or_shell_is_only_spoken(tmp_path: Path) -> None:
    bait = tmp_path / "bait"
    plain, _ = await render("-w hello", "en")
    await render(f"$(touch {bait}); -w {bait}", "en")
    assert len(plain) > 5_000
    assert not bait.exists()


async def test_a_text_without_words_is_silence() -> None:
    pcm, _ = await render("", "en")
    assert len(pcm) < 22_050


async def test_a_missing_program_says_what_to_install() -> None:
    with pytest.raises(DeviceError, match="apt install espeak-ng"):
        await render("Hello", "en", program="no-such-espeak")


async def test_a_program_that_fails_is_a_device_error(tmp_path: Path) -> None:
    broken = tmp_path / "espeak"
    broken.write_text("#!/bin/sh\ncat >/dev/null\necho no voice >&2\nexit 3\n")
    broken.chmod(0o755)
    with pytest.raises(DeviceError, match="no voice"):
        await render("Hello", "en", program=os.fspath(broken))


async def test_two_texts_are_spoken_one_after_the_other() -> None:
    tape = Tape()
    speaker: Speaker = RoomSpeaker(EspeakVoice(), tape)
    await asyncio.gather(speaker.say("One.", "en"), speaker.say("Two hundred.", "en"))
    assert len(tape.lengths) == 2
    assert tape.lengths[0] < tape.lengths[1]


async def test_hush_stops_what_is_said_and_forgets_what_waits_and_nothing_later() -> None:
    tape = Tape()
    tape.release.clear()
    speaker = RoomSpeaker(EspeakVoice(), tape)
    said = asyncio.gather(speaker.say("One.", "en"), speaker.say("Two.", "en"))
    async with asyncio.timeout(5):
        await tape.started.wait()
        speaker.hush()
        tape.release.set()
        await speaker.say("Three.", "en")
        await said
    assert tape.lengths[0] == 0
    assert len(tape.lengths) == 2
    assert tape.lengths[1] > 0


async def test_silence_takes_as_long_as_the_sound_and_says_that_it_is_silent() -> None:
    player = choose_player("silent")
    began = time.monotonic()
    await player.play(np.zeros(4_000, dtype=np.int16), 16_000, Event())
    assert 0.25 <= time.monotonic() - began < 0.5
    assert RoomSpeaker(EspeakVoice(), player).name == "espeak-ng, silent (as configured)"


def test_without_a_loudspeaker_the_room_is_silent_and_says_so() -> None:
    assert isinstance(choose_player("device", FakeAudio("Mic").audio), SilentPlayer)
    found = choose_player("device", FakeAudio("Mic", outputs=("Speaker",)).audio)
    assert isinstance(found, DevicePlayer)


async def test_a_device_gets_every_sample_in_order() -> None:
    fake = FakeAudio(outputs=("Speaker",))
    pcm = np.arange(5_000, dtype=np.int16)
    await DevicePlayer(fake.audio).play(pcm, 16_000, Event())
    assert fake.streams[0].played == pcm.tobytes()
    assert fake.streams[0].closed


async def test_a_device_that_refuses_is_a_device_error() -> None:
    fake = FakeAudio(outputs=("Speaker",))
    fake.refuses = True
    with pytest.raises(DeviceError, match="cannot play"):
        await DevicePlayer(fake.audio).play(np.zeros(10, dtype=np.int16), 16_000, Event())
