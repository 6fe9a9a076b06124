"""A listener with everything it said and wrote, and sound to give it."""

from __future__ import annotations

from itertools import count

import numpy as np

from edge_agent.flow import AudioBlock, AudioChunk, AudioFormat, Codec, Pcm, VoiceFrame
from edge_agent.hearing.codec import PacketCodec, decode
from edge_agent.hearing.listener import Listener
from edge_agent.hearing.vad import VoiceModel
from tests.fakes.list_journal import ListJournal
from tests.fakes.loud_voice import LoudVoice

RATE_HZ = 16_000
CHUNK = 320


def loud(ms: int) -> Pcm:
    """A tone that `LoudVoice` takes for voice."""
    return (5_000 * np.sin(np.arange(ms * 16) / 7)).astype(np.int16)


def quiet(ms: int) -> Pcm:
    return np.zeros(ms * 16, dtype=np.int16)


class Ear:
    """Feeds a listener 20 ms at a time, as a microphone would."""

    def __init__(self, voice: VoiceModel | None = None, codec: PacketCodec | None = None) -> None:
        ids = count(1)
        self.journal = ListJournal()
        self.frames: list[VoiceFrame] = []
        self.spoke: list[tuple[int, bool]] = []
        self.listener = Listener(
            self.journal,
            make_id=lambda: f"u{next(ids)}",
            on_voice=self.frames.append,
            on_speaking=lambda on: self.spoke.append((self.listener.next_sample, on)),
            voice=voice or LoudVoice(),
            codec=codec,
        )
        self.at = 0

    def hear(self, *parts: Pcm) -> None:
        for part in parts:
            for start in range(0, len(part), CHUNK):
                self.hear_chunk(part[start : start + CHUNK])

    def hear_chunk(self, pcm: Pcm, *, lost: int = 0) -> None:
        self.at += lost
        mono_ns = 5_000_000_000 + self.at * 1_000_000_000 // RATE_HZ
        self.listener.hear(AudioChunk(0, self.at, mono_ns, pcm, gap=lost > 0))
        self.at += len(pcm)

    def decoded(self) -> list[tuple[AudioBlock, Pcm]]:
        """Every block with its samples, each packet decoded alone."""
        out = []
        form: AudioFormat | None = None
        for _, value, _ in self.journal.records:
            if isinstance(value, AudioFormat):
                form = value
            if isinstance(value, AudioBlock):
                assert form is not None
                out.append((value, samples(form.codec, form.extradata, value)))
        return out


def samples(codec: Codec, extradata: bytes, block: AudioBlock) -> Pcm:
    return np.concatenate([decode(codec, extradata, packet) for packet in block.packets])
