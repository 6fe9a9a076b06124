"""A known sentence through loudspeaker, room and microphone: what came of it. Pure.

The sentence is found again by its loudness, 10 ms at a time, since a room changes every wave and leaves
the rhythm. What is measured is the way that a candidate's voice will go, with the room's in its place.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from edge_agent.flow import SAMPLE_RATE_HZ, Pcm
from edge_agent.hearing.level import FLOOR_DBFS, clipped_ratio, level_dbfs

SENTENCES: Final = {
    "ko": "안녕하세요. 이 방의 소리가 잘 들리는지 확인하고 있습니다.",
    "en": "Hello. We are checking that this room can be heard well.",
}
BEFORE_S: Final = 1.0
"""Of the room alone, before the sentence."""
AFTER_S: Final = 1.0
"""Sound may come so much later than it was given to the device."""
HOP_SAMPLES: Final = SAMPLE_RATE_HZ // 100
LEAST_MATCH: Final = 0.5
"""Correlation of the rhythm: two different sentences have 0.3 at most, the same one in noise 0.7."""
SPOKEN_BELOW_DB: Final = 25.0
"""Moments of the sentence that are so much softer than its loudest are its pauses."""

Envelope = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Heard:
    """The sentence at the microphone; levels and latency are None where it was not found in the sound.
    `latency_ms` is from when its first sample was given to the device. `match` is 0 to 1.
    """

    match: float
    level_dbfs: float | None
    snr_db: float | None
    latency_ms: int | None
    clipped_ratio: float
    noise_dbfs: float


def compare(played: Pcm, heard: Pcm, given_at: int) -> Heard:
    """`heard` at 16 kHz, in which `played` was given to the device at sample `given_at`."""
    wanted, found = envelope(played), envelope(heard)
    first = given_at // HOP_SAMPLES
    lags = range(max(0, min(round(AFTER_S * 100), len(found) - first - len(wanted)) + 1))
    scores = [_correlation(wanted, found[first + lag : first + lag + len(wanted)]) for lag in lags]
    noise, clipped = level_dbfs(heard[:given_at]), clipped_ratio(heard)
    if not scores or max(scores) < LEAST_MATCH:
        return Heard(round(max(scores, default=0.0), 3), None, None, None, clipped, noise)
    lag = int(np.argmax(scores))
    spoken = wanted >= wanted.max() - SPOKEN_BELOW_DB
    level = _mean_db(found[first + lag : first + lag + len(wanted)][spoken])
    return Heard(
        match=round(max(scores), 3),
        level_dbfs=round(level, 1),
        snr_db=round(_over_db(level, noise), 1),
        latency_ms=lag * 10,
        clipped_ratio=round(clipped, 5),
        noise_dbfs=round(noise, 1),
    )


def envelope(pcm: Pcm) -> Envelope:
    """Level of each 10 ms, dBFS."""
    whole = len(pcm) // HOP_SAMPLES * HOP_SAMPLES
    power = np.mean((pcm[:whole].reshape(-1, HOP_SAMPLES) / 32_768.0) ** 2, axis=1)
    return np.asarray(np.maximum(10 * np.log10(np.maximum(power, 1e-12)), FLOOR_DBFS))


def at_16_khz(pcm: Pcm, rate_hz: int) -> Pcm:
    """Resampled in straight lines, which is enough for a rhythm and for a recogniser's test."""
    if rate_hz == SAMPLE_RATE_HZ:
        return pcm
    times = np.arange(int(len(pcm) * SAMPLE_RATE_HZ / rate_hz)) * rate_hz / SAMPLE_RATE_HZ
    return np.interp(times, np.arange(len(pcm)), pcm).astype(np.int16)


def error_ratio(said: str, read: str) -> float:
    """Character error rate: edits from `said` to `read` over the length of `said`, without spaces,
    punctuation and case, as Korean is scored.
    """
    wanted, got = _letters(said), _letters(read)
    row = list(range(len(got) + 1))
    for i, letter in enumerate(wanted, start=1):
        left, row[0] = row[0], i
        for j, other in enumerate(got, start=1):
            left, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, left + (letter != other))
    return row[-1] / max(len(wanted), 1)


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFC", text).casefold()
    return "".join(one for one in plain if one.isalnum())


def _correlation(one: Envelope, other: Envelope) -> float:
    """Pearson's; 0 where either does not move."""
    a, b = one - one.mean(), other - other.mean()
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 0 else 0.0


def _mean_db(levels: Envelope) -> float:
    return float(10 * np.log10(np.mean(10 ** (levels / 10))))


def _over_db(level: float, noise: float) -> float:
    """Of the sentence alone: the noise is in the level too."""
    power = 10 ** (level / 10) - 10 ** (noise / 10)
    return float(10 * np.log10(max(power, 1e-12))) - noise
