"""End-pointing with the real voice model, on speech whose edges are known by construction."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest

from edge_agent.flow import AnswerEndReason, Pcm, Utterance
from edge_agent.hearing.turns import POST_ROLL_SAMPLES, PRE_ROLL_SAMPLES
from edge_agent.hearing.vad import SileroVoice
from edge_agent.kiosk.espeak import render
from tests.edge_agent.hearing.helpers import Ear, quiet

pytestmark = pytest.mark.integration

WITHIN = 150 * 16
"""Samples that an edge may be off."""

SENTENCES = [
    ("I led the migration of our payment service to a new database.", "en"),
    ("저는 삼 년 동안 결제 시스템을 개발했습니다.", "ko"),
    ("Hello, my name is Ada, and I write programs.", "en"),
]


def at_16_khz(pcm: Pcm, rate_hz: int) -> Pcm:
    times = np.arange(int(len(pcm) * 16_000 / rate_hz)) * rate_hz / 16_000
    return np.interp(times, np.arange(len(pcm)), pcm).astype(np.int16)


async def spoken(text: str, language: str) -> Pcm:
    """Speech from its first to its last sample above -46 dB of its peak."""
    pcm = at_16_khz(*await render(text, language))
    loud = np.flatnonzero(np.abs(pcm.astype(np.int32)) > int(np.abs(pcm).max()) // 200)
    return pcm[loud[0] : loud[-1] + 1]


def listening() -> Ear:
    ear = Ear(voice=SileroVoice())
    ear.listener.start_recording("i1")
    ear.listener.open_answer("t1", "en")
    return ear


@pytest.mark.parametrize(("text", "language"), SENTENCES)
async def test_the_edges_of_a_clean_sentence_are_found(text: str, language: str) -> None:
    ear = listening()
    speech = await spoken(text, language)
    ear.hear(quiet(1_000), speech, quiet(1_500))
    said = ear.journal.of(Utterance)
    assert len(said) == 1
    assert abs(said[0].first_sample + PRE_ROLL_SAMPLES - 16_000) <= WITHIN
    assert abs(said[0].end_sample - POST_ROLL_SAMPLES - (16_000 + len(speech))) <= WITHIN
    assert said[0].voiced_ms >= 0.8 * len(speech) / 16


async def test_two_sentences_a_second_apart_are_two_utterances() -> None:
    ear = listening()
    for text, language in SENTENCES[:2]:
        ear.hear(quiet(1_000), await spoken(text, language))
    ear.hear(quiet(1_000))
    assert ear.listener.close_answer("t1", AnswerEndReason.DONE).utterances == 2


@pytest.mark.parametrize("dbfs", [-60, -40, -25])
def test_noise_alone_is_no_utterance(dbfs: int) -> None:
    ear = listening()
    noise = np.random.default_rng(1).normal(0, 32_768 * 10 ** (dbfs / 20), 20 * 16_000)
    ear.hear(noise.astype(np.int16))
    assert ear.journal.of(Utterance) == []


def test_every_utterance_of_a_recorded_voice_is_short_and_most_of_it_is_found(shared: Path) -> None:
    files = sorted((shared / "testdata/audio/librispeech").rglob("*.flac"))[:6]
    if not files:
        pytest.skip("no recorded speech")
    ear = listening()
    total = 0
    for file in files:
        pcm = read(file)
        total += len(pcm)
        ear.hear(pcm, quiet(1_000))
    said = ear.journal.of(Utterance)
    assert len(said) >= len(files)
    assert all(one.end_sample - one.first_sample <= 23 * 16_000 for one in said)
    assert sum(one.voiced_ms for one in said) >= 0.6 * total / 16


def read(file: Path) -> Pcm:
    resampler = av.AudioResampler(format="s16", layout="mono", rate=16_000)
    with av.open(str(file)) as container:
        frames = [out for one in container.decode(audio=0) for out in resampler.resample(one)]
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames]).astype(np.int16)
