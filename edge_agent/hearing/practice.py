"""The sound of a practice answer, as far as a caption needs it. Pure; nothing of it is stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from edge_agent.flow import Pcm
from edge_agent.hearing.turns import PER_MS
from edge_agent.hearing.vad import FRAME_SAMPLES

VOICED_FROM: Final = 0.5
FRAME_MS: Final = FRAME_SAMPLES // PER_MS
FIRST_AFTER_VOICED_MS: Final = 1_200
LEAST_VOICED_MS: Final = 250
"""Less is a cough."""
EVERY_MS: Final = 1_000
SLOWEST_MS: Final = 8_000
ENDS_AFTER_MS: Final = 600
PRE_ROLL_MS: Final = 600
LONGEST_MS: Final = 12_000
"""What central reads at once holds as much raw sound; whoever talks on gets a new line."""


@dataclass(frozen=True, slots=True)
class Due:
    """Sound to read now. `final`: the candidate has stopped, and what follows is another sentence."""

    pcm: Pcm
    final: bool


class PracticeSound:
    """Fed with sound and voice while the answer is open; hands out what is due to be read."""

    def __init__(self) -> None:
        self._every_ms = EVERY_MS
        self.forget()

    def forget(self) -> None:
        """Nothing of what was heard is kept."""
        self._parts: list[Pcm] = []
        self._samples = self._voiced_ms = self._silent_ms = self._new_voice_ms = 0
        self._read_at = 0

    def hear(self, pcm: Pcm) -> None:
        """The next sound."""
        self._parts.append(pcm)
        self._samples += len(pcm)
        if not self._voiced_ms and self._samples > PRE_ROLL_MS * PER_MS:
            kept = self._all()[-PRE_ROLL_MS * PER_MS :]
            self._parts, self._samples = [kept], len(kept)

    def voice(self, probability: float) -> None:
        """Voice of the next 32 ms."""
        if probability >= VOICED_FROM:
            self._voiced_ms += FRAME_MS
            self._new_voice_ms += FRAME_MS
            self._silent_ms = 0
        else:
            self._silent_ms += FRAME_MS

    def due(self) -> Due | None:
        """After 1.2 s of voice, then after each further second with some voice in it; once more when
        600 ms of silence end the sentence, or 12 s do. None where it is too early.
        """
        if self._voiced_ms and self._silent_ms >= ENDS_AFTER_MS:
            said_something = self._voiced_ms >= LEAST_VOICED_MS
            due = self._last()
            return due if said_something else None
        if self._samples >= LONGEST_MS * PER_MS:
            return self._last()
        since_ms = (self._samples - self._read_at) // PER_MS
        if self._voiced_ms < FIRST_AFTER_VOICED_MS or not self._new_voice_ms:
            return None
        if self._read_at and since_ms < self._every_ms:
            return None
        self._read_at, self._new_voice_ms = self._samples, 0
        return Due(self._all(), final=False)

    def answered(self, *, in_time: bool) -> None:
        """Whether the reading came: a slow engine is asked less often."""
        self._every_ms = EVERY_MS if in_time else min(self._every_ms * 2, SLOWEST_MS)

    def _last(self) -> Due:
        due = Due(self._all(), final=True)
        self.forget()
        return due

    def _all(self) -> Pcm:
        return np.concatenate(self._parts) if self._parts else np.zeros(0, dtype=np.int16)
