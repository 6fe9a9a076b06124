"""Sound becomes packets that each decode alone."""

from __future__ import annotations

from typing import Any, Protocol

import numpy as np

from edge_agent.flow import Codec, Pcm
from edge_agent.hearing.vad import SAMPLE_RATE_HZ

BLOCK_SAMPLES = 3_200
"""200 ms: one block, one packet."""


class PacketCodec(Protocol):
    """Packs up to `BLOCK_SAMPLES` samples at a time, without state between packets."""

    @property
    def codec(self) -> Codec: ...

    @property
    def extradata(self) -> bytes:
        """What a decoder needs besides a packet."""
        ...

    def encode(self, pcm: Pcm) -> tuple[bytes, ...]:
        """1 to `BLOCK_SAMPLES` samples as packets, in order; everything is in them on return."""
        ...


class FlacCodec:
    """Lossless, one FLAC frame of 200 ms a packet: about half of raw sound in continuous speech.

    A decoder needs the 34 bytes of STREAMINFO and any packet. FFmpeg's encoder holds a frame
    shorter than its block back until it is flushed, and takes nothing after that: a short block is
    coded by an encoder of its own (0.4 ms).
    """

    codec = Codec.FLAC

    def __init__(self) -> None:
        self._encoder = _flac_encoder()
        self._extradata = bytes(self._encoder.extradata)

    @property
    def extradata(self) -> bytes:
        return self._extradata

    def encode(self, pcm: Pcm) -> tuple[bytes, ...]:
        whole = len(pcm) == BLOCK_SAMPLES
        encoder = self._encoder if whole else _flac_encoder()
        packets = list(encoder.encode(_frame(pcm)))
        if not whole:
            packets += encoder.encode(None)
        # The empty packet at the end of a flush only carries the checksum of the whole.
        return tuple(data for packet in packets if (data := bytes(packet)))


class PcmCodec:
    """Raw 16-bit little endian: for finding out whether a codec is to blame."""

    codec = Codec.PCM
    extradata = b""

    def encode(self, pcm: Pcm) -> tuple[bytes, ...]:
        return (pcm.astype("<i2").tobytes(),)


def decode(codec: Codec, extradata: bytes, packet: bytes) -> Pcm:
    """The samples of one packet, given nothing but the format. Raises ValueError for Opus."""
    if codec is Codec.PCM:
        return np.frombuffer(packet, dtype="<i2").astype(np.int16)
    if codec is not Codec.FLAC:
        raise ValueError(f"{codec.name} is not packed here")
    import av

    decoder = av.codec.CodecContext.create("flac", "r")
    decoder.extradata = extradata
    frames = list(decoder.decode(av.Packet(packet))) + list(decoder.decode(None))
    if not frames:
        return np.zeros(0, dtype=np.int16)
    return np.concatenate([frame.to_ndarray().reshape(-1) for frame in frames])


def _flac_encoder() -> Any:
    import av

    encoder = av.codec.CodecContext.create("flac", "w")
    encoder.sample_rate = SAMPLE_RATE_HZ
    encoder.layout = "mono"
    encoder.format = "s16"
    encoder.options = {"compression_level": "5", "frame_size": str(BLOCK_SAMPLES)}
    encoder.open()
    return encoder


def _frame(pcm: Pcm) -> Any:
    import av

    frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = SAMPLE_RATE_HZ
    return frame
