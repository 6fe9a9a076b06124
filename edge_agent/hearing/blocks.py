"""Samples become blocks of 200 ms in the journal, each sample in exactly one."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from edge_agent.flow import SAMPLE_RATE_HZ, AudioBlock, AudioFormat, Pcm, VoiceFrame
from edge_agent.hearing.codec import BLOCK_SAMPLES, PacketCodec
from edge_agent.hearing.vad import FRAME_SAMPLES
from edge_agent.uplink.journal import Journal

REMEMBERED_BLOCKS = 256
"""Far more than the longest utterance (22 s and its margins) can span: 51 s of whole blocks, and
early ones come at most twice an utterance. The oldest is forgotten."""


@dataclass(frozen=True, slots=True)
class StoredBlock:
    """Where samples lie in the journal."""

    first_sample: int
    end_sample: int
    seq: int


class BlockWriter:
    """One recording of one channel: the format first, then blocks without overlap."""

    def __init__(
        self,
        journal: Journal,
        codec: PacketCodec,
        *,
        interview_id: str,
        channel: int,
        first_sample: int,
        sample_zero_mono_ns: int,
    ) -> None:
        self.first_sample = first_sample
        self.end_sample = first_sample
        self._journal, self._codec, self._channel = journal, codec, channel
        self._interview_id = interview_id
        self._stored: deque[StoredBlock] = deque(maxlen=REMEMBERED_BLOCKS)
        self._voice: deque[VoiceFrame] = deque(maxlen=BLOCK_SAMPLES // FRAME_SAMPLES + 3)
        self._waiting: list[Pcm] = []
        self._waiting_samples = 0
        self._playing = self._gap = False
        codec.begin()
        form = AudioFormat(
            channel, codec.codec, SAMPLE_RATE_HZ, codec.extradata, sample_zero_mono_ns
        )
        self.format_seq = journal.append(form, interview_id=interview_id)

    def heard(self, frame: VoiceFrame) -> None:
        """Voice of samples that follow or came just before; blocks carry it."""
        self._voice.append(frame)

    def write(self, pcm: Pcm, *, playing: bool) -> None:
        """Take the next samples; store every block that they fill."""
        rest = pcm
        while len(rest):
            room = BLOCK_SAMPLES - self._waiting_samples
            self._waiting.append(rest[:room])
            self._waiting_samples += len(rest[:room])
            self._playing = self._playing or playing
            rest = rest[room:]
            if self._waiting_samples == BLOCK_SAMPLES:
                self.close_block()

    def skip_to(self, sample: int) -> None:
        """Samples before `sample` are lost: the next block says so and leaves room for them."""
        self.close_block()
        self._codec.begin()  # whoever decodes begins anew behind a hole
        self.end_sample = sample
        self._gap = True

    def close_block(self) -> None:
        """Store what waits, however little."""
        if not self._waiting_samples:
            return
        pcm = np.concatenate(self._waiting)
        block = AudioBlock(
            self._channel,
            self.end_sample,
            len(pcm),
            self._codec.encode(pcm),
            self._voice_bytes(self.end_sample, len(pcm)),
            self._playing,
            self._gap,
        )
        seq = self._journal.append(block, interview_id=self._interview_id)
        end = self.end_sample + len(pcm)
        self._stored.append(StoredBlock(self.end_sample, end, seq))
        self.end_sample = end
        self._waiting, self._waiting_samples = [], 0
        self._playing = self._gap = False

    def range_of(self, first_sample: int, end_sample: int) -> tuple[int, int] | None:
        """First and last sequence of the blocks that hold these samples; None where none does.

        Closes the current block where it holds the end.
        """
        if end_sample > self.end_sample:
            self.close_block()
        held = [
            one.seq
            for one in self._stored
            if one.first_sample < end_sample and one.end_sample > first_sample
        ]
        return (held[0], held[-1]) if held else None

    def _voice_bytes(self, first_sample: int, count: int) -> bytes:
        """One byte per begun 32 ms: the voice frame at its first sample, or the latest before it.

        Frames do not line up with blocks; the newest may end after the block, and is then unknown.
        """
        out = bytearray()
        for at in range(first_sample, first_sample + count, FRAME_SAMPLES):
            known = [one.probability for one in self._voice if one.first_sample <= at]
            out.append(round(255 * known[-1]) if known else 0)
        return bytes(out)
