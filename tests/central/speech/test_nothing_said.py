"""Silence and noise are no speech: what a recogniser makes up from them is never accepted.

The recogniser here is the worst there is: whatever it is given, it writes one of the phrases that
Whisper is known to make up, as sure of itself as can be.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from central.speech import recordings
from central.speech.gate import refuse
from tests.fakes.spoken_room import SpokenRoom

pytestmark = pytest.mark.unit

MADE_UP = (
    "감사합니다.", "네.", "시청해 주셔서 감사합니다.", "한글자막 by 한효정", "MBC 뉴스 이덕영입니다.",
    "구독과 좋아요 부탁드립니다.", "다음 영상에서 만나요.", "광고를 포함하고 있습니다.",
    "1부에서 계속 됩니다.", "오늘 영상은 여기까지입니다.", "Thank you.", "Thanks for watching!",
    "you", "Bye.", "Please subscribe to my channel.", "Subtitles by the Amara.org community",
    "ご視聴ありがとうございました", "네네네네네네네네네네네네네네",
    "감사합니다. 감사합니다. 감사합니다. 감사합니다.",
)  # fmt: skip
MINUTE = 60 * 16_000
SURE = -0.05


def sounds(minutes: int, noises: list[NDArray[np.int16]]) -> Iterator[NDArray[np.int16]]:
    """A minute each: nothing at all, hiss of three levels, hum, clicks, and what rooms are full of."""
    random = np.random.default_rng(5)
    time_s = np.arange(MINUTE) / 16_000
    made = [
        np.zeros(MINUTE),
        random.standard_normal(MINUTE) * 20,
        random.standard_normal(MINUTE) * 300,
        random.standard_normal(MINUTE) * 2000,
        800 * np.sin(2 * np.pi * 50 * time_s) + 400 * np.sin(2 * np.pi * 150 * time_s),
        np.where(random.random(MINUTE) < 0.0002, 12_000, 0.0),
    ]
    played = [np.resize(noise, MINUTE) for noise in noises]
    for sound in itertools.islice(itertools.cycle([*made, *played]), minutes):
        yield np.clip(sound, -32_768, 32_767).astype(np.int16)


def accepted(minutes: int, noises: list[NDArray[np.int16]]) -> list[str]:
    """Everything that gets through the ears and the gate."""
    through = []
    answers = itertools.cycle(MADE_UP)
    for number, sound in enumerate(sounds(minutes, noises)):
        heard = SpokenRoom(1)
        heard.answer(f"t{number}", sound, "ko")
        for said in heard.utterances():
            text = next(answers)
            reason = refuse(text, language="ko", voiced_ms=said.voiced_ms, confidence=SURE)
            if reason is None:
                through.append(f"minute {number}, {said.voiced_ms} ms: {text}")
    return through


def noises(shared: Path) -> list[NDArray[np.int16]]:
    files = sorted((shared / "testdata" / "audio" / "speechbrain" / "noise").glob("*.wav"))
    return [np.rint(recordings.read(file) * 32_767).astype(np.int16) for file in files]


def test_two_minutes_of_silence_and_hiss_give_no_accepted_phrase() -> None:
    assert accepted(2, []) == []


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_an_hour_of_silence_and_noise_gives_no_accepted_phrase(shared: Path) -> None:
    assert accepted(60, noises(shared)) == []


@pytest.mark.parametrize("text", MADE_UP)
@pytest.mark.parametrize("voiced_ms", [0, 96, 128, 240, 480])
def test_a_blip_that_passes_for_voice_gives_none_either(text: str, voiced_ms: int) -> None:
    """Half a second of "voice" is the longest that noise was ever taken for."""
    for language in ("ko", "en"):
        assert refuse(text, language=language, voiced_ms=voiced_ms, confidence=SURE)
