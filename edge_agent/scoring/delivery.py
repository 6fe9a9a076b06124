"""How an answer is said, a window at a time: channels of the voice in an open answer.

Values are physical. The three that compare do so with the candidate's own calibration sentence, and are
missing where that was not read. Coverage is the share of the window behind a value, so that means over
an answer are weighted by what was said: levels and pitch count voice, the rest the time of the answer.
Nothing is said here about confidence, nervousness or any other state: these are measures of sound.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median, pstdev

from edge_agent.flow import Channel, Delivery, Measure, Neutral, VoiceFrame
from edge_agent.scoring.channels import VOICE_FRAME_NS, VOICED_P

PITCH_ORIGIN_HZ = 100.0
"""Where semitones are counted from, so that means and spreads of windows can be put together."""
LOWEST_SNR_DB = -10.0
"""A voice no louder than the room: its own share of the sound cannot be told any more."""

DELIVERY = frozenset(
    {
        Channel.VOICE_LEVEL_DBFS,
        Channel.VOICE_LEVEL_SHIFT_DB,
        Channel.SNR_DB,
        Channel.CLIPPED_RATIO,
        Channel.TALK_RATIO,
        Channel.PAUSES_COUNT,
        Channel.PAUSES_S,
        Channel.LONGEST_PAUSE_S,
        Channel.SYLLABLES_COUNT,
        Channel.SYLLABLE_RATE_HZ,
        Channel.SYLLABLE_RATE_RATIO,
        Channel.PITCH_HZ,
        Channel.PITCH_ST,
        Channel.PITCH_SD_ST,
        Channel.PITCH_SHIFT_ST,
    }
)
"""Channels of the answer's voice."""


@dataclass(frozen=True, slots=True)
class Baseline:
    """The candidate's voice in the calibration sentence; None: not measured."""

    level_dbfs: float | None = None
    pitch_hz: float | None = None
    syllable_rate_hz: float | None = None


def baseline_of(neutral: Neutral | None) -> Baseline:
    """What calibration found out about the voice."""
    if neutral is None:
        return Baseline()
    return Baseline(neutral.voice_level_dbfs, neutral.voice_pitch_hz, neutral.syllable_rate_hz)


def delivery_measures(
    voices: Sequence[VoiceFrame], turn_id: str, span_ns: int, baseline: Baseline
) -> tuple[Measure, ...]:
    """All of `DELIVERY`, in order, of the frames that belong to the answer of `turn_id`."""
    expected = max(1, span_ns // VOICE_FRAME_NS)
    heard = [
        (one, one.delivery)
        for one in voices
        if turn_id and one.turn_id == turn_id and one.delivery is not None
    ]
    said = [(one, how) for one, how in heard if one.probability >= VOICED_P]
    pitches = [how.pitch_hz for _, how in said if how.pitch_hz is not None]
    found = {
        **_time([how for _, how in heard], len(said)),
        **_level(said, baseline),
        **_rate([how for _, how in heard], len(said), baseline),
        **_pitch(pitches, baseline),
    }
    return tuple(_measure(channel, *found[channel], expected) for channel in sorted(DELIVERY))


Found = dict[Channel, tuple[float | None, int]]
"""Value, and how many frames stand behind it."""


def _time(heard: Sequence[Delivery], voiced: int) -> Found:
    """Pauses belong to the window in which they were known to be over."""
    count = len(heard)
    pauses_s = [how.pause_ms / 1000 for how in heard if how.pause_ms]
    return {
        Channel.TALK_RATIO: (voiced / count if count else None, count),
        Channel.PAUSES_COUNT: (float(len(pauses_s)), count),
        Channel.PAUSES_S: (sum(pauses_s), count),
        Channel.LONGEST_PAUSE_S: (max(pauses_s, default=0.0), count),
        Channel.SYLLABLES_COUNT: (float(sum(how.syllables for how in heard)), count),
    }


def _level(said: Sequence[tuple[VoiceFrame, Delivery]], baseline: Baseline) -> Found:
    """Median level of the voiced frames, as the baseline's is. SNR: the power of the voiced sound less
    that of the room's noise, over the latter.
    """
    levels = [one.level_dbfs for one, _ in said]
    level = median(levels) if levels else None
    floors = [how.noise_dbfs for _, how in said if how.noise_dbfs is not None]
    clipped = fmean(how.clipped_ratio for _, how in said) if said else None
    return {
        Channel.VOICE_LEVEL_DBFS: (level, len(levels)),
        Channel.VOICE_LEVEL_SHIFT_DB: (_less(level, baseline.level_dbfs), len(levels)),
        Channel.SNR_DB: (_snr_db(levels, median(floors)) if floors else None, len(floors)),
        Channel.CLIPPED_RATIO: (clipped, len(said)),
    }


def _rate(heard: Sequence[Delivery], voiced: int, baseline: Baseline) -> Found:
    """Articulation rate: syllables over the time with voice, pauses left out."""
    voiced_s = voiced * VOICE_FRAME_NS / 1e9
    rate = sum(how.syllables for how in heard) / voiced_s if voiced else None
    own = baseline.syllable_rate_hz
    ratio = rate / own if rate is not None and own else None
    return {
        Channel.SYLLABLE_RATE_HZ: (rate, voiced),
        Channel.SYLLABLE_RATE_RATIO: (ratio, voiced),
    }


def _pitch(pitches: Sequence[float], baseline: Baseline) -> Found:
    """Median, and mean and spread in semitones: equal steps to the ear, for high voices and low."""
    count = len(pitches)
    steps = [12 * math.log2(hz / PITCH_ORIGIN_HZ) for hz in pitches]
    mean = fmean(steps) if steps else None
    own = baseline.pitch_hz
    own_st = 12 * math.log2(own / PITCH_ORIGIN_HZ) if own else None
    return {
        Channel.PITCH_HZ: (median(pitches) if pitches else None, count),
        Channel.PITCH_ST: (mean, count),
        Channel.PITCH_SD_ST: (pstdev(steps) if steps else None, count),
        Channel.PITCH_SHIFT_ST: (_less(mean, own_st), count),
    }


def _snr_db(levels: Sequence[float], noise_dbfs: float) -> float:
    power, noise = fmean(10 ** (one / 10) for one in levels), 10 ** (noise_dbfs / 10)
    if power <= noise:
        return LOWEST_SNR_DB
    return max(10 * math.log10((power - noise) / noise), LOWEST_SNR_DB)


def _less(value: float | None, own: float | None) -> float | None:
    return None if value is None or own is None else value - own


def _measure(channel: Channel, value: float | None, behind: int, expected: int) -> Measure:
    if value is None or behind == 0:
        return Measure(channel, None, 0.0)
    return Measure(channel, value, min(1.0, behind / expected))
