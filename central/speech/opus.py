"""Opus packets of a room become samples, each at its place.

The edge's encoder runs through the records of a recording, so the decoder does too: a packet sounds
right after the one before it. A hole ends a stream, and so does a record that was cut short, which is
filled up with silence. What an encoder holds back at the end of a stream (6.5 ms) is silence here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from central.errors import EngineError
from central.speech.transcriber import Pcm

if TYPE_CHECKING:
    from central.speech.decode import Sound

HEAD = b"OpusHead"
DECODED_HZ = 48_000
"""What Opus always decodes to; records number their samples at the rate that was recorded."""

_SILK, _HYBRID, _CELT = (480, 960, 1920, 2880), (480, 960), (120, 240, 480, 960)
"""Samples of one frame by a packet's first byte (RFC 6716, section 3.1)."""


class Opus:
    """Decodes records of one format. Raises `EngineError` where they cannot be."""

    def __init__(self, extradata: bytes, rate_hz: int) -> None:
        if not extradata.startswith(HEAD) or len(extradata) < 19:
            raise EngineError("opus", "the room's audio format has no Opus head")
        if rate_hz <= 0 or DECODED_HZ % rate_hz:
            raise EngineError("opus", f"{rate_hz} Hz is no rate of Opus")
        self._extradata, self._rate_hz = extradata, rate_hz

    def each(self, sounds: Sequence[Sound]) -> Iterator[Pcm]:
        """The samples of each record; records in the order of their samples."""
        run: list[Sound] = []
        for sound in sounds:
            if run and not self._goes_on(run[-1], sound):
                yield from self._run(run)
                run = []
            run.append(sound)
        yield from self._run(run)

    def read(self, packets: Sequence[bytes]) -> Pcm:
        """All samples of packets that follow each other."""
        decoded = self._decode(packets)
        missing = sum(map(_samples, packets)) * self._rate_hz // DECODED_HZ - len(decoded)
        return np.concatenate([decoded, np.zeros(max(missing, 0), dtype=np.float32)])

    def _run(self, run: list[Sound]) -> Iterator[Pcm]:
        pcm = self.read([packet for sound in run for packet in sound.packets])
        at = 0
        for sound in run:
            room = self._filled(sound)
            yield pcm[at : at + min(room, sound.sample_count)]
            at += room

    def _goes_on(self, last: Sound, sound: Sound) -> bool:
        end = last.first_sample + last.sample_count
        return sound.first_sample == end and self._filled(last) == last.sample_count

    def _filled(self, sound: Sound) -> int:
        """How many samples its packets have room for."""
        return sum(map(_samples, sound.packets)) * self._rate_hz // DECODED_HZ

    def _decode(self, packets: Sequence[bytes]) -> Pcm:
        import av

        decoder: Any = av.CodecContext.create("libopus", "r")
        decoder.extradata = self._extradata
        resampler = av.AudioResampler(format="flt", layout="mono", rate=self._rate_hz)
        parts = []
        try:
            for packet in packets:
                for frame in decoder.decode(av.Packet(packet)):
                    frame.pts = None
                    parts += resampler.resample(frame)
            parts += resampler.resample(None) if parts else []
        except av.error.FFmpegError as error:
            raise EngineError("opus", str(error)) from error
        samples = [np.asarray(part.to_ndarray()[0], dtype=np.float32) for part in parts]
        return np.concatenate(samples) if samples else np.zeros(0, dtype=np.float32)


def _samples(packet: bytes) -> int:
    """At 48 kHz."""
    if not packet:
        raise EngineError("opus", "an empty packet")
    config, code = packet[0] >> 3, packet[0] & 3
    sizes = _SILK if config < 12 else _HYBRID if config < 16 else _CELT
    size = sizes[config % len(sizes)]
    if code == 3:
        return size * (packet[1] & 63 if len(packet) > 1 else 0)
    return size * (1 if code == 0 else 2)
