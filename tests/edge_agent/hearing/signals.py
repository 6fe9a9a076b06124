"""Sounds whose measures are known by construction, at 16 kHz."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from edge_agent.flow import Pcm

RATE_HZ = 16_000
Wave = npt.NDArray[np.float64]


def times(seconds: float) -> Wave:
    return np.arange(int(RATE_HZ * seconds)) / RATE_HZ


def buzz(hz: float, seconds: float = 1.0, *, partials: range | None = None) -> Wave:
    """A tone with every overtone up to 7 kHz, each as loud as its number is small, as a glottis'."""
    t = times(seconds)
    every = partials or range(1, int(7_000 // hz) + 1)
    return np.asarray(sum(np.sin(2 * np.pi * hz * k * t) / k for k in every))


def glide(from_hz: float, to_hz: float, seconds: float) -> Wave:
    """The same from one pitch to another, in equal steps to the ear."""
    t = times(seconds)
    hz = from_hz * (to_hz / from_hz) ** (t / seconds)
    phase = 2 * np.pi * np.cumsum(hz) / RATE_HZ
    return np.asarray(sum(np.sin(k * phase) / k for k in range(1, 20)))


def noise(seconds: float, seed: int = 1) -> Wave:
    return np.random.default_rng(seed).normal(0.0, 1.0, int(RATE_HZ * seconds))


def at_dbfs(wave: Wave, dbfs: float) -> Wave:
    """Scaled to an RMS level under full scale."""
    return np.asarray(wave / np.sqrt(np.mean(wave**2)) * 10 ** (dbfs / 20) * 32_768)


def beats(wave: Wave, rate_hz: float, depth_db: float) -> Wave:
    """Loud `rate_hz` times a second, and `depth_db` less between: syllables without a language."""
    t = np.arange(len(wave)) / RATE_HZ
    swing = (1 + np.cos(2 * np.pi * rate_hz * t)) / 2
    return np.asarray(wave * 10 ** (-swing * depth_db / 20))


def pcm(wave: Wave) -> Pcm:
    return np.clip(np.round(wave), -32_768, 32_767).astype(np.int16)
