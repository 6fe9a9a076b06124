"""Windows of an answer's voice, from frames whose measures are given."""

from __future__ import annotations

import math
from statistics import fmean, pstdev

import pytest

from edge_agent.flow import Channel, Delivery, Measure, Neutral, VisionCounts, VoiceFrame
from edge_agent.scoring import WindowMaker, baseline_of
from edge_agent.scoring.delivery import (
    DELIVERY,
    LOWEST_SNR_DB,
    Baseline,
    delivery_measures,
)

pytestmark = pytest.mark.unit

S = 1_000_000_000
ZERO = VisionCounts(0, 0, 0, 0)


def frame(
    index: int,
    *,
    voice: bool = True,
    level: float = -20.0,
    turn: str = "t1",
    hz: float | None = 200.0,
    syllables: int = 0,
    pause_ms: int = 0,
    noise: float | None = -60.0,
    clipped: float = 0.0,
) -> VoiceFrame:
    said = Delivery(clipped, noise, hz if voice else None, syllables, pause_ms)
    return VoiceFrame(index * 512, 0.9 if voice else 0.1, level, turn, said)


def measured(
    frames: list[VoiceFrame], baseline: Baseline | None = None, turn: str = "t1"
) -> dict[Channel, Measure]:
    found = delivery_measures(frames, turn, S, baseline or Baseline())
    return {one.channel: one for one in found}


def test_every_channel_is_there_and_nothing_is_measured_outside_an_answer() -> None:
    outside = measured([frame(n, turn="") for n in range(31)], turn="")
    assert set(outside) == DELIVERY
    assert all(one == Measure(one.channel, None, 0.0) for one in outside.values())


def test_sound_of_another_answer_counts_for_none() -> None:
    found = measured([*(frame(n) for n in range(10)), *(frame(n, turn="t2") for n in range(21))])
    assert found[Channel.TALK_RATIO].coverage == pytest.approx(10 / 31)


def test_the_share_of_voice_is_over_the_open_answer() -> None:
    found = measured([frame(n, voice=n < 8) for n in range(16)])
    assert found[Channel.TALK_RATIO] == Measure(Channel.TALK_RATIO, 0.5, 16 / 31)


def test_the_level_is_that_of_the_voice_and_silence_does_not_lower_it() -> None:
    frames = [frame(n, voice=n % 2 == 0, level=-20.0 if n % 2 == 0 else -70.0) for n in range(30)]
    found = measured(frames, Baseline(level_dbfs=-26.0))
    assert found[Channel.VOICE_LEVEL_DBFS].value == -20.0
    assert found[Channel.VOICE_LEVEL_SHIFT_DB].value == 6.0
    assert found[Channel.VOICE_LEVEL_DBFS].coverage == pytest.approx(15 / 31)


def test_snr_is_the_voice_without_the_noise_in_it_over_the_noise() -> None:
    """A voice of -20 dB in noise of -20 dB is heard at -17 dB: it stands at 0 dB."""
    both = 10 * math.log10(2 * 10**-2)
    found = measured([frame(n, level=both, noise=-20.0) for n in range(31)])
    assert found[Channel.SNR_DB].value == pytest.approx(0.0, abs=1e-9)
    quiet = measured([frame(n, level=-40.0, noise=-20.0) for n in range(31)])
    assert quiet[Channel.SNR_DB].value == LOWEST_SNR_DB
    unknown = measured([frame(n, noise=None) for n in range(31)])
    assert unknown[Channel.SNR_DB] == Measure(Channel.SNR_DB, None, 0.0)


def test_syllables_are_counted_and_their_rate_is_over_voice_alone() -> None:
    """Four syllables in 16 voiced frames of 32 ms."""
    frames = [frame(n, voice=n < 16, syllables=int(n in (3, 7, 11, 16))) for n in range(31)]
    found = measured(frames, Baseline(syllable_rate_hz=6.0))
    rate = 4 / (16 * 0.032)
    assert found[Channel.SYLLABLES_COUNT].value == 4.0
    assert found[Channel.SYLLABLE_RATE_HZ].value == pytest.approx(rate)
    assert found[Channel.SYLLABLE_RATE_RATIO].value == pytest.approx(rate / 6)


def test_pitch_is_in_hertz_and_its_spread_in_semitones_against_the_own() -> None:
    frames = [frame(n, hz=200.0 if n % 2 else 400.0) for n in range(30)]
    found = measured(frames, Baseline(pitch_hz=200.0))
    assert found[Channel.PITCH_HZ].value == 300.0
    assert found[Channel.PITCH_ST].value == pytest.approx(18.0)
    assert found[Channel.PITCH_SD_ST].value == pytest.approx(6.0)
    assert found[Channel.PITCH_SHIFT_ST].value == pytest.approx(6.0)


def test_pitch_of_breath_is_not_measured_and_costs_coverage() -> None:
    found = measured([frame(n, hz=150.0 if n < 10 else None) for n in range(31)])
    assert found[Channel.PITCH_HZ].coverage == pytest.approx(10 / 31)


def test_means_and_spreads_of_windows_put_together_are_those_of_all_frames() -> None:
    hz = [[120.0 + 3 * n for n in range(31)], [150.0 + 5 * n for n in range(20)]]
    parts = [measured([frame(n, hz=one) for n, one in enumerate(part)]) for part in hz]
    weights = [part[Channel.PITCH_ST].coverage for part in parts]
    means = [part[Channel.PITCH_ST].value or 0.0 for part in parts]
    spreads = [part[Channel.PITCH_SD_ST].value or 0.0 for part in parts]
    mean = sum(w * m for w, m in zip(weights, means, strict=True)) / sum(weights)
    variance = sum(
        w * (s**2 + (m - mean) ** 2) for w, m, s in zip(weights, means, spreads, strict=True)
    ) / sum(weights)
    every = [12 * math.log2(one / 100) for part in hz for one in part]
    assert mean == pytest.approx(fmean(every))
    assert math.sqrt(variance) == pytest.approx(pstdev(every))


def test_pauses_are_counted_where_they_are_over() -> None:
    found = measured([frame(n, pause_ms={5: 400, 20: 900}.get(n, 0)) for n in range(31)])
    assert found[Channel.PAUSES_COUNT].value == 2.0
    assert found[Channel.PAUSES_S].value == pytest.approx(1.3)
    assert found[Channel.LONGEST_PAUSE_S].value == pytest.approx(0.9)


def test_without_a_calibration_sentence_nothing_is_compared() -> None:
    found = measured([frame(n, syllables=1) for n in range(31)])
    for channel in (
        Channel.VOICE_LEVEL_SHIFT_DB,
        Channel.SYLLABLE_RATE_RATIO,
        Channel.PITCH_SHIFT_ST,
    ):
        assert found[channel] == Measure(channel, None, 0.0)
    assert baseline_of(None) == Baseline()
    neutral = Neutral(None, None, None, None, 0, -27.0, 2_400, 180.0, 4.5)
    assert baseline_of(neutral) == Baseline(-27.0, 180.0, 4.5)


def test_clipping_is_a_share_of_the_voice() -> None:
    found = measured([frame(n, voice=n < 10, clipped=0.25 if n < 5 else 0.0) for n in range(31)])
    assert found[Channel.CLIPPED_RATIO].value == pytest.approx(0.125)


def test_a_window_belongs_to_the_answer_that_most_of_its_sound_is_part_of() -> None:
    """It closes 200 ms later, when the next question is being asked already."""
    maker = WindowMaker(0)
    maker.start(0, ZERO)
    for n in range(31):
        maker.add_voice(frame(n, turn="t1" if n < 20 else ""))
    (window,) = maker.close_due(S + S // 2, ZERO, "t2")
    assert window.turn_id == "t1"
    talk = next(one for one in window.measures if one.channel is Channel.TALK_RATIO)
    assert talk == Measure(Channel.TALK_RATIO, 1.0, 20 / 31)
