"""Where speech begins and ends: pure, indexed by samples.

Voice starts when the probability has been 0.5 or more for 128 ms. It may end at the first frame
below 0.35 and has ended when 600 ms have passed without 0.5 again (hysteresis, as in Silero's own
iterator). Speech that does not pause is split at 22 s on the least voiced frame of its last 4 s.
"""

from __future__ import annotations

from dataclasses import dataclass

from edge_agent.flow import SAMPLE_RATE_HZ, UtteranceCut, VoiceFrame
from edge_agent.hearing.vad import FRAME_SAMPLES
from edge_agent.interview.steps import VOICE_END_MS, VOICE_START_MS

PER_MS = SAMPLE_RATE_HZ // 1000
START_PROBABILITY = 0.5
EXIT_PROBABILITY = 0.35
START_SAMPLES = VOICE_START_MS * PER_MS
END_SAMPLES = VOICE_END_MS * PER_MS
PRE_ROLL_SAMPLES = 300 * PER_MS
POST_ROLL_SAMPLES = 200 * PER_MS
"""Kept after the last voice: the end of a word fades below the model's threshold."""

SPLIT_SAMPLES = 22_000 * PER_MS
SPLIT_SEARCH_SAMPLES = 4_000 * PER_MS
EARLY_SAMPLES = 500 * PER_MS
"""Voice this long before an answer opened still belongs to it."""


@dataclass(frozen=True, slots=True)
class Span:
    """Speech from `first_sample` up to `end_sample` (not included)."""

    first_sample: int
    end_sample: int
    voiced_ms: int
    cut: UtteranceCut


class EndPointer:
    """Voice frames become spans, in order and without overlap."""

    def __init__(self) -> None:
        self._rising: list[VoiceFrame] = []
        self._frames: list[VoiceFrame] = []
        self._first = 0
        self._silent_from: int | None = None
        self._floor = 0
        self.in_voice = False

    @property
    def first_sample(self) -> int | None:
        """Where the open span begins; None outside voice."""
        return self._first if self.in_voice else None

    def take(self, frame: VoiceFrame) -> Span | None:
        """The span that this frame completes, if it does."""
        if not self.in_voice:
            self._wait_for_voice(frame)
            return None
        self._frames.append(frame)
        self._watch_silence(frame)
        end = frame.first_sample + FRAME_SAMPLES
        if self._silent_from is not None and end - self._silent_from >= END_SAMPLES:
            return self._finish(end, UtteranceCut.SILENCE)
        if end - self._first >= SPLIT_SAMPLES:
            return self._split(end)
        return None

    def open(self, at_sample: int) -> None:
        """An answer opens: speech long before it is not part of it."""
        self._floor = max(self._floor, at_sample - EARLY_SAMPLES)
        if self.in_voice and self._first < self._floor:
            self._begin_at(self._floor)

    def cut(self, at_sample: int, cut: UtteranceCut) -> Span | None:
        """What is open ends here; nothing later reaches back before `at_sample`."""
        span = self._finish(at_sample, cut) if self.in_voice else None
        self._rising.clear()
        self._floor = max(self._floor, at_sample)
        return span

    def _wait_for_voice(self, frame: VoiceFrame) -> None:
        if frame.probability < START_PROBABILITY:
            self._rising.clear()
            return
        self._rising.append(frame)
        if len(self._rising) * FRAME_SAMPLES < START_SAMPLES:
            return
        self.in_voice = True
        self._silent_from = None
        self._first = max(self._rising[0].first_sample - PRE_ROLL_SAMPLES, self._floor)
        self._frames, self._rising = self._rising, []

    def _watch_silence(self, frame: VoiceFrame) -> None:
        if frame.probability >= START_PROBABILITY:
            self._silent_from = None
        elif frame.probability < EXIT_PROBABILITY and self._silent_from is None:
            self._silent_from = frame.first_sample

    def _finish(self, heard_until: int, cut: UtteranceCut) -> Span | None:
        end = heard_until
        if self._silent_from is not None:
            end = min(end, self._silent_from + POST_ROLL_SAMPLES)
        span = self._span(self._frames, end, cut)
        self.in_voice = False
        self._frames = []
        self._floor = max(self._floor, end)
        return span

    def _split(self, heard_until: int) -> Span | None:
        late = [
            one for one in self._frames if one.first_sample >= heard_until - SPLIT_SEARCH_SAMPLES
        ]
        quietest = min(reversed(late), key=lambda one: one.probability)
        at = quietest.first_sample + FRAME_SAMPLES // 2
        span = self._span(self._frames, at, UtteranceCut.SPLIT)
        self._begin_at(at)
        return span

    def _begin_at(self, sample: int) -> None:
        self._frames = [one for one in self._frames if one.first_sample >= sample]
        self._first = self._floor = sample

    def _span(self, frames: list[VoiceFrame], end: int, cut: UtteranceCut) -> Span | None:
        """None where nothing is voiced: the rest of a split that fell into a pause."""
        voiced = sum(
            1 for one in frames if one.probability >= START_PROBABILITY and one.first_sample < end
        )
        if not voiced or end <= self._first:
            return None
        return Span(self._first, end, voiced * FRAME_SAMPLES // PER_MS, cut)
