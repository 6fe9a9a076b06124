"""What a room's ears make of sounds whose truth is known: silence, noise, music and speech.

Utterances are looked for in an answer that is open all the time, with the real voice model.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from edge_agent.flow import AnswerEndReason, AudioBlock, Codec, Pcm, Utterance, UtteranceCut
from edge_agent.hearing.turns import POST_ROLL_SAMPLES, PRE_ROLL_SAMPLES
from edge_agent.hearing.vad import SileroVoice
from tests.edge_agent.hearing.helpers import Ear, quiet
from tests.edge_agent.hearing.signals import RATE_HZ, Wave, at_dbfs, noise, pcm, times
from tests.edge_agent.hearing.test_real_speech import read, spoken

pytestmark = pytest.mark.integration

WITHIN = 150 * 16
"""Samples that an edge may be off on clean speech."""
ENGLISH = "I led the migration of our payment service to a new database."
KOREAN = "저는 삼 년 동안 결제 시스템을 개발했습니다."


class Raw:
    """No sound at all: packing it losslessly is the work of other tests."""

    codec = Codec.PCM
    extradata = b""

    def begin(self) -> None: ...

    def encode(self, pcm: Pcm) -> tuple[bytes, ...]:
        return (b"",)


def listening() -> Ear:
    ear = Ear(voice=SileroVoice(), codec=Raw())
    ear.listener.start_recording("i1")
    ear.listener.open_answer("t1", "en")
    return ear


def heard(*parts: Pcm) -> list[Utterance]:
    """What a room makes of `parts`, one after the other, and a second of silence."""
    ear = listening()
    ear.hear(*parts, quiet(1_000))
    ear.listener.close_answer("t1", AnswerEndReason.DONE)
    return ear.journal.of(Utterance)


def edges(said: Utterance) -> tuple[int, int]:
    """First and last sample of the words, without what is kept around them."""
    return said.first_sample + PRE_ROLL_SAMPLES, said.end_sample - POST_ROLL_SAMPLES


async def test_a_pause_of_5_s_parts_two_utterances_and_both_have_their_edges() -> None:
    one, two = await spoken(ENGLISH, "en"), await spoken(KOREAN, "ko")
    found = heard(quiet(1_000), one, quiet(5_000), two)
    begins = [16_000, 16_000 + len(one) + 80_000]
    ends = [16_000 + len(one), 16_000 + len(one) + 80_000 + len(two)]
    assert len(found) == 2
    assert all(abs(edges(said)[0] - at) <= WITHIN for said, at in zip(found, begins, strict=True))
    assert all(abs(edges(said)[1] - at) <= WITHIN for said, at in zip(found, ends, strict=True))


@pytest.mark.parametrize("pause_ms", [200, 400])
async def test_a_breath_parts_nothing(pause_ms: int) -> None:
    one, two = await spoken(ENGLISH, "en"), await spoken(ENGLISH, "en")
    (found,) = heard(quiet(1_000), one, quiet(pause_ms), two)
    assert abs(edges(found)[1] - (16_000 + len(one) + pause_ms * 16 + len(two))) <= WITHIN


@pytest.mark.parametrize(("text", "language"), [(ENGLISH, "en"), (KOREAN, "ko")])
@pytest.mark.parametrize("snr_db", [20, 10])
async def test_speech_in_noise_is_one_utterance_that_holds_all_of_it(
    text: str, language: str, snr_db: int
) -> None:
    speech = await spoken(text, language)
    around = np.concatenate([quiet(1_500), speech, quiet(1_500)]).astype(np.float64)
    level = 10 * np.log10(np.mean((speech / 32_768) ** 2))
    around += at_dbfs(noise(len(around) / RATE_HZ + 0.1), level - snr_db)[: len(around)]
    (said,) = heard(pcm(around))
    assert said.first_sample <= 24_000
    assert said.end_sample >= 24_000 + len(speech) - WITHIN


async def test_two_who_talk_over_each_other_are_one_utterance_over_both() -> None:
    one, two = await spoken(ENGLISH, "en"), await spoken(KOREAN, "ko")
    late = len(one) // 2
    both = np.zeros(late + len(two), dtype=np.float64)
    both[: len(one)] += one
    both[late:] += two * 0.7
    (said,) = heard(quiet(1_000), pcm(both))
    assert abs(edges(said)[0] - 16_000) <= WITHIN
    assert abs(edges(said)[1] - (16_000 + len(both))) <= WITHIN


async def test_who_talks_over_the_room_is_recorded_and_cut_and_heard_again_after_it() -> None:
    ear = listening()
    speech = await spoken(ENGLISH, "en")
    ear.hear(quiet(1_000), speech)
    ear.listener.playing = True
    ear.hear(speech)
    ear.listener.playing = False
    ear.hear(quiet(500), speech, quiet(1_000))
    cut, after = ear.journal.of(Utterance)
    assert cut.cut is UtteranceCut.SPLIT
    assert cut.end_sample <= 16_000 + len(speech) + 512
    assert after.first_sample >= 16_000 + 2 * len(speech) - 512
    blocks = ear.journal.of(AudioBlock)
    played = sum(block.sample_count for block in blocks if block.playing)
    assert played >= len(speech)
    assert sum(block.sample_count for block in blocks) >= ear.at - 3_200


@pytest.mark.parametrize("seconds", [45, pytest.param(600, marks=pytest.mark.soak)])
async def test_a_long_answer_is_parted_without_a_lost_sample(seconds: int) -> None:
    ear = listening()
    speech = await spoken(ENGLISH, "en")
    for _ in range(seconds * RATE_HZ // len(speech) + 1):
        ear.hear(speech)  # one after the other, without a pause
    whole = ear.at
    ear.hear(quiet(1_000))
    found = ear.journal.of(Utterance)
    assert len(found) > seconds / 22
    assert all(said.end_sample - said.first_sample <= 22 * RATE_HZ for said in found)
    assert all(
        later.first_sample == said.end_sample
        for said, later in pairwise(found)
        if said.cut is UtteranceCut.SPLIT
    )
    covered = sum(said.end_sample - said.first_sample for said in found)
    assert covered >= 0.97 * whole


@cache
def chord(*hz: float) -> Wave:
    """A struck chord that dies away within two seconds."""
    t = times(2.0)
    return np.asarray(
        sum(np.sin(2 * np.pi * one * k * t) / k**2 for one in hz for k in range(1, 6))
        * np.exp(-2 * t)
    )


def music(seconds: float) -> Pcm:
    """Four chords in turn, over and over, at the level of speech."""
    bars = [
        chord(261.6, 329.6, 392.0),
        chord(220.0, 261.6, 329.6),
        chord(174.6, 220.0, 261.6),
        chord(196.0, 246.9, 293.7),
    ]
    once = np.concatenate(bars)
    return pcm(at_dbfs(np.tile(once, int(seconds * RATE_HZ / len(once)) + 1), -25))[
        : int(seconds * RATE_HZ)
    ]


def test_music_without_a_singer_is_no_utterance() -> None:
    assert heard(music(16.0)) == []


def test_hum_and_beeps_are_no_utterance() -> None:
    t = times(10.0)
    hum = sum(np.sin(2 * np.pi * 50 * k * t) / k for k in (1, 2, 3, 4))
    beeps = np.sin(2 * np.pi * 1_000 * t) * (np.floor(t * 2) % 2)
    assert heard(pcm(at_dbfs(np.asarray(hum), -35)), pcm(at_dbfs(beeps, -25))) == []


def noises(shared: Path) -> list[Pcm]:
    files = sorted((shared / "testdata/audio/speechbrain/noise").glob("*.wav"))
    if not files:
        pytest.skip("no recorded noise")
    return [read(file) for file in files]


def test_recorded_noises_are_no_utterance(shared: Path) -> None:
    assert [len(heard(one[: 6 * RATE_HZ])) for one in noises(shared)] == [0] * 5


@pytest.mark.parametrize(
    ("minutes", "part_s"), [(0.5, 5), pytest.param(60, 30, marks=pytest.mark.soak)]
)
def test_silence_and_noise_are_no_utterance(minutes: float, part_s: int, shared: Path) -> None:
    """A third silence, a third hiss from -60 to -31 dBFS, a third recorded noise."""
    ear = listening()
    recorded = noises(shared)
    for part in range(round(minutes * 60 / part_s)):
        match part % 3:
            case 0:
                ear.hear(quiet(part_s * 1_000))
            case 1:
                ear.hear(pcm(at_dbfs(noise(part_s, seed=part), -60 + part % 30)))
            case _:
                one = recorded[part // 3 % len(recorded)]
                ear.hear(np.tile(one, part_s * RATE_HZ // len(one) + 1)[: part_s * RATE_HZ])
    assert ear.journal.of(Utterance) == []
