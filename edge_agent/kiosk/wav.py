"""WAV as programs write it to a pipe: the lengths in it are made up."""

from __future__ import annotations

import struct

import numpy as np

from edge_agent.flow import Pcm

NOTHING_HZ = 22_050
"""Rate of no sound at all."""
_PCM, _EXTENSIBLE = 1, 0xFFFE


def samples(wav: bytes) -> tuple[Pcm, int]:
    """Mono 16-bit sound and its rate in Hz; no sound where a program had nothing to say.

    Raises ValueError for what is no WAV of 16-bit samples.
    """
    if not wav:
        return np.zeros(0, dtype=np.int16), NOTHING_HZ
    start, form = wav.find(b"data"), wav.find(b"fmt ")
    if wav[:4] != b"RIFF" or form < 0:
        raise ValueError("it wrote no WAV")
    kind, channels, rate_hz, _, _, bits = struct.unpack_from("<HHIIHH", wav, form + 8)
    if kind not in {_PCM, _EXTENSIBLE} or bits != 16 or not channels or not rate_hz:
        raise ValueError(f"it wrote a WAV of {bits} bits in {channels} channels at {rate_hz} Hz")
    if start < 0:
        return np.zeros(0, dtype=np.int16), int(rate_hz)
    sound = wav[start + 8 :]
    whole = np.frombuffer(sound[: len(sound) // (2 * channels) * 2 * channels], dtype="<i2")
    return whole.reshape(-1, channels).mean(axis=1).astype(np.int16), int(rate_hz)
