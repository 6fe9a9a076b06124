"""The sound of the utterance that is being spoken right now, and when to have it read. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Final

from central.interview.facts import AudioBlock, AudioFormat

FIRST_AFTER_VOICED_MS: Final = 1_200
EVERY_MS: Final = 800
SLOWEST_MS: Final = 6_400
PRE_ROLL_MS: Final = 600
LONGEST_MS: Final = 30_000
"""An utterance is cut at 22 s; what is older than this belongs to none that is open."""
VOICE_FRAME_MS: Final = 32
VOICE_AT_LEAST: Final = 128
CANDIDATE: Final = 0
"""Channel of the candidate's microphone."""


@dataclass(frozen=True, slots=True)
class OpenSound:
    """What is to be read: all packets since the utterance may have begun."""

    audio: AudioFormat
    packets: tuple[bytes, ...]


class OpenUtterance:
    """Fed with a room's blocks in order; hands out the sound that is due to be read."""

    def __init__(self) -> None:
        self._audio: AudioFormat | None = None
        self._listening = False
        self._blocks: deque[AudioBlock] = deque()
        self._voiced_ms = 0
        self._voiced_at_reading_ms = 0
        self._sample_at_reading = 0
        self._every_ms = EVERY_MS

    def use(self, audio: AudioFormat) -> None:
        """The format of the blocks that follow; captions are of the candidate's microphone."""
        if audio.channel != CANDIDATE:
            return
        self._audio = audio
        self.ended(None)

    def listen(self, *, on: bool) -> None:
        """An answer opened or ended."""
        self._listening = on
        self.ended(None)

    def ended(self, end_sample: int | None) -> None:
        """The utterance ended; blocks from `end_sample` on (None: no block) belong to the next."""
        while self._blocks and (end_sample is None or self._blocks[0].first_sample < end_sample):
            self._blocks.popleft()
        self._voiced_ms = sum(_voiced_ms(block) for block in self._blocks)
        self._voiced_at_reading_ms = 0
        self._sample_at_reading = 0

    def hear(self, block: AudioBlock) -> None:
        """The next block of the room's sound."""
        if self._audio is None or not self._listening or block.channel != self._audio.channel:
            return
        if block.gap:
            self.ended(None)
        self._blocks.append(block)
        self._voiced_ms += _voiced_ms(block)
        self._forget()

    def due(self) -> OpenSound | None:
        """The sound to read now: after 1.2 s of voice, then after every further 0.8 s of sound with
        some voice in it. None where it is too early.
        """
        if self._audio is None or not self._blocks or self._voiced_ms < FIRST_AFTER_VOICED_MS:
            return None
        end = self._blocks[-1].first_sample + self._blocks[-1].sample_count
        since_ms = (end - self._sample_at_reading) * 1000 // max(self._audio.sample_rate_hz, 1)
        if self._sample_at_reading and (
            since_ms < self._every_ms or self._voiced_ms == self._voiced_at_reading_ms
        ):
            return None
        self._sample_at_reading = end
        self._voiced_at_reading_ms = self._voiced_ms
        packets = tuple(packet for block in self._blocks for packet in block.packets)
        return OpenSound(self._audio, packets)

    def answered(self, *, in_time: bool) -> None:
        """Whether the reading came in time: a slow engine is asked less often."""
        self._every_ms = EVERY_MS if in_time else min(self._every_ms * 2, SLOWEST_MS)

    def _forget(self) -> None:
        assert self._audio is not None
        keep_ms = LONGEST_MS if self._voiced_ms else PRE_ROLL_MS
        newest = self._blocks[-1].first_sample + self._blocks[-1].sample_count
        oldest = newest - keep_ms * self._audio.sample_rate_hz // 1000
        while self._blocks[0].first_sample < oldest:
            self._voiced_ms -= _voiced_ms(self._blocks.popleft())


def _voiced_ms(block: AudioBlock) -> int:
    if block.playing:
        return 0
    return sum(VOICE_FRAME_MS for probability in block.voice if probability >= VOICE_AT_LEAST)
