"""How many syllables have been spoken, from loudness alone.

N. H. de Jong and T. Wempe, "Praat script to detect syllable nuclei and measure speech rate
automatically", Behavior Research Methods 41 (2009): a nucleus is a voiced peak of the intensity that is
2 dB or more above the dips beside it. Here the intensity is that of a band in which vowels are loud,
and the bound below the loudest is taken from what was heard lately, since a room measures as it hears.
No language is assumed; it is an estimate, and counts run-together syllables once.
"""

from __future__ import annotations

import math
import operator
from collections import deque

import numpy as np

from edge_agent.flow import SAMPLE_RATE_HZ, Pcm
from edge_agent.hearing.vad import FRAME_SAMPLES

HOP_SAMPLES = 128
"""8 ms; four to a frame."""
DIP_DB = 2.0
BELOW_LOUDEST_DB = 25.0
"""A peak that is so much weaker than the loudest of the last seconds is no vowel."""
LOUDEST_HOPS = 375
"""3 s."""
SMOOTH_HOPS = 9
"""72 ms of Hann weights: shorter ripples are the glottis', not syllables."""
SILENCE_DB = -100.0

_LOW_HZ, _HIGH_HZ = 300.0, 2_500.0
"""Vowels' first formants; hiss and hum lie outside."""


class SyllableMeter:
    """Follows one voice; fed frame by frame."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """The next frame does not follow the last one."""
        self._before: Pcm = np.zeros(FRAME_SAMPLES, dtype=np.int16)
        self._powers: deque[float] = deque([0.0] * SMOOTH_HOPS, maxlen=SMOOTH_HOPS)
        self._voiced: deque[bool] = deque([False] * SMOOTH_HOPS, maxlen=SMOOTH_HOPS)
        self._levels: deque[float] = deque([SILENCE_DB], maxlen=LOUDEST_HOPS)
        self._rising = True
        self._extreme_db = SILENCE_DB
        self._extreme_voiced = False

    def take(self, frame: Pcm, *, voiced: bool) -> int:
        """Nuclei that this frame completes: their peak may lie up to 200 ms back."""
        return sum(self._hop(power, voiced) for power in self._hop_powers(frame))

    def _hop_powers(self, frame: Pcm) -> list[float]:
        """Power of the band in each hop, from the 64 ms that end with the frame."""
        heard = np.concatenate([self._before, frame]) / 32_768.0
        self._before = frame
        spectrum = np.fft.rfft(heard)
        spectrum[~_IN_BAND] = 0
        # The end of the inverse wraps around; the hops are read from the middle.
        band = np.fft.irfft(spectrum)[FRAME_SAMPLES // 2 : FRAME_SAMPLES // 2 + FRAME_SAMPLES]
        powers: list[float] = np.mean(band.reshape(-1, HOP_SAMPLES) ** 2, axis=1).tolist()
        return powers

    def _hop(self, power: float, voiced: bool) -> int:
        self._powers.append(power)
        self._voiced.append(voiced)
        smooth = sum(map(operator.mul, _SMOOTH, self._powers))
        level_db = 10 * math.log10(smooth) if smooth > 0 else SILENCE_DB
        level_db = max(level_db, SILENCE_DB)
        self._levels.append(level_db)
        return self._follow(level_db, self._voiced[SMOOTH_HOPS // 2])

    def _follow(self, level_db: float, voiced: bool) -> int:
        """Up to a peak, down to a dip: a turn counts once it is `DIP_DB` behind."""
        if self._rising:
            if level_db > self._extreme_db:
                self._extreme_db, self._extreme_voiced = level_db, voiced
            elif level_db < self._extreme_db - DIP_DB:
                return self._turn_down(level_db)
        elif level_db < self._extreme_db:
            self._extreme_db = level_db
        elif level_db > self._extreme_db + DIP_DB:
            self._rising, self._extreme_db, self._extreme_voiced = True, level_db, voiced
        return 0

    def _turn_down(self, level_db: float) -> int:
        loud = self._extreme_db >= max(self._levels) - BELOW_LOUDEST_DB
        nucleus = loud and self._extreme_voiced
        self._rising, self._extreme_db = False, level_db
        return int(nucleus)


def _smooth() -> list[float]:
    weights = np.hanning(SMOOTH_HOPS + 2)[1:-1]
    return [float(one) for one in weights / weights.sum()]


_SMOOTH = _smooth()
_FREQUENCIES = np.fft.rfftfreq(2 * FRAME_SAMPLES, 1 / SAMPLE_RATE_HZ)
_IN_BAND = (_FREQUENCIES >= _LOW_HZ) & (_FREQUENCIES <= _HIGH_HZ)
