"""Voices other than the default, and what a room does where one of them fails."""

from __future__ import annotations

import asyncio
import os
import sys
import time
import wave
from pathlib import Path
from threading import Event

import av
import numpy as np
import pytest

from edge_agent.config import Speaker as SpeakerSettings
from edge_agent.errors import DeviceError
from edge_agent.flow import Pcm
from edge_agent.kiosk.espeak import EspeakVoice
from edge_agent.kiosk.sounds import content_hash
from edge_agent.kiosk.speaker import SpeechVoice
from edge_agent.kiosk.speaking import RoomSpeaker, louder
from edge_agent.kiosk.voices import CommandVoice, PreparedVoice, choose_voice
from edge_agent.kiosk.wav import samples

pytestmark = pytest.mark.integration

RATE_HZ = 22_050


class FixedVoice:
    """Renders every text as so many samples of 1000."""

    name = "fixed"

    def __init__(self, count: int = 100) -> None:
        self.count = count
        self.asked: list[tuple[str, str]] = []

    async def render(self, text: str, language: str) -> tuple[Pcm, int]:
        self.asked.append((text, language))
        return np.full(self.count, 1_000, dtype=np.int16), RATE_HZ


class Taped:
    """A player that keeps what it played, and heeds a stop."""

    name = "tape"

    def __init__(self) -> None:
        self.sounds: list[Pcm] = []
        self.started = asyncio.Event()
        self.held = False

    async def play(self, pcm: Pcm, rate_hz: int, stop: Event) -> None:
        self.sounds.append(pcm)
        self.started.set()
        if self.held:
            await asyncio.to_thread(until, stop)


def until(stop: Event) -> None:
    """The speaker's own stop is asked, not waited for: it heeds another one too."""
    while not stop.is_set():
        time.sleep(0.005)


def write_wav(file: Path, count: int = 2_205, channels: int = 1) -> None:
    with wave.open(str(file), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(RATE_HZ)
        out.writeframes(np.full(count * channels, 3_000, dtype="<i2").tobytes())


def program(folder: Path, text: str) -> str:
    file = folder / "speak.py"
    file.write_text(f"#!{sys.executable}\n{text}")
    file.chmod(0o755)
    return os.fspath(file)


SPEAKS = """
import sys, wave, io
text = sys.stdin.buffer.read().decode()
out = io.BytesIO()
sound = wave.open(out, "wb")
sound.setnchannels(1); sound.setsampwidth(2); sound.setframerate(16000)
sound.writeframes(len(text).to_bytes(2, "little") * (200 if sys.argv[1] == "ko" else 100))
sound.close()
sys.stdout.buffer.write(out.getvalue())
"""


@pytest.mark.parametrize(("language", "count"), [("ko-KR", 200), ("en", 100), ("../x", 100)])
async def test_a_program_gets_the_text_as_data_and_the_language_in_two_letters(
    tmp_path: Path, language: str, count: int
) -> None:
    voice: SpeechVoice = CommandVoice([program(tmp_path, SPEAKS), "{language}"])
    pcm, rate_hz = await voice.render("$(id) -w", language)
    assert (len(pcm), rate_hz, pcm[0]) == (count, 16_000, 8)
    assert voice.name == "speak.py"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import sys; sys.exit('no model')", "no model"),
        ("print('hello')", "wrote no WAV"),
        ("", "rendered nothing"),
    ],
)
async def test_a_program_that_fails_is_a_device_error(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(DeviceError, match=told):
        await CommandVoice([program(tmp_path, text)]).render("Hello", "en")


async def test_where_the_chosen_program_fails_espeak_says_it() -> None:
    voice = choose_voice(SpeakerSettings(command=("no-such-piper", "{language}")))
    pcm, rate_hz = await voice.render("Hello", "en")
    assert len(pcm) > 0.2 * rate_hz
    assert voice.name == "no-such-piper"
    assert choose_voice(SpeakerSettings()).name == EspeakVoice.name


@pytest.mark.parametrize("ending", [".wav", ".flac", ".ogg"])
async def test_a_prepared_sound_is_played_for_its_text_and_for_no_other(
    tmp_path: Path, ending: str
) -> None:
    file = tmp_path / (content_hash("Tell me.", "en") + ending)
    if ending == ".wav":
        write_wav(file)
    else:
        encode(file, "flac" if ending == ".flac" else "libopus")
    other = FixedVoice()
    voice = PreparedVoice(tmp_path, other)
    pcm, rate_hz = await voice.render("Tell me.", "en-GB")
    assert abs(len(pcm) / rate_hz - 0.1) < 0.03
    assert other.asked == []
    for text, language in (("Tell me!", "en"), ("Tell me.", "ko"), ("Tell me. ", "en")):
        await voice.render(text, language)
    assert len(other.asked) == 3


def encode(file: Path, codec: str) -> None:
    rate_hz = 48_000
    with av.open(str(file), "w") as container:
        stream = container.add_stream(codec, rate=rate_hz, layout="mono")
        tone = (3_000 * np.sin(np.arange(rate_hz // 10) / 9)).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(tone.reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = rate_hz
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


async def test_a_damaged_prepared_sound_is_left_to_the_voice(tmp_path: Path) -> None:
    (tmp_path / (content_hash("Tell me.", "en") + ".wav")).write_bytes(b"RIFFnothing")
    other = FixedVoice()
    pcm, _ = await PreparedVoice(tmp_path, other).render("Tell me.", "en")
    assert len(pcm) == 100


def test_the_hash_is_of_language_and_text() -> None:
    assert len(content_hash("안녕하세요", "ko")) == 64
    assert content_hash("안녕하세요", "ko-KR") == content_hash("안녕하세요", "ko")
    assert content_hash("안녕하세요", "ko") != content_hash("안녕하세요", "en")


def test_stereo_is_mixed_and_other_widths_are_refused(tmp_path: Path) -> None:
    write_wav(tmp_path / "two.wav", channels=2)
    pcm, rate_hz = samples((tmp_path / "two.wav").read_bytes())
    assert (len(pcm), rate_hz, pcm[0]) == (2_205, RATE_HZ, 3_000)
    with wave.open(str(tmp_path / "wide.wav"), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(3)
        out.setframerate(RATE_HZ)
        out.writeframes(b"abc" * 10)
    with pytest.raises(ValueError, match="24 bits"):
        samples((tmp_path / "wide.wav").read_bytes())
    assert len(samples(b"")[0]) == 0


@pytest.mark.parametrize(("percent", "peak"), [(100, 1_000), (50, 250), (10, 10)])
def test_the_volume_scales_the_sound(percent: int, peak: int) -> None:
    assert louder(np.full(4, 1_000, dtype=np.int16), percent).tolist() == [peak] * 4


async def test_a_volume_counts_from_the_next_text_on_and_never_mutes() -> None:
    tape = Taped()
    speaker = RoomSpeaker(FixedVoice(), tape, volume_percent=50)
    await speaker.say("One.", "en")
    speaker.set_volume(0)
    await speaker.say("Two.", "en")
    assert speaker.volume_percent == 10
    assert [int(one[0]) for one in tape.sounds] == [250, 10]


async def test_when_a_text_sounded_is_told_whole_hushed_or_never() -> None:
    tape, now = Taped(), iter(range(0, 1_000, 10))
    speaker = RoomSpeaker(FixedVoice(), tape, mono_ns=lambda: next(now))
    whole = await speaker.say("One.", "en")
    assert whole is not None
    assert (whole.from_mono_ns, whole.to_mono_ns, whole.complete) == (0, 10, True)
    tape.held = True
    tape.started.clear()
    first = asyncio.create_task(speaker.say("Two.", "en"))
    waiting = asyncio.create_task(speaker.say("Three.", "en"))
    async with asyncio.timeout(5):
        await tape.started.wait()
        speaker.hush()
        cut, never = await first, await waiting
    assert cut is not None
    assert not cut.complete
    assert never is None
    assert len(tape.sounds) == 2


async def test_texts_asked_for_at_once_never_cut_each_other_off() -> None:
    tape = Taped()
    speaker = RoomSpeaker(FixedVoice(), tape)
    played = await asyncio.gather(*[speaker.say(f"{n}.", "en") for n in range(5)])
    assert all(one is not None and one.complete for one in played)
    assert len(tape.sounds) == 5
