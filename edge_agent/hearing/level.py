"""How loud sound is, from raw samples."""

from __future__ import annotations

import math

import numpy as np

from edge_agent.flow import Pcm

FULL_SCALE = 32_768
FLOOR_DBFS = -96.0
"""What 16 bits can tell from nothing: digital silence is given this level."""

CLIPPED = 32_700
"""From here on a sample counts as clipped; converters saturate just below full scale."""


def level_dbfs(pcm: Pcm) -> float:
    """RMS level of `pcm` relative to full scale, dB: a full-scale square wave has 0."""
    if not len(pcm):
        return FLOOR_DBFS
    wide = pcm.astype(np.float64)
    rms = math.sqrt(float(np.mean(wide * wide))) / FULL_SCALE
    return max(20.0 * math.log10(rms), FLOOR_DBFS) if rms > 0 else FLOOR_DBFS


def clipped_ratio(pcm: Pcm) -> float:
    """Share of samples at the converter's limit, 0 to 1."""
    if not len(pcm):
        return 0.0
    return float(np.mean(np.abs(pcm.astype(np.int32)) >= CLIPPED))
