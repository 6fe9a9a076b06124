"""The pitch of a voice, 32 ms at a time.

P. Boersma, "Accurate short-term analysis of the fundamental frequency and the harmonics-to-noise ratio
of a sampled sound", IFA Proceedings 17 (1993): the autocorrelation of a windowed piece divided by that
of the window itself has its highest peak at the period. His path through the pieces is replaced by its
greedy form, since a room measures as it hears: a leap from the last pitch costs by its octaves.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from edge_agent.flow import SAMPLE_RATE_HZ, Pcm
from edge_agent.hearing.vad import FRAME_SAMPLES

LOWEST_HZ, HIGHEST_HZ = 65.0, 500.0
"""Of human speech, low men to excited women and children."""
WINDOW_SAMPLES = 2 * FRAME_SAMPLES
"""64 ms: four periods of the lowest voice, where Boersma asks for three."""
VOICED_STRENGTH = 0.45
"""Less periodic than this is breath or noise (Boersma's voicing threshold)."""
OCTAVE_COST = 0.01
"""What a candidate loses for each octave it lies lower: of two equal peaks the higher pitch is meant."""
LEAP_COST = 0.35
"""What a candidate loses for each octave it lies from the last pitch."""
LEAP_AFTER_FRAMES = 6
"""After 200 ms without pitch a voice may begin anywhere."""

_SHORTEST_LAG = int(SAMPLE_RATE_HZ / HIGHEST_HZ)
_LONGEST_LAG = math.ceil(SAMPLE_RATE_HZ / LOWEST_HZ)
_FFT = 2 * WINDOW_SAMPLES
_SUMMIT_OVER = 0.1
"""A summit between two lags is not higher than the higher one by more than this."""

Spectrum = npt.NDArray[np.float64]


class PitchMeter:
    """Follows one voice. The pitch that a frame has is that of the 64 ms which end with it."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """The next frame does not follow the last one."""
        self._before: Pcm = np.zeros(FRAME_SAMPLES, dtype=np.int16)
        self._last_hz: float | None = None
        self._frames_without = 0

    def take(self, frame: Pcm, *, voice: bool) -> float | None:
        """Hz; None where the sound is no `voice` or has no period."""
        piece = np.concatenate([self._before, frame])
        self._before = frame
        found = self._choose(piece) if voice else None
        if found is not None:
            self._last_hz, self._frames_without = found, 0
            return found
        self._frames_without += 1
        if self._frames_without >= LEAP_AFTER_FRAMES:
            self._last_hz = None
        return None

    def _choose(self, piece: Pcm) -> float | None:
        best_hz, best_worth = None, -math.inf
        for hz, strength in candidates(piece):
            worth = strength + OCTAVE_COST * math.log2(hz / LOWEST_HZ)
            if self._last_hz is not None:
                worth -= LEAP_COST * abs(math.log2(hz / self._last_hz))
            if worth > best_worth:
                best_hz, best_worth = hz, worth
        return best_hz


def candidates(piece: Pcm) -> list[tuple[float, float]]:
    """(Hz, strength 0 to 1) of every period that `piece`, `WINDOW_SAMPLES` samples, may have."""
    centred = piece - np.mean(piece)
    spectrum = np.fft.rfft(centred * _WINDOW, _FFT)
    correlation = np.fft.irfft(np.abs(spectrum) ** 2, _FFT)[: _LONGEST_LAG + 2]
    if correlation[0] <= 0:
        return []
    normal = correlation / correlation[0] / _WINDOW_CORRELATION
    inner = normal[1:-1]
    peaks = np.flatnonzero((inner > normal[:-2]) & (inner >= normal[2:])) + 1
    found = []
    strong = normal[peaks] >= VOICED_STRENGTH - _SUMMIT_OVER
    for lag in peaks[strong & (peaks >= _SHORTEST_LAG) & (peaks <= _LONGEST_LAG)]:
        at, height = _summit(normal[lag - 1 : lag + 2])
        strength = min(height, 1.0)
        if strength >= VOICED_STRENGTH:
            found.append((SAMPLE_RATE_HZ / (int(lag) + at), strength))
    return found


def semitones(hz: float, over_hz: float) -> float:
    """How far one pitch lies above another: 12 to the octave."""
    return 12.0 * math.log2(hz / over_hz)


def _summit(three: Spectrum) -> tuple[float, float]:
    """Place (from the middle one) and height of the parabola through three neighbouring values."""
    left, middle, right = (float(one) for one in three)
    bend = left - 2 * middle + right
    if bend == 0:
        return 0.0, middle
    at = 0.5 * (left - right) / bend
    return at, middle - 0.25 * (left - right) * at


def _window_correlation() -> Spectrum:
    spectrum = np.fft.rfft(_WINDOW, _FFT)
    correlation = np.fft.irfft(np.abs(spectrum) ** 2, _FFT)[: _LONGEST_LAG + 2]
    return np.asarray(correlation / correlation[0])


_WINDOW = np.hanning(WINDOW_SAMPLES)
_WINDOW_CORRELATION = _window_correlation()
