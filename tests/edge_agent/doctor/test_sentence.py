"""The room-ready sentence: found again in what a room makes of it, and read by central."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from edge_agent.config import Central, Config, Speaker
from edge_agent.doctor.checks.sentence import SentenceCheck, judge, look
from edge_agent.doctor.checks.speaker import SpeakerCheck
from edge_agent.doctor.finding import Status, Visit
from edge_agent.doctor.sentence import SENTENCES, at_16_khz, compare, error_ratio
from edge_agent.doctor.sentence_kept import Kept, keep, kept
from edge_agent.flow import Pcm
from edge_agent.kiosk.espeak import render
from tests.edge_agent.hearing.signals import at_dbfs, noise, pcm
from tests.fakes.room_audio import RoomAudio

pytestmark = pytest.mark.integration

GIVEN = 16_000
GOOD = {
    "match": 0.9,
    "level_dbfs": -30.0,
    "snr_db": 30.0,
    "latency_ms": 120,
    "clipped_ratio": 0.0,
    "noise_dbfs": -60.0,
}


async def spoken(language: str) -> Pcm:
    return at_16_khz(*await render(SENTENCES[language], language))


def in_room(sentence: Pcm, *, dbfs: float, noise_dbfs: float, late_ms: int) -> Pcm:
    """A second of the room, then the sentence through its echoes."""
    heard = at_dbfs(noise(len(sentence) / 16_000 + 3.0), noise_dbfs)
    echo = np.zeros(1_600)
    echo[[0, 400, 900, 1_500]] = [1.0, 0.5, -0.3, 0.2]
    wave = np.convolve(sentence.astype(np.float64), echo)
    at = GIVEN + late_ms * 16
    heard[at : at + len(wave)] += at_dbfs(wave, dbfs)
    return pcm(heard)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(("late_ms", "snr_db"), [(40, 30), (250, 20), (700, 10)])
async def test_the_sentence_is_found_in_an_echoing_room_with_its_level_and_latency(
    language: str, late_ms: int, snr_db: int
) -> None:
    sentence = await spoken(language)
    heard = in_room(sentence, dbfs=-30, noise_dbfs=-30 - snr_db, late_ms=late_ms)
    found = compare(sentence, heard, GIVEN)
    assert found.latency_ms is not None
    assert abs(found.latency_ms - late_ms) <= 30
    assert found.noise_dbfs == pytest.approx(-30 - snr_db, abs=0.5)
    assert found.snr_db is not None
    # The level is that of the words; the whole, with its pauses, is softer.
    assert snr_db - 1 <= found.snr_db <= snr_db + 4


async def test_another_sentence_noise_and_silence_are_not_it() -> None:
    sentence, other = await spoken("en"), await spoken("ko")
    length = len(sentence) / 16_000 + 3.0
    for heard in (
        in_room(other, dbfs=-30, noise_dbfs=-60, late_ms=100),
        pcm(at_dbfs(noise(length), -40)),
        np.zeros(int(length * 16_000), dtype=np.int16),
    ):
        found = compare(sentence, heard, GIVEN)
        assert (found.latency_ms, found.level_dbfs, found.snr_db) == (None, None, None)


@pytest.mark.parametrize(
    ("said", "read", "ratio"),
    [
        ("안녕하세요. 이 방", "안녕 하세요 이방", 0.0),
        ("Hello, room!", "hello room", 0.0),
        ("abcd", "abxd", 0.25),
        ("abcd", "", 1.0),
        ("abcd", "abcdabcd", 1.0),
    ],
)
def test_errors_are_edits_of_letters(said: str, read: str, ratio: float) -> None:
    assert error_ratio(said, read) == ratio


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_a_sentence_goes_through_loudspeaker_and_microphone(language: str) -> None:
    room = RoomAudio(delay_ms=120)
    seen = await look({"language": language, "device": ""}, room.audio)
    assert seen["match"] > 0.8
    assert 0 <= seen["latency_ms"] <= 700
    assert seen["snr_db"] > 20
    assert seen["clipped_ratio"] == 0
    assert len(seen["sound"]["packets"]) > 20


async def test_a_loudspeaker_that_is_off_is_found_out() -> None:
    seen = await look({"language": "en", "device": ""}, RoomAudio(gain=0.0).audio)
    assert seen["latency_ms"] is None
    assert judge({"en": seen}).status is Status.FAIL


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"engine": "whisper", "text": "x", "error_ratio": 0.1}, Status.OK),
        ({"error_ratio": 0.7, "engine": "whisper"}, Status.WARN),
        ({"unread": "nobody"}, Status.WARN),
        ({"snr_db": 4.0}, Status.WARN),
        ({"clipped_ratio": 0.01}, Status.WARN),
        ({"latency_ms": 900}, Status.WARN),
        ({"latency_ms": None, "level_dbfs": None, "snr_db": None}, Status.FAIL),
    ],
)
def test_what_follows_from_the_figures(changed: dict[str, Any], status: Status) -> None:
    found = judge({"ko": dict(GOOD), "en": {**GOOD, **changed}})
    assert found.status is status
    assert (found.status is Status.OK) is not bool(found.todo)


def visit(folder: Path, *, hear: bool, agents: tuple[int, ...] = ()) -> Visit:
    config = Config(central=Central("localhost:1", identity=folder / "identity.pem"))
    return Visit(config, hear=hear, agents=agents)


async def test_a_sentence_is_said_only_where_it_may_be_heard(tmp_path: Path) -> None:
    check = SentenceCheck()
    assert (await check.run(visit(tmp_path, hear=False))).status is Status.SKIPPED
    assert (await check.run(visit(tmp_path, hear=True, agents=(7,)))).status is Status.SKIPPED
    silent = Config(central=Central("localhost:1"), speaker=Speaker(output="silent"))
    assert (await check.run(Visit(silent, hear=True))).status is Status.SKIPPED


async def test_a_voice_of_the_site_that_cannot_speak_is_a_warning(tmp_path: Path) -> None:
    speaker = Speaker(command=("no-such-voice", "{language}"), output="silent")
    config = Config(central=Central("localhost:1"), speaker=speaker)
    found = await SpeakerCheck().run(Visit(config))
    assert found.status is Status.WARN
    assert "ko: no-such-voice cannot be started" in found.seen
    assert found.todo


def test_the_worse_of_both_languages_is_kept_for_central(tmp_path: Path) -> None:
    assert kept(tmp_path) is None
    keep(tmp_path, {"ko": {**GOOD, "error_ratio": 0.2}, "en": {**GOOD, "snr_db": 12.0}}, 9)
    assert kept(tmp_path) == Kept(9, True, 12.0, 120, 0.2)
    keep(tmp_path, {"ko": GOOD, "en": {**GOOD, "latency_ms": None, "snr_db": None}}, 10)
    assert kept(tmp_path) == Kept(10, False, 30.0, 120, None)
    (tmp_path / "sentence.json").write_text("{")
    assert kept(tmp_path) is None
    keep(tmp_path / "nowhere", {"ko": GOOD}, 11)
