"""Sound becomes packets: FLAC or plain ones that each decode alone, or a stream of Opus."""

from __future__ import annotations

from typing import Any, Literal, Protocol

import numpy as np

from edge_agent.flow import SAMPLE_RATE_HZ, Codec, Pcm

BLOCK_SAMPLES = 3_200
"""200 ms: one block; its packets depend on the codec."""

FLAC_SAMPLES = 1_600
"""100 ms: one packet of FLAC. Speech holds still for about as long: packets of 200 ms are 2 % larger."""
_THOROUGH = {
    "compression_level": "8",
    "max_prediction_order": "24",
    "lpc_coeff_precision": "10",
    "lpc_type": "cholesky",
    "lpc_passes": "2",
    "prediction_order_method": "search",
}
"""0.6 % of a core for 3 % fewer bytes than level 5 with packets of 200 ms."""

OPUS_SAMPLES = 320
"""20 ms: one packet of Opus."""
OPUS_HZ = 48_000
"""What an `OpusHead` counts in."""


class PacketCodec(Protocol):
    """Packs up to `BLOCK_SAMPLES` samples at a time."""

    def begin(self) -> None:
        """A recording begins, or goes on behind a hole: nothing that was packed before is heard in what
        follows.
        """
        ...

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
    """Lossless, one FLAC frame of 100 ms a packet: about half of raw sound in continuous speech.

    A decoder needs the 34 bytes of STREAMINFO and any packet. FFmpeg's encoder holds a frame
    shorter than its block back until it is flushed, and takes nothing after that: a short block is
    coded by an encoder of its own (0.4 ms).
    """

    codec = Codec.FLAC

    def begin(self) -> None:
        """Packets know nothing of each other."""

    def __init__(self) -> None:
        self._encoder = _flac_encoder()
        self._extradata = bytes(self._encoder.extradata)

    @property
    def extradata(self) -> bytes:
        return self._extradata

    def encode(self, pcm: Pcm) -> tuple[bytes, ...]:
        whole = len(pcm) == BLOCK_SAMPLES
        encoder = self._encoder if whole else _flac_encoder()
        parts = [pcm[at : at + FLAC_SAMPLES] for at in range(0, len(pcm), FLAC_SAMPLES)]
        packets = [packet for part in parts for packet in encoder.encode(_frame(part))]
        if not whole:
            packets += encoder.encode(None)
        # The empty packet at the end of a flush only carries the checksum of the whole.
        return tuple(data for packet in packets if (data := bytes(packet)))


class PcmCodec:
    """Raw 16-bit little endian: for finding out whether a codec is to blame."""

    codec = Codec.PCM
    extradata = b""

    def begin(self) -> None:
        """Packets know nothing of each other."""

    def encode(self, pcm: Pcm) -> tuple[bytes, ...]:
        return (pcm.astype("<i2").tobytes(),)


class OpusCodec:
    """24 kbit/s, for thin links: a tenth of raw sound. Ten packets of 20 ms a block.

    A packet sounds right after the one before it, and the encoder holds 6.5 ms back. So a block that is
    cut short ends the stream: it is filled up with silence that pushes all of its sound out.
    """

    codec = Codec.OPUS

    def __init__(self, bit_rate: int = 24_000) -> None:
        self._bit_rate = bit_rate
        self._encoder = _opus_encoder(bit_rate)
        self._extradata = bytes(self._encoder.extradata)
        pre_skip = int.from_bytes(self._extradata[10:12], "little")
        self._held_back = -(-pre_skip * SAMPLE_RATE_HZ // OPUS_HZ)

    @property
    def extradata(self) -> bytes:
        """`OpusHead` of RFC 7845, 19 bytes."""
        return self._extradata

    def begin(self) -> None:
        self._encoder = _opus_encoder(self._bit_rate)

    def encode(self, pcm: Pcm) -> tuple[bytes, ...]:
        short = len(pcm) < BLOCK_SAMPLES
        if short:
            filled = -(-(len(pcm) + self._held_back) // OPUS_SAMPLES) * OPUS_SAMPLES
            pcm = np.pad(pcm, (0, filled - len(pcm)))
        packets = tuple(bytes(packet) for packet in self._encoder.encode(_frame(pcm)))
        if short:
            self.begin()
        return packets


def make_codec(name: Literal["flac", "opus", "pcm"]) -> PacketCodec:
    """What `microphone.codec` names."""
    codecs: dict[str, type[FlacCodec | OpusCodec | PcmCodec]]
    codecs = {"flac": FlacCodec, "opus": OpusCodec, "pcm": PcmCodec}
    return codecs[name]()


def decode(codec: Codec, extradata: bytes, packet: bytes) -> Pcm:
    """The samples of one packet, given nothing but the format. Raises ValueError for Opus,
    whose packets are a stream.
    """
    if codec is Codec.PCM:
        return np.frombuffer(packet, dtype="<i2").astype(np.int16)
    if codec is not Codec.FLAC:
        raise ValueError(f"a packet of {codec.name} alone is no sound")
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
    encoder.options = {**_THOROUGH, "frame_size": str(FLAC_SAMPLES)}
    encoder.open()
    return encoder


def _opus_encoder(bit_rate: int) -> Any:
    import av

    encoder = av.codec.CodecContext.create("libopus", "w")
    encoder.sample_rate = SAMPLE_RATE_HZ
    encoder.layout = "mono"
    encoder.format = "s16"
    encoder.bit_rate = bit_rate
    encoder.options = {"application": "voip", "frame_duration": "20", "vbr": "on"}
    encoder.open()
    return encoder


def _frame(pcm: Pcm) -> Any:
    import av

    frame = av.AudioFrame.from_ndarray(pcm.reshape(1, -1), format="s16", layout="mono")
    frame.sample_rate = SAMPLE_RATE_HZ
    return frame
