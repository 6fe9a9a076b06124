"""Raw sound, its coded form, and the spans of speech in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Pcm: TypeAlias = npt.NDArray[np.int16]
"""Mono sound, shape (samples,), 16 bit."""

SAMPLE_RATE_HZ = 16_000
"""Of everything that is captured."""


@dataclass(frozen=True, slots=True)
class AudioChunk:
    """Raw sound as captured, 20 ms. `gap` says that samples before it were lost; the numbering
    leaves room for them.
    """

    channel: int
    first_sample: int
    mono_ns: int
    pcm: Pcm
    gap: bool = False

    @property
    def sample_zero_mono_ns(self) -> int:
        """When sample 0 of this numbering was taken."""
        return self.mono_ns - self.first_sample * 1_000_000_000 // SAMPLE_RATE_HZ


@dataclass(frozen=True, slots=True)
class Delivery:
    """How 32 ms were said. `noise_dbfs` is the room's level without voice, None before enough silence
    was heard; `pitch_hz` is None where there is no voice or no period in it. `syllables` are the vowels
    that were found complete in it; `pause_ms` is the length of a pause that is now known to be over.
    """

    clipped_ratio: float
    noise_dbfs: float | None
    pitch_hz: float | None
    syllables: int
    pause_ms: int


@dataclass(frozen=True, slots=True)
class VoiceFrame:
    """Voice activity of 32 ms of sound. `turn_id` names the open answer that it is part of, if any;
    `delivery` is None while the room itself speaks.
    """

    first_sample: int
    probability: float
    level_dbfs: float
    turn_id: str = ""
    delivery: Delivery | None = None


class Codec(IntEnum):
    """How audio packets are packed; numbers equal `daedam.v1.AudioCodec`."""

    FLAC = 1
    OPUS = 2
    PCM = 3


@dataclass(frozen=True, slots=True)
class AudioFormat:
    """What a decoder needs for the blocks that follow on this channel."""

    channel: int
    codec: Codec
    sample_rate_hz: int
    extradata: bytes
    sample_zero_mono_ns: int


@dataclass(frozen=True, slots=True)
class AudioBlock:
    """Up to 200 ms of coded sound; each packet decodes alone."""

    channel: int
    first_sample: int
    sample_count: int
    packets: tuple[bytes, ...]
    voice: bytes
    playing: bool
    gap: bool


class UtteranceCut(IntEnum):
    """Why an utterance ended; numbers equal `daedam.v1.UtteranceCut`."""

    SILENCE = 1
    SPLIT = 2
    ANSWER_END = 3


@dataclass(frozen=True, slots=True)
class Utterance:
    """A span of speech, the unit of recognition; sequences name the records that hold it."""

    utterance_id: str
    turn_id: str
    channel: int
    first_sample: int
    end_sample: int
    first_seq: int
    last_seq: int
    format_seq: int
    voiced_ms: int
    cut: UtteranceCut
    language: str
    ordinal: int
