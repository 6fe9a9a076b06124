"""Coded packets become sound: FLAC, Opus or plain PCM, at 16 kHz, cut to the sample."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Protocol

import numpy as np

from central.errors import EngineError
from central.speech.opus import Opus
from central.speech.transcriber import SAMPLE_RATE_HZ, Pcm


class Codec(IntEnum):
    """Numbers of `daedam.v1.AudioCodec`."""

    FLAC = 1
    OPUS = 2
    PCM = 3


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """What packets need to be decoded. `codec` is a `Codec` number; `channel` the microphone."""

    codec: int
    sample_rate_hz: int
    extradata: bytes
    channel: int = 0
    zero_mono_ns: int = 0
    """The room's monotonic clock at sample 0."""

    def sample_at(self, mono_ns: int) -> int:
        """The sample that was taken then."""
        return (mono_ns - self.zero_mono_ns) * self.sample_rate_hz // 1_000_000_000

    def mono_ns_of(self, sample: int) -> int:
        """When a sample was taken."""
        return self.zero_mono_ns + sample * 1_000_000_000 // self.sample_rate_hz


@dataclass(frozen=True, slots=True)
class Sound:
    """One audio record: its packets hold samples [first_sample, first_sample + sample_count)."""

    first_sample: int
    sample_count: int
    packets: tuple[bytes, ...]
    channel: int = 0
    playing: bool = False
    """The room itself was speaking during some of it."""
    voice: bytes = b""
    """How likely voice is in each begun 32 ms of it, 0 to 255."""


def cut(sounds: Sequence[Sound], form: SoundFormat, first_sample: int, end_sample: int) -> Pcm:
    """Samples [first_sample, end_sample) at 16 kHz; what no record holds is silence.

    Raises `EngineError` where packets cannot be decoded or hold another count than they say.
    """
    return _at_16_khz(as_recorded(sounds, form, first_sample, end_sample), form.sample_rate_hz)


def as_recorded(
    sounds: Sequence[Sound], form: SoundFormat, first_sample: int, end_sample: int
) -> Pcm:
    """The same at the rate of the recording: 16-bit samples by 32768, each as it was."""
    sounds = [one for one in sounds if one.channel == form.channel]
    sounds.sort(key=lambda one: one.first_sample)
    out = np.zeros(end_sample - first_sample, dtype=np.float32)
    for sound, pcm in zip(sounds, _decoder(form).each(sounds), strict=True):
        if len(pcm) != sound.sample_count:
            raise EngineError(
                "audio", f"{len(pcm)} samples where the record says {sound.sample_count}"
            )
        start = max(first_sample, sound.first_sample)
        end = min(end_sample, sound.first_sample + sound.sample_count)
        if start < end:
            out[start - first_sample : end - first_sample] = pcm[
                start - sound.first_sample : end - sound.first_sample
            ]
    return out


def whole(packets: Sequence[bytes], form: SoundFormat) -> Pcm:
    """Everything in the packets at 16 kHz. Raises `EngineError`."""
    return _at_16_khz(_decoder(form).read(packets), form.sample_rate_hz)


class _Decoder(Protocol):
    """Of one format."""

    def each(self, sounds: Sequence[Sound]) -> Iterator[Pcm]:
        """The samples of each record; records in the order of their samples."""
        ...

    def read(self, packets: Sequence[bytes]) -> Pcm:
        """The samples of packets that follow each other."""
        ...


class _Flac:
    def __init__(self, form: SoundFormat) -> None:
        import av

        self._context: Any = av.CodecContext.create("flac", "r")
        self._context.extradata = form.extradata
        self._context.thread_count = 1  # frame threads would hold samples back

    def each(self, sounds: Sequence[Sound]) -> Iterator[Pcm]:
        return (self.read(sound.packets) for sound in sounds)

    def read(self, packets: Sequence[bytes]) -> Pcm:
        import av

        try:
            frames = [f for packet in packets for f in self._context.decode(av.Packet(packet))]
        except av.error.FFmpegError as error:
            raise EngineError("flac", str(error)) from error
        if not frames:
            return np.zeros(0, dtype=np.float32)
        return np.concatenate([_floats(frame.to_ndarray()) for frame in frames])


class _Pcm:
    def each(self, sounds: Sequence[Sound]) -> Iterator[Pcm]:
        return (self.read(sound.packets) for sound in sounds)

    def read(self, packets: Sequence[bytes]) -> Pcm:
        data = b"".join(packets)
        if len(data) % 2:
            raise EngineError("pcm", "an odd number of bytes is no 16-bit sound")
        return _floats(np.frombuffer(data, dtype="<i2")[np.newaxis])


def _decoder(form: SoundFormat) -> _Decoder:
    match form.codec:
        case Codec.FLAC:
            return _Flac(form)
        case Codec.OPUS:
            return Opus(form.extradata, form.sample_rate_hz)
        case Codec.PCM:
            return _Pcm()
        case other:
            raise EngineError("audio", f"codec {other} is not read by this version")


def _floats(samples: np.ndarray[Any, Any]) -> Pcm:
    """First channel, -1 to 1. FLAC decodes to 16 or 32-bit integers."""
    channel = samples[0]
    scale = 32768.0 if channel.dtype == np.int16 else 2147483648.0
    return np.asarray(channel / scale, dtype=np.float32)


def _at_16_khz(pcm: Pcm, rate_hz: int) -> Pcm:
    if rate_hz == SAMPLE_RATE_HZ or not pcm.size:
        return pcm
    import av

    resampler = av.AudioResampler(format="flt", layout="mono", rate=SAMPLE_RATE_HZ)
    frame = av.AudioFrame.from_ndarray(pcm[np.newaxis], format="flt", layout="mono")
    frame.sample_rate = rate_hz
    parts = [part for given in (frame, None) for part in resampler.resample(given)]
    return np.concatenate([np.asarray(part.to_ndarray()[0], dtype=np.float32) for part in parts])
